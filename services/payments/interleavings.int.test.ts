import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Pool } from 'pg';
import { money } from '#shared/kernel/money.ts';
import { createContextPool } from '#shared/platform/databases.ts';
import { createLogger } from '#shared/telemetry/logger.ts';
import {
  everyInterleaving,
  type Interleaved,
  type SteppedSession,
} from '#shared/testing/stepping.ts';
import { startTestPlaza, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { testPassword } from '#shared/testing/test-postgres.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { createPayOrder } from './application/commands/pay-order.ts';
import { createFollowCheckout } from './application/commands/follow-checkout.ts';
import { createDisputeCharge } from './application/commands/record-chargeback.ts';
import { createRecordProviderCharge } from './application/commands/record-provider-charge.ts';
import { createRefundPayment, createSendRefund } from './application/commands/refund-payment.ts';
import { createSettlePayment } from './application/commands/settle-payment.ts';
import type { CheckoutProvider } from './application/provider-ports.ts';
import type { ObservedChargeback } from './domain/chargeback.ts';
import type { ObservedCharge } from './domain/provider-charge.ts';
import { createPgChargebacks } from './infrastructure/pg-chargebacks.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { createPgPayments } from './infrastructure/pg-payments.ts';
import { createPgProviderCharges } from './infrastructure/pg-provider-charges.ts';
import { createSandboxProvider } from './infrastructure/sandbox-provider.ts';
import { rulesBesidePayouts, withPaidPayout } from './infrastructure/test-payouts.ts';
import { paymentsModule } from './module.ts';

const newId = () => crypto.randomUUID();
const total = 1_000n;

/** Two handlers at once on real PostgreSQL, in every order that their statements can come in. */
describe('two at once, in every order', () => {
  let plaza: TestPlaza;
  const buyerId = newId();
  const sellers = [newId(), newId()];

  before(async () => {
    plaza = await startTestPlaza({ modules: [paymentsModule] });
  });
  after(() => plaza.stop());
  soundAfterEach(() => findFaults(pool(), rulesBesidePayouts));

  const pool = () => plaza.pool('payments');
  const connect = (): Pool =>
    createContextPool({
      address: plaza.admin,
      database: plaza.admin.database,
      context: 'payments',
      password: testPassword('payments'),
      max: 3,
      log: createLogger({ level: 'silent' }),
    });
  const openPayable = async (): Promise<string> => {
    const orderId = newId();
    const shares = [667, 333].map((minor, i) => ({
      sellerId: sellers[i],
      amountMinor: String(minor),
      refundedMinor: '0',
    }));
    await pool().query(
      `insert into payables (order_id, number, buyer_id, amount_minor, currency, shares, pay_by, is_open)
       values ($1, 'PZ-000001', $2, $3, 'COP', $4, now() + interval '1 hour', true)`,
      [orderId, buyerId, total, JSON.stringify(shares)],
    );
    return orderId;
  };
  const ports = (on: Pool) => ({ pool: on, clock: plaza.clock, newId, wakeOutbox: () => {} });
  const delivery = (consumer: string, correlationId: string) => ({
    consumer,
    messageId: newId(),
    trace: { correlationId },
  });

  type Found = Readonly<{
    payments: readonly Readonly<{
      status: string;
      refunded_minor: string;
      charged_back_minor: string;
    }>[];
    captures: number;
    completed: number;
    sandbox: number;
    isOpen: boolean;
  }>;
  const look = async (orderId: string): Promise<Found> => {
    const { rows } = await pool().query<{ found: Found }>(
      `select jsonb_build_object(
        'payments', coalesce((select jsonb_agg(jsonb_build_object('status', p.status,
            'refunded_minor', p.refunded_minor::text, 'charged_back_minor', p.charged_back_minor::text))
          from payments p where p.order_id = $1), '[]'),
        'captures', (select count(*) from journal_entries e where e.order_id = $1 and e.cause_type = 'capture'),
        'completed', (select count(*) from outbox o where o.correlation_id = $1
          and o.type = 'payments.payment-completed.v1'),
        'sandbox', (select count(*) from sandbox_charges s join payments p on p.id = s.key
          where p.order_id = $1 and s.status = 'approved'),
        'isOpen', (select is_open from payables where order_id = $1)) as found`,
      [orderId],
    );
    return rows[0]!.found;
  };
  const count = (runs: readonly Interleaved[], least: number): void => {
    assert.ok(runs.length >= least, `only ${runs.length} orders of steps`);
  };
  const outcomesOf = async <Rows>(
    setUp: () => Promise<Rows>,
    sessions: readonly ((session: SteppedSession, rows: Rows) => Promise<unknown>)[],
    judge: (rows: Rows, run: Interleaved) => Promise<string>,
  ) => {
    const outcomes = new Map<string, number>();
    const runs = await everyInterleaving({
      connect,
      setUp,
      sessions,
      judge: async (rows, run) => {
        const outcome = await judge(rows, run);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      },
    });
    return { runs, outcomes: [...outcomes.keys()].toSorted() };
  };

  const pay =
    (paymentId = newId) =>
    async ({ pool: on }: SteppedSession, orderId: string) => {
      const payments = createPgPayments(ports(on));
      const provider = createSandboxProvider(ports(on));
      const settle = createSettlePayment({ payments, clock: plaza.clock, newId });
      const handler = createPayOrder({
        payments,
        provider,
        settle,
        clock: plaza.clock,
        takesCards: true,
      });
      const card = { number: '4242424242424242', expiryMonth: 12, expiryYear: 2099 };
      return handler({ paymentId: paymentId(), orderId, buyerId, card });
    };
  const close = async ({ pool: on }: SteppedSession, orderId: string): Promise<void> =>
    createPgPayments(ports(on)).close(
      orderId,
      delivery('close-payable-when-order-failed', orderId),
    );

  for (const what of ['expire', 'cancel'] as const) {
    it(`pay × ${what}: charged and told of, or not begun`, async () => {
      const { runs, outcomes } = await outcomesOf(
        openPayable,
        [pay(), close],
        async (orderId, run) => {
          const { payments, captures, completed, sandbox, isOpen } = await look(orderId);
          assert.equal(isOpen, false);
          const [paid] = run.outcomes;
          // What is charged has its capture and its message: orders refunds it when it has ended.
          assert.deepEqual([captures, completed], [sandbox, sandbox]);
          assert.equal(payments.length, sandbox);
          assert.equal(paid!.status, sandbox === 1 ? 'fulfilled' : 'rejected');
          return sandbox === 1 ? 'charged' : 'not begun';
        },
      );
      count(runs, 4);
      assert.deepEqual(outcomes, ['charged', 'not begun']);
    });
  }

  it('pay × pay: one charge', async () => {
    const { runs, outcomes } = await outcomesOf(openPayable, [pay(), pay()], async (orderId) => {
      const { payments, captures, sandbox } = await look(orderId);
      assert.deepEqual([payments.length, captures, sandbox], [1, 1, 1]);
      return payments[0]!.status;
    });
    count(runs, 6);
    assert.deepEqual(outcomes, ['completed']);
  });

  it('refund × refund: never more than was captured, and the books follow', async () => {
    const paid = async () => {
      const orderId = await openPayable();
      const { id } = await pay()({ pool: pool(), step: (work) => work() }, orderId);
      return { orderId, paymentId: id };
    };
    const refund =
      (amountMinor: bigint) =>
      async ({ pool: on }: SteppedSession, { paymentId }: { paymentId: string }) => {
        const payments = createPgPayments(ports(on));
        const provider = createSandboxProvider(ports(on));
        const send = createSendRefund({ payments, provider, clock: plaza.clock, newId });
        const handler = createRefundPayment({ payments, send });
        return handler({
          refundId: newId(),
          paymentId,
          amountMinor,
          reason: 'a broken mug',
          requestedBy: 'staff',
        });
      };
    const { runs, outcomes } = await outcomesOf(
      paid,
      [refund(700n), refund(700n)],
      async ({ orderId }, run) => {
        const { payments } = await look(orderId);
        assert.partialDeepStrictEqual(payments, [
          { status: 'partially_refunded', refunded_minor: '700' },
        ]);
        return run.outcomes.map(({ status }) => status).join(' and ');
      },
    );
    count(runs, 10);
    assert.deepEqual(outcomes, ['fulfilled and rejected', 'rejected and fulfilled']);
  });

  describe('with a provider that has a page', () => {
    const charge = (paymentId: string, reference: string): ObservedCharge => ({
      reference,
      externalReference: paymentId,
      amount: money(total, 'COP'),
      status: 'approved',
      rawStatus: 'approved',
      rawDetail: 'accredited',
      reason: null,
      chargeback: null,
      isDisputed: false,
      refundedMinor: 0n,
      feeMinor: 30n,
      collector: 'us',
      isLive: true,
      groupReference: null,
    });
    /** Says of each payment that it was paid by these charges. */
    const providerOf = (observed: readonly ObservedCharge[]): CheckoutProvider => {
      const refuse = async (): Promise<never> => assert.fail('nobody asked for this');
      return {
        name: 'mercadopago',
        capabilities: {
          flow: 'redirect',
          canCaptureLater: false,
          canRefundPartly: true,
          canSplit: false,
          wireExponent: () => 0,
        },
        isLive: true,
        createCheckout: refuse,
        readGroup: refuse,
        refundCharge: refuse,
        readRefund: refuse,
        cancelCharge: refuse,
        readChargeback: refuse,
        readCharge: async (reference) => observed.find((one) => one.reference === reference),
        findCharges: async () => observed,
      };
    };
    const openCheckout = async () => {
      const orderId = await openPayable();
      const charges = createPgProviderCharges(ports(pool()));
      const paymentId = newId();
      await charges.createCheckout({ id: paymentId, orderId, buyerId, provider: 'mercadopago' });
      const page = { reference: newId(), url: 'https://example.com', collector: 'us' };
      await charges.storePage(paymentId, page, null);
      return { orderId, paymentId, reference: newId(), other: newId() };
    };
    type Rows = Awaited<ReturnType<typeof openCheckout>>;
    const handlers = ({ pool: on }: SteppedSession, observed: readonly ObservedCharge[]) => {
      const { clock } = plaza;
      const provider = providerOf(observed);
      const charges = createPgProviderCharges(ports(on));
      const chargebacks = createPgChargebacks(ports(on));
      const dispute = createDisputeCharge({ chargebacks, charges, provider, clock, newId });
      const record = createRecordProviderCharge({ charges, provider, dispute, clock, newId });
      return {
        record,
        follow: createFollowCheckout({ charges, provider, record, clock }),
        dispute,
      };
    };
    const surplusOf = async (paymentId: string): Promise<number> => {
      const sql = `select from provider_charges where payment_id = $1 and role = 'surplus'`;
      return (await pool().query(sql, [paymentId])).rowCount!;
    };
    const notify = (session: SteppedSession, { paymentId, reference }: Rows) =>
      handlers(session, [charge(paymentId, reference)]).follow.followCharge(reference, null);
    const read = (session: SteppedSession, { paymentId, reference }: Rows) =>
      handlers(session, [charge(paymentId, reference)]).follow.followPayment(paymentId);

    for (const [what, other] of [
      ['poll', read],
      ['return', read],
      ['webhook', notify],
    ] as const) {
      it(`webhook × ${what}: captured once, told of once`, async () => {
        const { runs, outcomes } = await outcomesOf(
          openCheckout,
          [notify, other],
          async ({ orderId, paymentId }, run) => {
            const { payments, captures, completed } = await look(orderId);
            assert.deepEqual(
              run.outcomes.map(({ status }) => status),
              ['fulfilled', 'fulfilled'],
            );
            assert.deepEqual([captures, completed, await surplusOf(paymentId)], [1, 1, 0]);
            return payments[0]!.status;
          },
        );
        count(runs, 10);
        assert.deepEqual(outcomes, ['completed']);
      });
    }

    it('two charges at once: one pays, the other goes back', async () => {
      const notifyOf =
        (name: 'reference' | 'other') =>
        (session: SteppedSession, { paymentId, [name]: reference }: Rows) =>
          handlers(session, [charge(paymentId, reference)]).follow.followCharge(reference, null);
      const { runs, outcomes } = await outcomesOf(
        openCheckout,
        [notifyOf('reference'), notifyOf('other')],
        async ({ orderId, paymentId }) => {
          const { payments, captures } = await look(orderId);
          const refunds = `select from provider_refunds r join provider_charges c on c.id = r.charge_id
            where c.payment_id = $1 and r.amount_minor = $2`;
          const { rowCount } = await pool().query(refunds, [paymentId, total]);
          assert.deepEqual([captures, await surplusOf(paymentId), rowCount], [1, 1, 1]);
          return payments[0]!.status;
        },
      );
      count(runs, 10);
      assert.deepEqual(outcomes, ['completed']);
    });

    it('paid × ended unpaid: completed, or failed and the money goes back', async () => {
      const expired = async () => {
        const rows = await openCheckout();
        await pool().query(
          `update provider_checkouts set expires_at = now() - interval '1 hour' where payment_id = $1`,
          [rows.paymentId],
        );
        return rows;
      };
      const giveUp = (session: SteppedSession, { paymentId }: Rows) =>
        handlers(session, []).record.endUnpaid(paymentId);
      const { runs, outcomes } = await outcomesOf(
        expired,
        [notify, giveUp],
        async ({ orderId, paymentId }) => {
          const { payments, captures } = await look(orderId);
          const surplus = await surplusOf(paymentId);
          assert.deepEqual([captures, surplus], payments[0]!.status === 'failed' ? [0, 1] : [1, 0]);
          return payments[0]!.status;
        },
      );
      count(runs, 6);
      assert.deepEqual(outcomes, ['completed', 'failed']);
    });

    /** A payment whose shares are earned, by transfers that no payout lists yet. */
    const earned = async () => {
      const rows = await openCheckout();
      await notify({ pool: pool(), step: (work) => work() }, rows);
      const parts = sellers.map((seller, i) => ({ seller, minor: i === 0 ? 667 : 333 }));
      for (const { seller, minor } of parts) {
        const line = (account: string, side: string) => ({
          account: `seller:${seller}:${account}`,
          currency: 'COP',
          side,
          amountMinor: String(minor),
        });
        await pool().query('select post_entry($1, now())', [
          {
            id: newId(),
            causeType: 'earning',
            causeId: newId(),
            about: { paymentId: rows.paymentId },
            lines: [line('pending', 'debit'), line('available', 'credit')],
          },
        ]);
        await pool().query(
          `insert into transfers (id, seller_id, kind, cause_id, payment_id, gross_minor,
             commission_minor, tax_minor, net_minor, currency, earned_at)
           values (uuidv7(), $1, 'sale', uuidv7(), $2, $3, 0, 0, $3, 'COP', now())`,
          [seller, rows.paymentId, minor],
        );
      }
      return rows;
    };
    const disputeOf = (chargeReference: string): ObservedChargeback => ({
      reference: null,
      chargeReference,
      amount: money(total, 'COP'),
      outcome: 'open',
      isCoverageEligible: null,
      documentationStatus: null,
      documentationDeadline: null,
    });
    const dispute = (session: SteppedSession, { reference }: Rows) =>
      handlers(session, []).dispute(disputeOf(reference));
    /** Takes what the first seller has earned of this payment, as a payout does: row and entry at once. */
    const payOut = ({ pool: on }: SteppedSession, { paymentId }: Rows) =>
      on.query(
        `${withPaidPayout('$2')}, listed as (
           update transfers set payout_id = (select id from payout)
           where payment_id = $1 and seller_id = $2 and kind = 'sale' and payout_id is null
           returning net_minor
         )
         select post_entry($3::jsonb, now()) from listed`,
        [
          paymentId,
          sellers[0],
          JSON.stringify({
            id: newId(),
            causeType: 'payout',
            causeId: newId(),
            about: {},
            lines: [
              ['debit', `seller:${sellers[0]!}:available`],
              ['credit', 'payouts:in_transit'],
            ].map(([side, account]) => ({ side, account, currency: 'COP', amountMinor: '667' })),
          }),
        ],
      );
    const balance = async (kind: string): Promise<bigint> => {
      const { rows } = await pool().query<{ sum: string | null }>(
        'select sum(balance_minor) from ledger_accounts where id = $1',
        [`seller:${sellers[0]!}:${kind}`],
      );
      return BigInt(rows[0]!.sum ?? 0);
    };

    it('payout × chargeback: paid out and owed, or frozen and not paid', async () => {
      let before = { available: 0n, owing: 0n, disputed: 0n };
      const setUp = async () => {
        const rows = await earned();
        before = {
          available: await balance('available'),
          owing: await balance('owing'),
          disputed: await balance('disputed'),
        };
        return rows;
      };
      const { runs, outcomes } = await outcomesOf(
        setUp,
        [payOut, dispute],
        async (_rows, { outcomes: [paid, disputed] }) => {
          assert.equal(disputed!.status, 'fulfilled');
          assert.equal(await balance('disputed'), before.disputed + 667n, 'the share is frozen');
          const available = (await balance('available')) - before.available;
          const owing = (await balance('owing')) - before.owing;
          const isPaid = paid!.status === 'fulfilled';
          // What was earned has been paid out or frozen, and what is not there twice is owed.
          assert.equal(available + owing, isPaid ? -1_334n : -667n);
          assert.ok((await balance('available')) >= 0n);
          return isPaid ? 'paid out' : 'not paid';
        },
      );
      count(runs, 4);
      assert.deepEqual(outcomes, ['not paid', 'paid out']);
    });

    it('chargeback × chargeback: frozen once', async () => {
      // What freezes is stepped; what only looks before it would make thousands of orders.
      const freeze = (session: SteppedSession, { reference }: Rows) => {
        const { clock } = plaza;
        const provider = providerOf([]);
        const charges = createPgProviderCharges(ports(pool()));
        const chargebacks = createPgChargebacks(ports(session.pool));
        return createDisputeCharge({ chargebacks, charges, provider, clock, newId })(
          disputeOf(reference),
        );
      };
      const { runs, outcomes } = await outcomesOf(
        earned,
        [freeze, freeze],
        async ({ orderId, paymentId }) => {
          const { payments } = await look(orderId);
          const found = 'select from chargebacks where payment_id = $1';
          assert.equal((await pool().query(found, [paymentId])).rowCount, 1);
          return payments[0]!.charged_back_minor;
        },
      );
      count(runs, 10);
      assert.deepEqual(outcomes, ['1000']);
    });
  });
});
