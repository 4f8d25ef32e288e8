import { useEffect, useState } from 'react';
import { browserApi } from '../api/client.ts';
import { keepDraft, keptDraft, type Draft, type SavedAddress } from './draft.ts';

/** What the account's last order named the buyer by. */
const lastDocument = async (): Promise<Draft['document']> => {
  const query = { limit: 1 };
  const orders = await browserApi().GET('/api/v1/orders', { params: { query } });
  const id = orders.data?.items[0]?.id;
  if (id === undefined) return undefined;
  const params = { path: { id } };
  const { data } = await browserApi().GET('/api/v1/orders/{id}/contact', { params });
  return data?.document ?? undefined;
};

/** The draft of this visit; undefined until the browser has looked for it. */
export const useDraft = ({
  country,
  addresses,
  hasAccount,
}: Readonly<{ country: string; addresses: readonly SavedAddress[]; hasAccount: boolean }>) => {
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
  useEffect(() => {
    if (!hasAccount) return;
    void lastDocument()
      .catch(() => undefined)
      .then((document) =>
        setDraft((now) => (now && document && !now.document ? { ...now, document } : now)),
      );
  }, [hasAccount]);
  const change = (part: Partial<Draft>): void =>
    setDraft((now) => {
      const next = { ...(now ?? keptDraft(country)), ...part };
      keepDraft(next);
      return next;
    });
  return { draft, change };
};
