import type { Pool } from 'pg';
import type { Shop, Shops } from '../application/commands/change-shop.ts';

type Row = Readonly<{
  brand_colour: string | null;
  return_days: number;
  version: number;
  changed_at: Date | null;
  changed_by: string | null;
}>;

const columns = 'brand_colour, return_days, version, changed_at, changed_by';

const toShop = (row: Row): Shop => ({
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
  async change(version, { brandColour, returnDays }, { id, now }) {
    const { rows } = await pool.query<Row>({
      name: 'shop-change',
      text: `update shop set version = version + 1, brand_colour = $2, return_days = $3,
        changed_by = $4, changed_at = $5 where version = $1 returning ${columns}`,
      values: [version, brandColour, returnDays, id, now],
    });
    return rows[0] && toShop(rows[0]);
  },
});
