import { useCallback, useEffect, useRef, useState } from 'react';
import { browserApi } from '../api/client.ts';
import { regionIn, type AddressForm, type Draft, type ShippingOption } from './draft.ts';

/** What is known of a place that things can be sent to. */
export type ShippingPlace = Readonly<{
  form: AddressForm | null;
  /** Undefined while they are asked for. */
  options: readonly ShippingOption[] | undefined;
  isRequired: boolean;
  failure: boolean;
  retry: () => void;
}>;

/** Somebody who types the name of a region is not asked about at each letter. */
const afterTypingMs = 300;

type Known = Readonly<{ country: string; form: AddressForm | null }>;

/** The form of the country and the ways of sending there, asked for again when the place changes. */
export const useShipping = (
  draft: Draft,
  region: string | undefined,
  first: Readonly<{
    country: string;
    form: AddressForm | null;
    options: readonly ShippingOption[] | undefined;
    isRequired: boolean;
  }>,
): ShippingPlace => {
  const { country } = draft;
  const [known, setKnown] = useState<Known>({ country: first.country, form: first.form });
  const [options, setOptions] = useState(first.options);
  const [isRequired, setRequired] = useState(first.isRequired);
  const [failure, setFailure] = useState(first.options === undefined);
  const [turn, setTurn] = useState(0);
  const last = useRef(`${first.country} `);

  useEffect(() => {
    if (known.country === country) return;
    const params = { path: { country } };
    void browserApi()
      .GET('/api/v1/address-forms/{country}', { params })
      .then(({ data }) => setKnown({ country, form: data ?? null }))
      .catch(() => setKnown({ country, form: null }));
  }, [country, known.country]);

  useEffect(() => {
    const place = `${country} ${region ?? ''}`;
    if (last.current === place && turn === 0) return undefined;
    let isOver = false;
    const timer = setTimeout(() => {
      last.current = place;
      setFailure(false);
      const query = { country, ...(region === undefined ? {} : { region }) };
      void browserApi()
        .GET('/api/v1/shipping-options', { params: { query } })
        .catch(() => undefined)
        .then((answer) => {
          if (isOver) return;
          setFailure(!answer?.data);
          if (!answer?.data) return;
          setOptions(answer.data.items);
          setRequired(answer.data.is_required);
        });
    }, afterTypingMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [country, region, turn]);

  return {
    form: known.country === country ? known.form : null,
    options,
    isRequired,
    failure,
    retry: useCallback(() => setTurn((now) => now + 1), []),
  };
};

/** The part of the country that the chosen address is in. */
export const regionOf = (
  draft: Draft,
  saved: Readonly<{ fields: unknown }> | undefined,
): string | undefined =>
  draft.isPickup
    ? undefined
    : regionIn((saved?.fields ?? draft.address) as Readonly<Record<string, unknown>>);
