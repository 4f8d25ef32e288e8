import { CreditCard } from 'lucide-react';
import type { ReactElement } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { CheckedField } from '../kit/checked-field.tsx';
import { Icon } from '../kit/icon.tsx';
import { readCard, shapeExpiry, spaceCardNumber } from './card-form.ts';

export type TypedCard = Readonly<Record<'number' | 'expiry' | 'holder' | 'security_code', string>>;
export const emptyCard: TypedCard = { number: '', expiry: '', holder: '', security_code: '' };

/** A card, shaped while it is typed as it is printed. What is typed here is kept nowhere. */
export const CardFields = ({
  typed,
  words,
  onType,
}: Readonly<{
  typed: TypedCard;
  words: Readonly<Record<string, string | undefined>>;
  onType: (change: (now: TypedCard) => TypedCard) => void;
}>): ReactElement => {
  const say = useText();
  const field = (
    name: keyof TypedCard,
    shape: (text: string, before: string) => string = (text) => text,
  ) => ({
    name,
    value: typed[name],
    error: words[name],
    check: () => {
      const read = readCard(typed, new Date());
      return 'fields' in read ? read.fields[name] : undefined;
    },
    onChange: (event: { target: { value: string } }) =>
      onType((now) => ({ ...now, [name]: shape(event.target.value, now[name]) })),
  });
  return (
    <>
      <h2 className="flex items-center gap-2 text-h2">
        <Icon of={CreditCard} size={22} />
        {say('checkout.card')}
      </h2>
      <CheckedField
        {...field('number', spaceCardNumber)}
        label={say('checkout.number')}
        inputMode="numeric"
        autoComplete="cc-number"
        enterKeyHint="next"
      />
      <div className="grid grid-cols-2 gap-4">
        <CheckedField
          {...field('expiry', shapeExpiry)}
          label={say('checkout.expiry')}
          hint={say('checkout.expiryHint')}
          inputMode="numeric"
          autoComplete="cc-exp"
          enterKeyHint="next"
        />
        <CheckedField
          {...field('security_code', (text) => text.replaceAll(/\D/g, '').slice(0, 4))}
          label={say('checkout.code')}
          hint={say('checkout.codeHint')}
          inputMode="numeric"
          autoComplete="cc-csc"
          enterKeyHint="next"
        />
      </div>
      <CheckedField
        {...field('holder')}
        label={say('checkout.holder')}
        autoComplete="cc-name"
        isOptional
      />
    </>
  );
};
