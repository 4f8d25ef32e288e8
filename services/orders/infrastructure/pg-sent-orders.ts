import type { Pool } from 'pg';
import type { SentOrder, SentOrders } from '../application/queries/prepare-parcels.ts';
import type { PlacedOrder } from '../domain/order.ts';
import { fromStored } from './order-json.ts';

type Row = Readonly<{
  state: unknown;
  number: string;
  is_known: boolean;
  full_name: string | null;
  phone_number: string | null;
  address: NonNullable<SentOrder['contact']>['address'];
}>;

export const createPgSentOrders = (pool: Pool): SentOrders => ({
  async find(orderIds) {
    const { rows } = await pool.query<Row>({
      name: 'orders-sent',
      text: `select s.state, o.number, c.order_id is not null as is_known, c.full_name, c.phone_number, c.address
        from orders o join streams s on s.id = o.id left join order_contacts c on c.order_id = o.id
        where o.id = any($1::uuid[])`,
      values: [orderIds],
    });
    return rows.map((row) => ({
      order: { ...(fromStored(row.state) as PlacedOrder), number: row.number },
      contact: row.is_known
        ? { fullName: row.full_name, phoneNumber: row.phone_number, address: row.address }
        : undefined,
    }));
  },
});
