import type { Pool } from 'pg';
import type { FindKnownCharges } from './mercado-pago/statement.ts';

const knownSql = `
  select c.reference, c.id, c.role, c.payment_id, p.job_id is not null as is_of_job,
    (select b.id from chargebacks b
      where b.provider = c.provider and b.charge_reference = c.reference) as chargeback_id,
    coalesce((select jsonb_agg(jsonb_build_object('reference', r.reference,
        'amountMinor', r.amount_minor::text, 'id', coalesce(r.refund_id, r.id),
        'type', case when r.refund_id is null then 'surplus_refund'
          when p.job_id is not null then 'escrow_refund_sent'
          else coalesce((select e.cause_type from journal_entries e where e.cause_id = r.refund_id
            and e.cause_type in ('refund', 'refund_after_earning')), 'refund') end)
        order by r.created_at, r.id)
      from provider_refunds r where r.charge_id = c.id and r.status <> 'failed'), '[]') as refunds
  from provider_charges c left join payments p on p.id = c.payment_id
  where c.provider = $1 and c.reference = any($2)`;

type Row = Readonly<{
  reference: string;
  id: string;
  role: 'waiting' | 'captured' | 'surplus' | 'not_ours';
  payment_id: string | null;
  is_of_job: boolean;
  chargeback_id: string | null;
  refunds: readonly Readonly<{
    reference: string | null;
    amountMinor: string;
    id: string;
    type: string;
  }>[];
}>;

const chargeCause = ({ role, id, payment_id: paymentId, is_of_job: isOfJob }: Row) => {
  if (role === 'surplus') return { type: 'surplus', id };
  if (role !== 'captured' || paymentId === null) return null;
  return { type: isOfJob ? 'escrow_funding' : 'capture', id: paymentId };
};

/** The causes of the entries that charges of a provider, and what came of them, have in our books. */
export const createPgKnownCharges =
  (pool: Pool): FindKnownCharges =>
  async (provider, references) => {
    const { rows } = await pool.query<Row>({
      name: 'charges-known',
      text: knownSql,
      values: [provider, references],
    });
    return new Map(
      rows.map((row) => {
        const charge = chargeCause(row);
        return [
          row.reference,
          {
            charge,
            fee: charge && { type: 'provider_fee', id: row.id },
            lost:
              row.chargeback_id === null
                ? null
                : { type: 'chargeback_lost', id: row.chargeback_id },
            refunds: row.refunds.map(({ reference, amountMinor, ...cause }) => ({
              cause,
              reference,
              amountMinor: BigInt(amountMinor),
            })),
          },
        ] as const;
      }),
    );
  };
