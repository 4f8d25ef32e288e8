import type { Clock } from '#shared/platform/module.ts';
import { orderError } from '../../domain/errors.ts';

/** How a kind of product is taxed from a moment on: the latest rate that is valid counts. */
export type TaxRateTerms = Readonly<{
  /** A country, or a part of one, as ISO 3166 names it. */
  jurisdiction: string;
  /** How catalog says a product is taxed, such as `standard`. */
  taxClass: string;
  /** The operator's name of the rate, such as `IVA-19`. */
  code: string;
  /** Hundredths of a per cent. */
  rateBasisPoints: number;
  validFrom: string;
}>;

export type StoredTaxRate = TaxRateTerms &
  Readonly<{ id: string; version: number; createdAt: string; updatedAt: string }>;

export interface TaxRates {
  /** By id; at most `limit` after `after`. */
  list(filter: Readonly<{ after?: string; limit: number }>): Promise<readonly StoredTaxRate[]>;
  find(id: string): Promise<StoredTaxRate | undefined>;
  /** Undefined: there is a rate for the same from the same time. */
  add(id: string, terms: TaxRateTerms, now: Date): Promise<StoredTaxRate | undefined>;
  /** Over this version only. */
  replace(
    id: string,
    version: number,
    terms: TaxRateTerms,
    now: Date,
  ): Promise<StoredTaxRate | 'taken' | 'stale' | undefined>;
  remove(id: string, version: number): Promise<'removed' | 'stale' | undefined>;
}

/** Orders that are placed are not touched by any of these: their tax is frozen. */
export const createChangeTaxRates = (
  ports: Readonly<{ rates: TaxRates; clock: Clock; newId: () => string }>,
) => {
  const { rates, clock, newId } = ports;
  return {
    list: rates.list.bind(rates),
    async show(id: string): Promise<StoredTaxRate> {
      const rate = await rates.find(id);
      if (!rate) throw orderError('tax_rate_not_found');
      return rate;
    },
    async add(
      terms: Omit<TaxRateTerms, 'validFrom'> & Readonly<{ validFrom?: string }>,
    ): Promise<StoredTaxRate> {
      const now = clock();
      const added = await rates.add(newId(), { validFrom: now.toISOString(), ...terms }, now);
      if (!added) throw orderError('tax_rate_taken');
      return added;
    },
    async replace(id: string, version: number, terms: TaxRateTerms) {
      const replaced = await rates.replace(id, version, terms, clock());
      if (!replaced) throw orderError('tax_rate_not_found');
      if (replaced === 'taken') throw orderError('tax_rate_taken');
      return replaced;
    },
    async remove(id: string, version: number): Promise<'removed' | 'stale'> {
      const removed = await rates.remove(id, version);
      if (!removed) throw orderError('tax_rate_not_found');
      return removed;
    },
  };
};

export type ChangeTaxRates = ReturnType<typeof createChangeTaxRates>;
