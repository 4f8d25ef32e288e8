import type { Pool } from 'pg';
import { createVersionedRows } from '#shared/platform/versioned-rows.ts';
import type {
  CommissionRule,
  CommissionRules,
  CommissionTerms,
} from '../application/commands/change-commission-rules.ts';

type Row = Readonly<{
  id: string;
  seller_id: string | null;
  category_id: string | null;
  rate_basis_points: number;
  fixed_minor: Readonly<Record<string, string>>;
  tax_rate_basis_points: number;
  jurisdiction: string;
  valid_from: Date;
  version: number;
  created_at: Date;
  updated_at: Date;
}>;

const toRule = (row: Row): CommissionRule => ({
  id: row.id,
  sellerId: row.seller_id,
  categoryId: row.category_id,
  rateBasisPoints: row.rate_basis_points,
  fixedMinor: Object.fromEntries(
    Object.entries(row.fixed_minor).map(([currency, minor]) => [currency, BigInt(minor)]),
  ),
  taxRateBasisPoints: row.tax_rate_basis_points,
  jurisdiction: row.jurisdiction,
  validFrom: row.valid_from.toISOString(),
  version: row.version,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

const valuesOf = (terms: CommissionTerms): readonly unknown[] => [
  terms.sellerId,
  terms.categoryId,
  terms.rateBasisPoints,
  JSON.stringify(
    Object.fromEntries(
      Object.entries(terms.fixedMinor).map(([currency, minor]) => [currency, minor.toString()]),
    ),
  ),
  terms.taxRateBasisPoints,
  terms.jurisdiction,
  terms.validFrom,
];

export const createPgCommissionRules = (pool: Pool): CommissionRules =>
  createVersionedRows({
    pool,
    table: 'commission_rules',
    columns: [
      'seller_id',
      'category_id',
      'rate_basis_points',
      'fixed_minor',
      'tax_rate_basis_points',
      'jurisdiction',
      'valid_from',
    ],
    valuesOf,
    toItem: toRule,
  });
