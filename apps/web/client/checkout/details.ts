import { phoneOf } from '../kit/phone.ts';
import { fieldsOf, type AddressForm, type Draft, type SavedAddress } from './draft.ts';
import { givenDocument } from './identity-fields.tsx';
import type { OrderDetails } from './use-checkout.ts';

/** What the order says of who buys it and how it is sent. */
export const detailsOf = ({
  draft,
  form,
  saved,
  isGuest,
  language,
}: Readonly<{
  draft: Draft;
  form: AddressForm | null;
  saved: SavedAddress | undefined;
  isGuest: boolean;
  language: 'es' | 'en';
}>): OrderDetails => {
  const callingCode = form?.calling_code ?? null;
  const contact = {
    email: draft.email.trim(),
    full_name: draft.fullName.trim(),
    phone_number: phoneOf(draft.phone, callingCode),
    language,
  };
  const address = saved
    ? {
        full_name: saved.full_name,
        phone_number: saved.phone_number,
        country: saved.country,
        fields: saved.fields as Record<string, string>,
      }
    : {
        full_name: (draft.address['full_name'] ?? '').trim(),
        phone_number: phoneOf(draft.address['phone_number'] ?? '', callingCode),
        country: draft.country,
        fields: form ? { ...fieldsOf(draft, form) } : {},
      };
  const { option } = draft;
  const document = givenDocument(draft);
  return {
    ...(isGuest
      ? { contact: { ...contact, ...(document ? { document } : {}) } }
      : document
        ? { contact: { language, document } }
        : {}),
    ...(option
      ? {
          shipping: {
            method_id: option.method_id,
            ...(option.pickup_place === null ? { address } : {}),
          },
        }
      : {}),
  };
};
