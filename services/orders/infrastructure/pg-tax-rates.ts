import type { Pool } from 'pg';
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

const listSql = `select * from tax_rates where $1::uuid is null or id > $1 order by id limit $2`;
const addSql = `
  insert into tax_rates (id, created_at, updated_at, jurisdiction, tax_class, code,
    rate_basis_points, valid_from)
  values ($1, $2, $2, $3, $4, $5, $6, $7)
  on conflict do nothing returning *`;
const replaceSql = `
  update tax_rates set version = version + 1, updated_at = $2, jurisdiction = $3, tax_class = $4,
    code = $5, rate_basis_points = $6, valid_from = $7
  where id = $1 and version = $8 returning *`;

export const createPgTaxRates = (pool: Pool): TaxRates => {
  const find = async (id: string): Promise<StoredTaxRate | undefined> => {
    const { rows } = await pool.query<Row>('select * from tax_rates where id = $1', [id]);
    return rows[0] && toRate(rows[0]);
  };
  return {
    find,
    async list({ after, limit }) {
      const { rows } = await pool.query<Row>(listSql, [after ?? null, limit]);
      return rows.map(toRate);
    },
    async add(id, terms, now) {
      const { rows } = await pool.query<Row>(addSql, [id, now, ...valuesOf(terms)]);
      return rows[0] && toRate(rows[0]);
    },
    async replace(id, version, terms, now) {
      try {
        const values = [id, now, ...valuesOf(terms), version];
        const { rows } = await pool.query<Row>(replaceSql, values);
        if (rows[0]) return toRate(rows[0]);
      } catch (error) {
        if ((error as { code?: string }).code === '23505') return 'taken';
        throw error;
      }
      return (await find(id)) && 'stale';
    },
    async remove(id, version) {
      const { rowCount } = await pool.query(
        'delete from tax_rates where id = $1 and version = $2',
        [id, version],
      );
      if (rowCount === 1) return 'removed';
      return (await find(id)) && 'stale';
    },
  };
};
