import { useEffect, useState } from 'react';
import { keepDraft, keptDraft, type Draft, type SavedAddress } from './draft.ts';

/** The draft of this visit; undefined until the browser has looked for it. */
export const useDraft = ({
  country,
  addresses,
}: Readonly<{ country: string; addresses: readonly SavedAddress[] }>) => {
  const [draft, setDraft] = useState<Draft>();
  useEffect(() => {
    setDraft((now) => {
      if (now) return now;
      const kept = keptDraft(country);
      const isUntouched = Object.values(kept.address).every((value) => value === '');
      const known =
        addresses.find(({ id }) => id === kept.savedAddressId) ??
        (isUntouched
          ? (addresses.find((address) => address.is_default_shipping) ?? addresses[0])
          : undefined);
      return known
        ? { ...kept, savedAddressId: known.id, country: known.country }
        : { ...kept, savedAddressId: undefined };
    });
  }, [country, addresses]);
  const change = (part: Partial<Draft>): void =>
    setDraft((now) => {
      const next = { ...(now ?? keptDraft(country)), ...part };
      keepDraft(next);
      return next;
    });
  return { draft, change };
};
