import type { ReactElement } from 'react';
import type { FieldFailure } from '../api/problems.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { CheckedField } from '../kit/checked-field.tsx';
import { SelectField } from '../kit/field.tsx';
import { PhoneField } from '../kit/phone-field.tsx';
import { phoneOf } from '../kit/phone.ts';
import type { AddressForm, Draft } from './draft.ts';

const fault = (code: string): FieldFailure => ({ code, params: {}, detail: code });
const bare = (text: string): string => text.replaceAll(/[\s.\-/]/g, '').toUpperCase();

/** What of an address its country's form does not take. */
export const addressFaults = (
  { address }: Draft,
  form: AddressForm,
): Readonly<Record<string, FieldFailure>> => {
  const faults: Record<string, FieldFailure> = {};
  if ((address['full_name'] ?? '').trim() === '') faults['full_name'] = fault('required');
  for (const { key, required, pattern } of form.fields) {
    const value = (address[key] ?? '').trim();
    if (value === '' && required) faults[key] = fault('required');
    else if (value !== '' && pattern !== null && !new RegExp(pattern, 'u').test(bare(value)))
      faults[key] = fault('wrong_format');
  }
  const number = phoneOf(address['phone_number'] ?? '', form.calling_code);
  if (number !== null && !/^\+[1-9]\d{6,14}$/.test(number))
    faults['phone_number'] = fault('wrong_format');
  return faults;
};

/** What browsers know of an address, by the names that forms of countries have. */
const autoComplete: Readonly<Record<string, string>> = {
  line1: 'address-line1',
  street: 'address-line1',
  address: 'address-line1',
  line2: 'address-line2',
  postal_code: 'postal-code',
  city: 'address-level2',
  municipality: 'address-level2',
  locality: 'address-level2',
  department: 'address-level1',
  state: 'address-level1',
  province: 'address-level1',
  region: 'address-level1',
};

/** An address, as its country writes one. */
export const AddressFields = ({
  draft,
  form,
  words,
  change,
}: Readonly<{
  draft: Draft;
  form: AddressForm;
  words: Readonly<Record<string, string | undefined>>;
  change: (part: Partial<Draft>) => void;
}>): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const field = (name: string) => ({
    name,
    value: draft.address[name] ?? '',
    error: words[name],
    onChange: ({ target: { value } }: { target: { value: string } }) =>
      change({ address: { ...draft.address, [name]: value } }),
  });
  const checked = (name: string) => ({ check: () => addressFaults(draft, form)[name] });
  return (
    <div className="flex flex-col gap-5">
      <CheckedField
        {...field('full_name')}
        {...checked('full_name')}
        label={say('checkout.recipient')}
        autoComplete="shipping name"
        maxLength={120}
      />
      {form.fields.map(({ key, label, required, options, example, max_length: most }) =>
        options ? (
          <SelectField
            key={key}
            {...field(key)}
            label={label[language]}
            isOptional={!required}
            autoComplete={`shipping ${autoComplete[key] ?? 'on'}`}
          >
            <option value="" />
            {options.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </SelectField>
        ) : (
          <CheckedField
            key={key}
            {...field(key)}
            {...checked(key)}
            label={label[language]}
            isOptional={!required}
            maxLength={most}
            {...(autoComplete[key] ? { autoComplete: `shipping ${autoComplete[key]}` } : {})}
            {...(example === null ? {} : { hint: say('checkout.example', { example }) })}
          />
        ),
      )}
      <PhoneField
        {...field('phone_number')}
        {...checked('phone_number')}
        callingCode={form.calling_code}
        label={say('checkout.phone')}
        hint={say('checkout.phoneWhy')}
        autoComplete="shipping tel"
      />
    </div>
  );
};
