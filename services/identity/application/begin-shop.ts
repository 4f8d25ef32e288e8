import { readShopName } from '#shared/kernel/shop-name.ts';
import { countryOfCurrency, placeOfCountry } from '#shared/kernel/shop-places.ts';
import type { Installation } from '#shared/platform/installation.ts';
import type { Platform } from '#shared/platform/module.ts';
import { identityError } from '../domain/account.ts';

/** What the first administrator says of their shop. */
export type FirstShop = Readonly<{ name: string | null; country: string; withExample: boolean }>;

/** What is to be done once there is the administrator, or is not; undefined: nothing. */
export type BeginShop = (shop: FirstShop) => ReturnType<Installation['choose']>;

const wrong = (field: string, code: string, detail: string) => ({
  errors: [{ pointer: `#/${field}`, code, detail }],
});

/** As it is kept; raises what is wrong with it. */
export const readFirstShop = (shop: FirstShop): FirstShop => {
  const name = shop.name === null ? null : readShopName(shop.name);
  if (name === undefined)
    throw identityError(
      'shop_name_invalid',
      wrong('shop_name', 'wrong_format', 'has no name that can be shown'),
    );
  if (!placeOfCountry(shop.country))
    throw identityError(
      'shop_country_unknown',
      wrong('country', 'not_allowed', 'is no country that a shop can be of'),
    );
  return { ...shop, name };
};

type Ports = Pick<Platform, 'ask' | 'config' | 'installation' | 'log'>;

/** Keeps the country for this installation, and tells catalog what the shop is called and where it is. */
export const createBeginShop =
  ({ ask, config, installation, log }: Ports): BeginShop =>
  async ({ name, country, withExample }) => {
    const isOther = placeOfCountry(country)!.currency !== config.currency;
    if (isOther && (!installation || installation.isCurrencyFixed))
      throw identityError(
        'shop_country_fixed',
        wrong('country', 'not_allowed', `has another currency than ${config.currency}`),
      );
    const begun = await installation?.choose({ country, withExample });
    try {
      const { status } = await ask('catalog', 'POST', '/shop/beginning', { name, country });
      if (status >= 400) throw new Error(`catalog answered ${status}`);
    } catch (error) {
      // It can be said again in the settings: no reason to be without an administrator.
      log.warn({ err: error }, 'the shop has no name yet');
    }
    return begun;
  };

export type SetupSituation = Readonly<{
  country: string;
  currency: string;
  isCurrencyFixed: boolean;
  /** Whether it is filled with an example when that is wanted. */
  mayFill: boolean;
  isPreparing: boolean;
}>;

/** What the shop runs as, for who sets it up: where it is, as far as anybody has said. */
export const createSetupSituation =
  ({ config, installation }: Pick<Platform, 'config' | 'installation'>) =>
  (): SetupSituation => {
    const { currency, taxJurisdiction } = config;
    const isThere = placeOfCountry(taxJurisdiction)?.currency === currency;
    return {
      country: isThere ? taxJurisdiction : (countryOfCurrency(currency) ?? taxJurisdiction),
      currency,
      isCurrencyFixed: installation?.isCurrencyFixed ?? true,
      mayFill: installation !== undefined && config.withDemo,
      isPreparing: installation?.isPreparing() ?? false,
    };
  };
