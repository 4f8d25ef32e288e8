import type { Pool } from 'pg';
import { createVersionedRows } from '#shared/platform/versioned-rows.ts';
import type {
  StoredTaxRate,
  TaxRates,
  TaxRateTerms,
} from '../application/commands/change-tax-rates.ts';

type Row = Readonly<{
  id: string;
  jurisdiction: string;
  tax_class: string;
  code: string;
  rate_basis_points: number;
  valid_from: Date;
  version: number;
  created_at: Date;
  updated_at: Date;
}>;

const toRate = (row: Row): StoredTaxRate => ({
  id: row.id,
  jurisdiction: row.jurisdiction,
  taxClass: row.tax_class,
  code: row.code,
  rateBasisPoints: row.rate_basis_points,
  validFrom: row.valid_from.toISOString(),
  version: row.version,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

const valuesOf = (terms: TaxRateTerms): readonly unknown[] => [
  terms.jurisdiction,
  terms.taxClass,
  terms.code,
  terms.rateBasisPoints,
  terms.validFrom,
];

export const createPgTaxRates = (pool: Pool): TaxRates =>
  createVersionedRows({
    pool,
    table: 'tax_rates',
    columns: ['jurisdiction', 'tax_class', 'code', 'rate_basis_points', 'valid_from'],
    valuesOf,
    toItem: toRate,
  });
