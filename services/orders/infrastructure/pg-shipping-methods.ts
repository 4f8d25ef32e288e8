import type { Pool } from 'pg';
import type { ShippingMethods, StoredShippingMethod } from '../application/ports.ts';
import type { ShippingMethod } from '../domain/shipping.ts';
import { fromStored, toStored } from './order-json.ts';

type Row = Readonly<{
  id: string;
  name_es: string;
  name_en: string;
  prices: unknown;
  days_min: number;
  days_max: number;
  countries: readonly string[];
  regions: readonly string[];
  pickup_place: string | null;
  is_active: boolean;
  position: number;
  version: number;
}>;

const toMethod = (row: Row): StoredShippingMethod => ({
  id: row.id,
  name: { es: row.name_es, en: row.name_en },
  prices: fromStored(row.prices) as ShippingMethod['prices'],
  daysMin: row.days_min,
  daysMax: row.days_max,
  countries: row.countries,
  regions: row.regions,
  pickupPlace: row.pickup_place,
  isActive: row.is_active,
  position: row.position,
  version: row.version,
});

const valuesOf = (method: ShippingMethod): readonly unknown[] => [
  method.id,
  method.name.es,
  method.name.en,
  toStored(method.prices),
  method.daysMin,
  method.daysMax,
  method.countries,
  method.regions,
  method.pickupPlace,
  method.isActive,
  method.position,
];

export const createPgShippingMethods = (pool: Pool): ShippingMethods => ({
  async find(id) {
    const { rows } = await pool.query<Row>({
      name: 'shipping-method',
      text: 'select * from shipping_methods where id = $1',
      values: [id],
    });
    return rows[0] && toMethod(rows[0]);
  },
  async list() {
    const { rows } = await pool.query<Row>({
      name: 'shipping-methods',
      text: 'select * from shipping_methods order by position, id limit 200',
    });
    return rows.map(toMethod);
  },
  async add(method) {
    const { rows } = await pool.query<Row>(
      `insert into shipping_methods (id, name_es, name_en, prices, days_min, days_max, countries,
         regions, pickup_place, is_active, position)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning *`,
      [...valuesOf(method)],
    );
    return toMethod(rows[0]!);
  },
  async replace(method, version) {
    const { rows } = await pool.query<Row>(
      `update shipping_methods set name_es = $2, name_en = $3, prices = $4, days_min = $5,
         days_max = $6, countries = $7, regions = $8, pickup_place = $9, is_active = $10,
         position = $11, version = version + 1
       where id = $1 and version = $12 returning *`,
      [...valuesOf(method), version],
    );
    return rows[0] && toMethod(rows[0]);
  },
  async remove(id) {
    const { rowCount } = await pool.query('delete from shipping_methods where id = $1', [id]);
    return rowCount === 1;
  },
});
