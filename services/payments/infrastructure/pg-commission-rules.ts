import type { Pool } from 'pg';
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

const listSql = `select * from commission_rules where $1::uuid is null or id > $1
  order by id limit $2`;
const addSql = `
  insert into commission_rules (id, created_at, updated_at, seller_id, category_id,
    rate_basis_points, fixed_minor, tax_rate_basis_points, jurisdiction, valid_from)
  values ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict do nothing returning *`;
const replaceSql = `
  update commission_rules set version = version + 1, updated_at = $2, seller_id = $3,
    category_id = $4, rate_basis_points = $5, fixed_minor = $6, tax_rate_basis_points = $7,
    jurisdiction = $8, valid_from = $9
  where id = $1 and version = $10 returning *`;

export const createPgCommissionRules = (pool: Pool): CommissionRules => {
  const find = async (id: string): Promise<CommissionRule | undefined> => {
    const { rows } = await pool.query<Row>('select * from commission_rules where id = $1', [id]);
    return rows[0] && toRule(rows[0]);
  };
  return {
    find,
    async list({ after, limit }) {
      const { rows } = await pool.query<Row>(listSql, [after ?? null, limit]);
      return rows.map(toRule);
    },
    async add(id, terms, now) {
      const { rows } = await pool.query<Row>(addSql, [id, now, ...valuesOf(terms)]);
      return rows[0] && toRule(rows[0]);
    },
    async replace(id, version, terms, now) {
      try {
        const values = [id, now, ...valuesOf(terms), version];
        const { rows } = await pool.query<Row>(replaceSql, values);
        if (rows[0]) return toRule(rows[0]);
      } catch (error) {
        if ((error as { code?: string }).code === '23505') return 'taken';
        throw error;
      }
      return (await find(id)) && 'stale';
    },
    async remove(id, version) {
      const { rowCount } = await pool.query(
        'delete from commission_rules where id = $1 and version = $2',
        [id, version],
      );
      if (rowCount === 1) return 'removed';
      return (await find(id)) && 'stale';
    },
  };
};
