import { useState, type FormEvent, type ReactElement } from 'react';
import { Link } from 'react-router';
import { checkoutPath } from '../../addresses.ts';
import { unreachable, type FieldFailure, type Failure } from '../api/problems.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { Button } from '../kit/button.tsx';
import { FormFailure } from '../kit/feedback.tsx';
import { CheckedField } from '../kit/checked-field.tsx';
import { useFieldWords } from '../kit/use-failure.ts';
import { PhoneField } from '../kit/phone-field.tsx';
import { phoneOf } from '../kit/phone.ts';
import type { AddressForm, Draft } from './draft.ts';
import { IdentityFields, identityFaults } from './identity-fields.tsx';

const fault = (code: string): FieldFailure => ({ code, params: {}, detail: code });

/** What of somebody's data cannot be right. The server has the last word, and these words are the same. */
export const contactFaults = (
  { email, fullName, phone }: Draft,
  callingCode: string | null,
): Readonly<Record<string, FieldFailure>> => {
  const faults: Record<string, FieldFailure> = {};
  const address = email.trim();
  if (address === '') faults['email'] = fault('required');
  else if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)) faults['email'] = fault('wrong_format');
  if (fullName.trim() === '') faults['fullName'] = fault('required');
  else if (/[<>/\\@]/.test(fullName)) faults['fullName'] = fault('wrong_format');
  const number = phoneOf(phone, callingCode);
  if (number !== null && !/^\+[1-9]\d{6,14}$/.test(number)) faults['phone'] = fault('wrong_format');
  return faults;
};

export const faultsOf = (fields: Readonly<Record<string, FieldFailure>>): Failure => ({
  ...unreachable(),
  status: 422,
  code: 'http.validation',
  fields,
});

/** Who buys, for those without an account. */
export const ContactStep = ({
  draft,
  form,
  change,
  onDone,
}: Readonly<{
  draft: Draft;
  form: AddressForm | null;
  change: (part: Partial<Draft>) => void;
  onDone: () => void;
}>): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const [failure, setFailure] = useState<Failure>();
  const words = useFieldWords(failure);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const fields = {
      ...contactFaults(draft, form?.calling_code ?? null),
      ...identityFaults(draft),
    };
    if (Object.keys(fields).length > 0) setFailure(faultsOf(fields));
    else onDone();
  };
  const field = (name: 'email' | 'fullName' | 'phone') => ({
    name,
    value: draft[name],
    error: words[name],
    check: () => contactFaults(draft, form?.calling_code ?? null)[name],
    onChange: ({ target: { value } }: { target: { value: string } }) => change({ [name]: value }),
  });
  return (
    <form noValidate onSubmit={submit} className="flex max-w-xl flex-col gap-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 className="text-h2">{say('checkout.step.details')}</h2>
        <p className="text-small text-text-2">
          {say('checkout.haveAccount')}{' '}
          <Link
            to={`/entrar?volver=${encodeURIComponent(checkoutPath(language))}`}
            className="inline-flex min-h-6 items-center font-medium text-primary underline"
          >
            {say('checkout.signIn')}
          </Link>
        </p>
      </div>
      <FormFailure
        failure={failure}
        fieldNames={{
          email: say('checkout.email'),
          fullName: say('checkout.name'),
          phone: say('checkout.phone'),
          document: say('checkout.id'),
        }}
      />
      <CheckedField
        {...field('email')}
        label={say('checkout.email')}
        hint={say('checkout.emailWhy')}
        type="email"
        inputMode="email"
        autoComplete="email"
        enterKeyHint="next"
        maxLength={254}
      />
      <CheckedField
        {...field('fullName')}
        label={say('checkout.name')}
        autoComplete="name"
        enterKeyHint="next"
        maxLength={120}
      />
      <PhoneField
        {...field('phone')}
        callingCode={form?.calling_code ?? null}
        label={say('checkout.phone')}
        hint={say('checkout.phoneWhy')}
        autoComplete="tel"
        enterKeyHint="done"
      />
      <IdentityFields draft={draft} error={words['document']} change={change} />
      <Button type="submit" kind="filled" size={48} isWide>
        {say('checkout.next')}
      </Button>
    </form>
  );
};
