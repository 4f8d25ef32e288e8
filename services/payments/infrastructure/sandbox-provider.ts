import type { Pool } from 'pg';
import { currencyExponent } from '#shared/kernel/currencies.ts';
import type { Clock } from '#shared/platform/module.ts';
import { ProviderUnclear, type PaymentProvider } from '../application/ports.ts';
import type { ChargeState } from '../domain/payment.ts';

type Behaviour = Readonly<{
  outcome: 'approved' | 'declined';
  reason?: string;
  /** How long the provider thinks before the outcome stands. */
  settlesAfterMs?: number;
  /** The answer is lost, after the charge was made or before it arrived. */
  timesOut?: 'after_charge' | 'before_charge';
  /** Notifications sent besides the answer. */
  notifications?: number;
}>;

/** What each test card does; documented in the README of payments. */
const behaviours: ReadonlyMap<string, Behaviour> = new Map<string, Behaviour>([
  ['4242424242424242', { outcome: 'approved' }],
  ['4000000000000002', { outcome: 'declined', reason: 'card_declined' }],
  ['4000000000009995', { outcome: 'declined', reason: 'insufficient_funds' }],
  ['4000000000000069', { outcome: 'declined', reason: 'expired_card' }],
  ['4000000000001018', { outcome: 'approved', timesOut: 'after_charge' }],
  ['4000000000001026', { outcome: 'approved', timesOut: 'before_charge' }],
  ['4000000000001034', { outcome: 'approved', notifications: 2 }],
  ['4000000000001042', { outcome: 'approved', settlesAfterMs: 3_000, notifications: 1 }],
  [
    '4000000000001059',
    { outcome: 'declined', reason: 'card_declined', settlesAfterMs: 3_000, notifications: 1 },
  ],
]);

type ChargeRow = Readonly<{
  reference: string;
  status: 'processing' | 'approved' | 'declined' | 'voided';
  reason: string | null;
}>;

/**
 * The key decides: the same key again is the same charge, whatever else is sent. It is updated to
 * itself, so that the same key at the same moment waits for the first and answers what that did. Its
 * books are in the database of payments, so what payments stores next brings them to the disk.
 */
const chargeSql = `
  with made as (
    insert into sandbox_charges as c (key, reference, amount_minor, currency, status, outcome, reason,
      settles_at, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (key) do update set key = c.key
    returning reference, status, reason, xmax = 0 as is_new
  ), told as (
    insert into deadlines (kind, key, due_at)
    select 'sandbox-notification', $1::text || ':' || n, $8::timestamptz
    from made, generate_series(1, $10::integer) as n where is_new
  )
  select reference, status, reason, set_config('synchronous_commit', 'off', true) from made`;

/** Reading settles what is due; a key that never came is spent, so a late charge is refused. */
const readSql = `
  with settled as (
    insert into sandbox_charges as c (key, reference, amount_minor, currency, status, outcome,
      settles_at, created_at)
    values ($1, $2, 0, '', 'voided', 'declined', $3, $3)
    on conflict (key) do update set status = case
      when c.status = 'processing' and c.settles_at <= excluded.settles_at then c.outcome
      else c.status end
    returning reference, status, reason
  )
  select * from settled`;

const refundSql = 'select sandbox_refund($1, $2, $3, $4) as reference';

const toState = ({ reference, status, reason }: ChargeRow): ChargeState => {
  switch (status) {
    case 'approved':
    case 'processing':
      return { is: status, reference };
    case 'declined':
      return { is: 'declined', reference, reason: reason ?? 'card_declined' };
    case 'voided':
      return { is: 'void' };
  }
};

/**
 * A payment provider inside the platform, with books of its own, that does what the card number
 * says: approves, declines, loses its answer, answers late or more than once.
 */
export const createSandboxProvider = ({
  pool,
  clock,
  newId,
}: Readonly<{ pool: Pool; clock: Clock; newId: () => string }>): PaymentProvider => ({
  name: 'sandbox',
  capabilities: {
    flow: 'direct',
    canCaptureLater: false,
    canRefundPartly: true,
    canSplit: false,
    wireExponent: currencyExponent,
  },
  accepts: (cardNumber) => behaviours.has(cardNumber),

  async charge({ key, amount, cardNumber }) {
    const behaviour = behaviours.get(cardNumber)!;
    if (behaviour.timesOut === 'before_charge') throw new ProviderUnclear('no answer');
    const { outcome, reason = null, settlesAfterMs = 0, notifications = 0 } = behaviour;
    const now = clock();
    const { rows } = await pool.query<ChargeRow>({
      name: 'sandbox-charge',
      text: chargeSql,
      values: [
        key,
        newId(),
        amount.amountMinor,
        amount.currency,
        settlesAfterMs > 0 ? 'processing' : outcome,
        outcome,
        reason,
        new Date(now.getTime() + settlesAfterMs),
        now,
        notifications,
      ],
    });
    if (behaviour.timesOut === 'after_charge') throw new ProviderUnclear('the answer was lost');
    return toState(rows[0]!);
  },

  async read(key) {
    const values = [key, newId(), clock()];
    const { rows } = await pool.query<ChargeRow>({ name: 'sandbox-read', text: readSql, values });
    return toState(rows[0]!);
  },

  async refund({ key, chargeKey, amount }) {
    const { rows } = await pool.query<{ reference: string | null }>({
      name: 'sandbox-refund',
      text: refundSql,
      values: [key, chargeKey, amount.amountMinor, newId()],
    });
    const { reference } = rows[0]!;
    return reference === null
      ? { is: 'refused', reason: 'not_refundable' }
      : { is: 'completed', reference };
  },
});
