import type { PageSetting } from '../../render-contract.ts';
import type { Text } from '../i18n/text.ts';

/** Until when a product is taken back, in words; undefined: nobody could say. */
export const returnsText = (say: Text['say'], days: number | null): string | undefined => {
  if (days === null) return undefined;
  return days === 0 ? say('product.noReturns') : say('product.returns', { days });
};

/** The same for search engines: what the page says, and no more. */
export const returnPolicy = ({ returnDays, locale }: PageSetting): object => {
  if (returnDays === null) return {};
  const what = { '@type': 'MerchantReturnPolicy', applicableCountry: locale.split('-')[1] ?? 'CO' };
  const schema = 'https://schema.org/';
  return {
    hasMerchantReturnPolicy:
      returnDays === 0
        ? { ...what, returnPolicyCategory: `${schema}MerchantReturnNotPermitted` }
        : {
            ...what,
            returnPolicyCategory: `${schema}MerchantReturnFiniteReturnWindow`,
            merchantReturnDays: returnDays,
            returnMethod: `${schema}ReturnByMail`,
            returnFees: `${schema}ReturnFeesCustomerResponsibility`,
          },
  };
};
