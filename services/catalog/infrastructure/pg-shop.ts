import type { Pool } from 'pg';
import type { Shop, Shops } from '../application/commands/change-shop.ts';

type Row = Readonly<{
  name: string | null;
  country: string | null;
  brand_colour: string | null;
  return_days: number;
  version: number;
  changed_at: Date | null;
  changed_by: string | null;
}>;

const columns = 'name, country, brand_colour, return_days, version, changed_at, changed_by';

const toShop = (row: Row): Shop => ({
  name: row.name,
  country: row.country,
  brandColour: row.brand_colour,
  returnDays: row.return_days,
  version: row.version,
  changedAt: row.changed_at,
  changedBy: row.changed_by,
});

export const createPgShop = (pool: Pool): Shops => ({
  async read() {
    const { rows } = await pool.query<Row>({
      name: 'shop-read',
      text: `select ${columns} from shop`,
    });
    return toShop(rows[0]!);
  },
  async begin({ name, country }) {
    await pool.query({
      name: 'shop-begin',
      text: 'update shop set name = $1, country = $2 where changed_by is null',
      values: [name, country],
    });
  },
  async change(version, { name, country, brandColour, returnDays }, { id, now }) {
    const { rows } = await pool.query<Row>({
      name: 'shop-change',
      text: `update shop set version = version + 1, brand_colour = $2, return_days = $3,
        changed_by = $4, changed_at = $5, name = $6, country = $7 where version = $1 returning ${columns}`,
      values: [version, brandColour, returnDays, id, now, name, country],
    });
    return rows[0] && toShop(rows[0]);
  },
});
