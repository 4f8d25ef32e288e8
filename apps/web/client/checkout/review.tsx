import type { ReactElement, ReactNode } from 'react';
import { maskedDocument } from '#shared/kernel/identity-documents.ts';
import { Link } from 'react-router';
import { checkoutStepPath } from '../../addresses.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { addressText } from '../kit/address-text.ts';
import type { AddressForm, Draft, SavedAddress } from './draft.ts';
import { givenDocument } from './identity-fields.tsx';
import { useArrivalOf } from './shipping-step.tsx';

const Said = ({
  name,
  to,
  children,
}: Readonly<{ name: string; to: string; children: ReactNode }>): ReactElement => {
  const say = useText();
  return (
    <div className="grid grid-cols-[1fr_auto] gap-x-4 border-b border-line py-3 last:border-0">
      <dt className="text-caption text-text-3">{name}</dt>
      <dd className="col-start-1 text-small">{children}</dd>
      <dd className="col-start-2 row-span-2 row-start-1 self-center">
        <Link
          to={to}
          className="inline-flex min-h-9 items-center text-small font-medium text-primary hover:underline"
        >
          {say('checkout.change')}
          <span className="sr-only"> {name}</span>
        </Link>
      </dd>
    </div>
  );
};

/** What was said on the way, to be looked at before it is paid. */
export const Review = ({
  draft,
  form,
  saved,
  isGuest,
}: Readonly<{
  draft: Draft;
  form: AddressForm | null;
  saved: SavedAddress | undefined;
  isGuest: boolean;
}>): ReactElement | null => {
  const say = useText();
  const { language } = useSetting();
  const arrivalOf = useArrivalOf();
  const { option } = draft;
  const document = givenDocument(draft);
  if (!isGuest && !option) return null;
  const address = saved
    ? [saved.full_name, addressText(saved.fields)]
    : [
        draft.address['full_name'],
        addressText(
          Object.fromEntries((form?.fields ?? []).map(({ key }) => [key, draft.address[key]])),
        ),
      ];
  return (
    <section aria-labelledby="review">
      <h2 id="review" className="text-h2">
        {say('checkout.review')}
      </h2>
      <dl className="mt-2 border-y border-line">
        {isGuest && (
          <Said name={say('checkout.step.details')} to={checkoutStepPath(language, 'details')}>
            {[draft.fullName, draft.email].join(' · ')}
          </Said>
        )}
        {option && (
          <Said name={say('checkout.step.shipping')} to={checkoutStepPath(language, 'shipping')}>
            <span className="block font-medium">{option.name[language]}</span>
            <span className="block text-text-2">{arrivalOf(option)}</span>
            <span className="block text-text-2">
              {option.pickup_place ?? address.filter(Boolean).join(', ')}
            </span>
          </Said>
        )}
        {document && (isGuest || option) && (
          <Said
            name={say('checkout.id')}
            to={checkoutStepPath(language, isGuest ? 'details' : 'shipping')}
          >
            {maskedDocument(document)}
          </Said>
        )}
      </dl>
    </section>
  );
};
