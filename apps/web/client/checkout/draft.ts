import type { IssuedDocument } from '#shared/kernel/identity-documents.ts';
import type { AnswerOf } from '../api/client.ts';

export type ShippingOption = AnswerOf<'/api/v1/shipping-options', 'get'>['items'][number];
export type SavedAddress = AnswerOf<'/api/v1/users/me/addresses', 'get'>['items'][number];
export type AddressForm = AnswerOf<'/api/v1/address-forms/{country}', 'get'>;

/** What somebody has said on the way to an order. Kept for this visit, so that a reload loses nothing. */
export type Draft = Readonly<{
  email: string;
  fullName: string;
  phone: string;
  country: string;
  isPickup: boolean;
  /** One of the account's, by its id; undefined: the one that was typed. */
  savedAddressId: string | undefined;
  /** By the fields' names, `full_name` of who gets it among them. */
  address: Readonly<Record<string, string>>;
  option: ShippingOption | undefined;
  /** What taxes name the buyer by, as it was typed; undefined: nobody has touched it. */
  document: IssuedDocument | undefined;
}>;

export const emptyDraft = (country: string): Draft => ({
  email: '',
  fullName: '',
  phone: '',
  country,
  isPickup: false,
  savedAddressId: undefined,
  address: {},
  option: undefined,
  document: undefined,
});

const key = 'plaza.checkout';

export const keepDraft = (draft: Draft): void => sessionStorage.setItem(key, JSON.stringify(draft));

export const forgetDraft = (): void => sessionStorage.removeItem(key);

export const keptDraft = (country: string): Draft => {
  const kept = sessionStorage.getItem(key);
  const draft = kept === null ? {} : (JSON.parse(kept) as Partial<Draft>);
  return { ...emptyDraft(country), ...draft };
};

/** The field that says which part of the country an address is in; ways of sending may depend on it. */
const regionKeys = ['department', 'state', 'province', 'region'] as const;

export const regionIn = (fields: Readonly<Record<string, unknown>>): string | undefined => {
  const found = regionKeys.map((name) => fields[name]).find(Boolean);
  return typeof found === 'string' ? found : undefined;
};

/** The fields of a typed address that belong to its country's form. */
export const fieldsOf = ({ address }: Draft, form: AddressForm): Readonly<Record<string, string>> =>
  Object.fromEntries(
    form.fields
      .map((field) => [field.key, (address[field.key] ?? '').trim()] as const)
      .filter(([, value]) => value !== ''),
  );
