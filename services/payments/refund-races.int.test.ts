import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Pool } from 'pg';
import { createContextPool } from '#shared/platform/databases.ts';
import { createLogger } from '#shared/telemetry/logger.ts';
import { money } from '#shared/kernel/money.ts';
import { everyInterleaving, type Interleaved } from '#shared/testing/stepping.ts';
import { testPassword } from '#shared/testing/test-postgres.ts';
import { startTestPlaza, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { createRefundPayment, createSendRefund } from './application/commands/refund-payment.ts';
import { createSettlePayment } from './application/commands/settle-payment.ts';
import type { PaymentProvider } from './application/ports.ts';
import { createPgEarnings } from './infrastructure/pg-earnings.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { createPgPayments } from './infrastructure/pg-payments.ts';
import { paymentsModule } from './module.ts';

type Rows = Readonly<{ orderId: string; paymentId: string; seller: string; variantId: string }>;

describe('refunds in every interleaving, statement by statement, over real PostgreSQL', () => {
  let plaza: TestPlaza;
  const newId = (): string => crypto.randomUUID();

  before(async () => {
    plaza = await startTestPlaza({ modules: [paymentsModule] });
    await pool().query(
      `insert into commission_rules (id, rate_basis_points, tax_rate_basis_points, jurisdiction,
         valid_from, created_at, updated_at)
       values (uuidv7(), 1000, 1900, 'CO', '2020-01-01', now(), now())`,
    );
  });
  soundAfterEach(() => findFaults(pool()));
  after(() => plaza.stop());

  const pool = () => plaza.pool('payments');
  const connect = (): Pool => {
    const { database, ...address } = plaza.admin;
    const log = createLogger({ level: 'silent' });
    const password = testPassword('payments');
    return createContextPool({ address, database, context: 'payments', password, max: 2, log });
  };
  const portsOn = (on: Pool) => ({ pool: on, clock: plaza.clock, newId, wakeOutbox: () => {} });
  /** A provider that pays back at once and keeps no books: its steps are nobody's statements. */
  const provider = {
    name: 'sandbox',
    refund: async () => ({ is: 'completed', reference: 'r' }),
  } as unknown as PaymentProvider;
  const refundsOn = (on: Pool) => {
    const payments = createPgPayments(portsOn(on));
    const send = createSendRefund({ payments, provider, clock: plaza.clock, newId });
    return { send, refund: createRefundPayment({ payments, send }) };
  };
  const earn = (on: Pool, { orderId }: Rows) =>
    createPgEarnings(portsOn(on)).earn({
      orderId,
      sellerIds: null,
      deliveredAt: plaza.clock().toISOString(),
    });

  /** Three pieces of 1,000 each, paid. */
  const setUp = async (): Promise<Rows> => {
    const rows = { orderId: newId(), paymentId: newId(), seller: newId(), variantId: newId() };
    const { orderId, paymentId, seller: sellerId, variantId } = rows;
    const payments = createPgPayments(portsOn(pool()));
    const trace = { correlationId: orderId };
    await payments.open(
      {
        orderId,
        number: 'PZ-000001',
        buyerId: sellerId,
        amount: money(3_000n, 'COP'),
        lines: [
          {
            variantId,
            productId: null,
            sellerId,
            categoryIds: [],
            quantity: 3,
            amountMinor: 3_000n,
            taxMinor: 0n,
          },
        ],
        payBy: new Date(plaza.clock().getTime() + 900_000).toISOString(),
      },
      { consumer: 'test', messageId: newId(), trace },
    );
    const card = { brand: 'visa', last4: '4242' };
    const intent = { id: paymentId, orderId, buyerId: sellerId, provider: 'sandbox', card };
    const { payment } = await payments.create(intent);
    const settle = createSettlePayment({ payments, clock: plaza.clock, newId });
    await settle(payment!, { is: 'approved', reference: newId() });
    return rows;
  };
  const pieces = ({ paymentId, variantId }: Rows, quantity: number) => ({
    refundId: newId(),
    paymentId,
    amountMinor: null,
    lines: [{ variantId, quantity }],
    reason: 'returned',
    requestedBy: 'test',
  });
  const requested = async (rows: Rows, amountMinor: bigint): Promise<string> => {
    const id = newId();
    const { paymentId } = rows;
    const request = { id, paymentId, amountMinor, reason: 'returned', requestedBy: 'test' };
    const { result } = await createPgPayments(portsOn(pool())).requestRefund(request);
    assert.equal(result, 'requested');
    return id;
  };
  /** What the books say of the seller, and what its transfers add up to. */
  const standing = async ({ seller }: Rows): Promise<string> => {
    const { rows } = await pool().query<{ text: string }>(
      `select concat_ws(' ', (
         select string_agg(split_part(id, ':', 3) || ' ' || balance_minor, ' ' order by id)
         from ledger_accounts where id like 'seller:' || $1 || ':%' and balance_minor <> 0), (
         select 'earned ' || sum(gross_minor) || '-' || sum(commission_minor) || '-' || sum(tax_minor)
         from transfers where seller_id = $1::uuid)) as text`,
      [seller],
    );
    return rows[0]!.text;
  };
  const ended = ({ outcomes }: Interleaved): string =>
    outcomes
      .map((outcome) =>
        outcome.status === 'fulfilled'
          ? 'done'
          : ((outcome.reason as { code?: string }).code ?? String(outcome.reason)),
      )
      .toSorted()
      .join(' and ');

  it('two of two pieces of the three: one is granted', async () => {
    const runs = await everyInterleaving({
      connect,
      setUp,
      sessions: [
        (session, rows: Rows) => refundsOn(session.pool).refund(pieces(rows, 2)),
        (session, rows: Rows) => refundsOn(session.pool).refund(pieces(rows, 2)),
      ],
      judge: async (rows, run) => {
        assert.equal(ended(run), 'done and payments.refund_lines_too_many');
        assert.equal(await standing(rows), 'pending 1000');
      },
    });
    assert.ok(runs.length >= 8, `only ${runs.length} interleavings`);
  });

  it('two that are committed, after the delivery: both are taken of what was earned', async () => {
    const ids = new Map<string, readonly string[]>();
    const runs = await everyInterleaving({
      connect,
      setUp: async () => {
        const rows = await setUp();
        await earn(pool(), rows);
        ids.set(rows.paymentId, [await requested(rows, 700n), await requested(rows, 1_001n)]);
        return rows;
      },
      sessions: [0, 1].map(
        (i) => (session, rows: Rows) => refundsOn(session.pool).send(ids.get(rows.paymentId)![i]!),
      ),
      judge: async (rows, run) => {
        assert.equal(ended(run), 'done and done');
        assert.equal(await standing(rows), 'available 1144 earned 1299-131-24');
      },
    });
    assert.ok(runs.length >= 20, `only ${runs.length} interleavings`);
  });

  it('one and the delivery: what is left is earned, whichever is first', async () => {
    const seen = new Set<string>();
    const runs = await everyInterleaving({
      connect,
      setUp,
      sessions: [
        (session, rows: Rows) => refundsOn(session.pool).refund(pieces(rows, 1)),
        (session, rows: Rows) => earn(session.pool, rows),
      ],
      judge: async (rows, run) => {
        assert.equal(ended(run), 'done and done');
        assert.equal(await standing(rows), 'available 1762 earned 2000-200-38');
        const { rowCount } = await pool().query('select from transfers where seller_id = $1', [
          rows.seller,
        ]);
        seen.add(`${rowCount} transfers`);
      },
    });
    assert.ok(runs.length >= 5, `only ${runs.length} interleavings`);
    assert.deepEqual([...seen].toSorted(), ['1 transfers', '2 transfers']);
  });
});
