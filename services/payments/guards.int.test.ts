import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { fingerprintOf } from '#shared/http/idempotency.ts';
import { money } from '#shared/kernel/money.ts';
import type { OutboxMessage } from '#shared/messaging/outbox.ts';
import { warm, whileHeld } from '#shared/testing/races.ts';
import { createRandom } from '#shared/testing/seeded-random.ts';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { createSendRefund } from './application/commands/refund-payment.ts';
import { createSettlePayment } from './application/commands/settle-payment.ts';
import type { PaymentProvider } from './application/ports.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { createPgPayments } from './infrastructure/pg-payments.ts';
import { createSandboxProvider } from './infrastructure/sandbox-provider.ts';
import { paymentsModule } from './module.ts';

const second = 1_000;
const cards = {
  approved: '4242424242424242',
  declined: '4000000000000002',
  late: '4000000000001042',
};

describe('the guards of payments over real PostgreSQL', () => {
  let plaza: TestPlaza;
  let buyer: TestAccount;
  let admin: TestAccount;
  const sellers = [crypto.randomUUID(), crypto.randomUUID()];

  before(async () => {
    plaza = await startTestPlaza({ modules: [paymentsModule] });
    buyer = await plaza.account();
    admin = await plaza.account({ roles: ['admin'] });
  });
  after(() => plaza.stop());
  // Whatever a test did, the books are sound.
  soundAfterEach(() => findFaults(pool()));

  const pool = () => plaza.pool('payments');
  const newId = () => crypto.randomUUID();
  const openOrder = async (): Promise<string> => {
    const orderId = newId();
    const amount = (amountMinor: string) => ({ amountMinor, currency: 'COP' });
    const data = {
      orderId,
      number: 'PZ-000001',
      buyerId: buyer.id,
      total: amount('1000'),
      shares: [
        { sellerId: sellers[0], amount: amount('667') },
        { sellerId: sellers[1], amount: amount('333') },
      ],
      payBy: new Date(plaza.clock().getTime() + 900 * second).toISOString(),
    };
    await pool().query(
      `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
       values (uuidv7(), 'orders.payment-requested.v1', $1::text, 1, now(), ($1::text)::uuid, $2)`,
      [orderId, data],
    );
    plaza.contexts[0]!.relay.wake();
    await plaza.settle();
    return orderId;
  };
  const pay = (orderId: string, number: string = cards.approved, key?: string) =>
    plaza.request({
      method: 'POST',
      url: '/api/v1/payments',
      as: buyer,
      headers: key === undefined ? {} : { 'idempotency-key': key },
      payload: {
        order_id: orderId,
        payment_method: { type: 'card', number, expiry_month: 12, expiry_year: 2099 },
      },
    });
  const refund = (paymentId: string, body: object, key?: string) =>
    plaza.request({
      method: 'POST',
      url: `/api/v1/payments/${paymentId}/refunds`,
      as: admin,
      headers: key === undefined ? {} : { 'idempotency-key': key },
      payload: body,
    });
  const paymentsOf = async (orderId: string) => {
    const { rows } = await pool().query<{ id: string; status: string; failure: string | null }>(
      'select id, status, failure from payments where order_id = $1 order by created_at',
      [orderId],
    );
    return rows;
  };
  const capture = async (): Promise<string> =>
    (await pay(await openOrder())).json<{ id: string }>().id;
  /** Ids of what payments published of an order, oldest first. */
  const published = async (orderId: string): Promise<string[]> => {
    const { rows } = await pool().query<{ id: string }>(
      `select id from outbox where correlation_id = $1 and type like 'payments.%' order by seq`,
      [orderId],
    );
    return rows.map(({ id }) => id);
  };

  /** The store as one process has it, and what that process hands over to the bus. */
  const startProcess = () => {
    const handed: OutboxMessage[] = [];
    const ports = { pool: pool(), clock: plaza.clock, newId };
    const payments = createPgPayments({
      ...ports,
      wakeOutbox: (committed) => void handed.push(...(committed ?? [])),
    });
    const handedIds = () => handed.map(({ id }) => id);
    const settle = createSettlePayment({ payments, clock: plaza.clock, newId });
    const intend = async (orderId: string) => {
      const card = { brand: 'visa', last4: '4242' };
      const intent = { id: newId(), orderId, buyerId: buyer.id, provider: 'sandbox', card };
      const { payment } = await payments.create(intent);
      return payment!;
    };
    return { payments, handedIds, settle, intend };
  };
  const sandbox = (): PaymentProvider =>
    createSandboxProvider({ pool: pool(), clock: plaza.clock, newId });

  describe('a payment', () => {
    it('does not begin while its order ends', async () => {
      const orderId = await openOrder();
      const [reply] = await whileHeld(
        pool(),
        (client) =>
          client.query('update payables set is_open = false where order_id = $1', [orderId]),
        () => [pay(orderId)],
      );
      assert.partialDeepStrictEqual(reply!.json(), {
        status: 409,
        code: 'payments.order_not_payable',
      });
      assert.deepEqual(await paymentsOf(orderId), []);
    });

    it('does not begin when its time is over', async () => {
      const orderId = await openOrder();
      await plaza.advance(901 * second);
      assert.equal((await pay(orderId)).statusCode, 409);
      assert.deepEqual(await paymentsOf(orderId), []);
    });

    it('is asked for when its process died before it charged', async () => {
      const orderId = await openOrder();
      await startProcess().intend(orderId);
      await plaza.advance(21 * second);
      assert.partialDeepStrictEqual(await paymentsOf(orderId), [
        { status: 'failed', failure: 'not_charged' },
      ]);
      assert.equal((await pay(orderId)).statusCode, 201, 'and another may follow');
    });

    it('that is not settled keeps a second request from being charged', async () => {
      const orderId = await openOrder();
      const { id } = (await pay(orderId, cards.late)).json<{ id: string }>();
      const charges = 'select from sandbox_charges';
      const before = (await pool().query(charges)).rowCount;
      const again = await pay(orderId);
      assert.partialDeepStrictEqual(again.json(), {
        status: 409,
        code: 'payments.already_paid',
        payment_id: id,
      });
      assert.equal((await pool().query(charges)).rowCount, before);
    });

    for (const [first, then] of [
      ['approved', 'declined'],
      ['declined', 'approved'],
    ] as const) {
      it(`stays as it was told first: ${first}, whatever is told later`, async () => {
        const { settle, intend, handedIds } = startProcess();
        const orderId = await openOrder();
        const payment = await intend(orderId);
        const tell = (is: 'approved' | 'declined') =>
          settle(payment, { is, reference: newId(), reason: 'card_declined' });
        const settled = await tell(first);
        assert.equal(settled.status, first === 'approved' ? 'completed' : 'failed');
        assert.deepEqual(await tell(then), settled);
        assert.deepEqual(handedIds(), await published(orderId));
        assert.equal(handedIds().length, 1);
      });
    }

    it('has one outcome of two that are told at once', async () => {
      const { settle, intend, handedIds } = startProcess();
      const orderId = await openOrder();
      const payment = await intend(orderId);
      const [one, two] = await whileHeld(
        pool(),
        (client) => client.query('select from payments where id = $1 for update', [payment.id]),
        () => [
          settle(payment, { is: 'approved', reference: newId() }),
          settle(payment, { is: 'declined', reference: newId(), reason: 'card_declined' }),
        ],
      );
      assert.deepEqual(one, two);
      assert.deepEqual(handedIds(), await published(orderId));
      assert.equal(handedIds().length, 1);
    });

    it('tells nothing of its card by its key, which is kept for ever', async () => {
      const orderId = await openOrder();
      const { id } = (await pay(orderId, cards.approved, 'kept')).json<{ id: string }>();
      await refund(id, { reason: 'all of it' }, 'kept');
      const { rows } = await pool().query<{ fingerprint: Buffer; forever: boolean }>(
        `select fingerprint, forever from idempotency_keys where key = 'kept' order by route`,
      );
      assert.deepEqual(rows[0]!.fingerprint, fingerprintOf({}, { orderId, last4: '4242' }));
      assert.deepEqual(
        rows.map(({ forever }) => forever),
        [true, true],
      );
    });
  });

  describe('a refund', () => {
    /** A refund that is committed and not sent, as by a process that died then. */
    const requestRefund = async (paymentId: string, amountMinor: bigint): Promise<string> => {
      const request = { id: newId(), paymentId, amountMinor, reason: 'mug', requestedBy: 'test' };
      const { result } = await startProcess().payments.requestRefund(request);
      assert.equal(result, 'requested');
      return request.id;
    };
    type Answer = Awaited<ReturnType<PaymentProvider['refund']>>;
    /** A process whose provider always gives this answer. */
    const startSender = (answer: Answer = { is: 'completed', reference: newId() }) => {
      const { payments, handedIds } = startProcess();
      const provider = { ...sandbox(), refund: async () => answer };
      const send = createSendRefund({ payments, provider, clock: plaza.clock, newId });
      return { payments, handedIds, send };
    };
    const lockPayment = (paymentId: string) => (client: pg.PoolClient) =>
      client.query('select from payments where id = $1 for update', [paymentId]);

    it('is not granted of a payment that was not captured', async () => {
      const orderId = await openOrder();
      await pay(orderId, cards.declined);
      const [{ id } = { id: '' }] = await paymentsOf(orderId);
      assert.partialDeepStrictEqual((await refund(id, { reason: 'all of it' })).json(), {
        status: 409,
        code: 'payments.refund_too_large',
        refundable_minor: '0',
      });
    });

    it('is sent by its timer when its process died', async () => {
      const paymentId = await capture();
      const refundId = await requestRefund(paymentId, 400n);
      await plaza.advance(11 * second);
      const { payments } = startProcess();
      assert.equal((await payments.findRefund(refundId))?.status, 'completed');
      assert.equal((await payments.find(paymentId))?.refundedMinor, 400n);
    });

    it('is the same one to a second try whose first one died', async () => {
      const paymentId = await capture();
      const body = { amount: '3.00', reason: 'one mug broke' };
      const first = await refund(paymentId, body, 'died');
      await pool().query(
        `update idempotency_keys set status = null, body = null,
           started_at = now() - interval '1 minute' where key = 'died'`,
      );
      const again = await refund(paymentId, body, 'died');
      assert.deepEqual([again.statusCode, again.body], [201, first.body]);
      assert.equal((await startProcess().payments.find(paymentId))?.refundedMinor, 300n);
    });

    it('is split anew when another of the payment was settled meanwhile', async () => {
      const paymentId = await capture();
      const ids = [await requestRefund(paymentId, 333n), await requestRefund(paymentId, 334n)];
      const { payments, send } = startSender();
      const sent = await whileHeld(pool(), lockPayment(paymentId), () => ids.map(send));
      assert.deepEqual(
        sent.map((one) => one?.status),
        ['completed', 'completed'],
      );
      const payment = (await payments.find(paymentId))!;
      const ofSellers = payment.shares.map(({ refundedMinor }) => refundedMinor);
      assert.equal(payment.refundedMinor, 667n);
      assert.equal(
        ofSellers.reduce((a, b) => a + b, 0n),
        667n,
      );
      const { rows } = await pool().query<{ sum: string }>(
        `select sum(l.amount_minor) from journal_lines l join journal_entries e on e.id = l.entry_id
         where e.payment_id = $1 and l.side = 'debit' and l.account_id = any($2)
         group by l.account_id order by array_position($2, l.account_id)`,
        [paymentId, sellers.map((id) => `seller:${id}:pending`)],
      );
      assert.deepEqual(
        rows.map(({ sum }) => BigInt(sum)),
        ofSellers,
      );
    });

    it('is recorded once of two that bring its outcome at once, and never again', async () => {
      const paymentId = await capture();
      const refundId = await requestRefund(paymentId, 400n);
      const { payments, send, handedIds } = startSender();
      await whileHeld(pool(), lockPayment(paymentId), () => [send(refundId), send(refundId)]);
      const payment = (await payments.find(paymentId))!;
      assert.partialDeepStrictEqual(payment, { refundedMinor: 400n, refundingMinor: 0n });
      const outcome = { isCompleted: false, reference: null, failure: 'no', shares: null };
      const settlement = { messages: [], trace: { correlationId: payment.orderId! } };
      const late = await payments.settleRefund(refundId, payment.version, outcome, settlement);
      assert.equal(late, 'seen');
      assert.deepEqual(await payments.find(paymentId), payment);
      assert.deepEqual(handedIds(), (await published(payment.orderId!)).slice(1));
      assert.equal(handedIds().length, 1);
    });

    it('in full is the one that another sender has recorded meanwhile', async () => {
      const paymentId = await capture();
      const refundId = await requestRefund(paymentId, 1_000n);
      const first = startSender();
      const provider: PaymentProvider = {
        ...sandbox(),
        refund: async () => {
          await first.send(refundId);
          return { is: 'completed', reference: newId() };
        },
      };
      const { payments } = startProcess();
      const send = createSendRefund({ payments, provider, clock: plaza.clock, newId });
      assert.deepEqual(await send(refundId), await payments.findRefund(refundId));
      assert.equal((await payments.find(paymentId))?.status, 'refunded');
    });

    it('that the provider refuses can be asked for again', async () => {
      const paymentId = await capture();
      const refundId = await requestRefund(paymentId, 1_000n);
      const { payments, send } = startSender({ is: 'refused', reason: 'not_refundable' });
      assert.equal((await send(refundId))?.status, 'failed');
      assert.partialDeepStrictEqual(await payments.find(paymentId), {
        status: 'completed',
        refundedMinor: 0n,
        refundingMinor: 0n,
      });
      assert.equal((await refund(paymentId, { reason: 'once more' })).statusCode, 201);
    });
  });

  describe('the sandbox', () => {
    const amount = money(1_000n, 'COP');
    const charge = (key: string, cardNumber: string = cards.approved) =>
      sandbox().charge({ key, amount, cardNumber });
    const giveBack = (chargeKey: string, minor: bigint, key: string = newId()) =>
      sandbox().refund({ key, chargeKey, provider: 'sandbox', amount: money(minor, 'COP') });

    it('answers the same key with its first charge, also a spent one', async () => {
      const key = newId();
      const first = await charge(key);
      assert.equal(first.is, 'approved');
      assert.deepEqual(await charge(key, cards.declined), first);
      const spent = newId();
      assert.deepEqual(await sandbox().read(spent), { is: 'void' });
      assert.deepEqual(await charge(spent), { is: 'void' });
    });

    it('charges and pays back once, also when a key comes twice at once', async () => {
      const key = newId();
      const charged = await whileHeld(
        pool(),
        (client) =>
          client.query(
            `insert into sandbox_charges (key, reference, amount_minor, currency, status, outcome,
               settles_at, created_at)
             values ($1, uuidv7(), 1000, 'COP', 'approved', 'approved', now(), now())`,
            [key],
          ),
        () => [charge(key), charge(key)],
      );
      assert.equal(charged[0]!.is, 'approved');
      assert.deepEqual(charged[0], charged[1]);
      for (const minor of [300n, 700n]) {
        const refundKey = newId();
        const paidBack = await whileHeld(
          pool(),
          (client) =>
            client.query('update sandbox_charges set reason = null where key = $1', [key]),
          () => [giveBack(key, minor, refundKey), giveBack(key, minor, refundKey)],
        );
        assert.equal(paidBack[0]!.is, 'completed');
        assert.deepEqual(paidBack[0], paidBack[1]);
      }
    });

    it('pays back once a key, what was approved, and no more', async () => {
      const [approved, declined, key] = [newId(), newId(), newId()];
      await charge(approved);
      await charge(declined, cards.declined);
      const first = await giveBack(approved, 300n, key);
      assert.equal(first.is, 'completed');
      assert.deepEqual(await giveBack(approved, 300n, key), first);
      assert.equal((await giveBack(approved, 701n)).is, 'refused');
      assert.equal((await giveBack(approved, 700n)).is, 'completed');
      assert.equal((await giveBack(declined, 1n)).is, 'refused');
    });
  });

  describe('the books', () => {
    type Line = readonly [entryId: string, side: string, amountMinor: number, account?: string];
    const codeOf = async (work: Promise<unknown>): Promise<unknown> =>
      work.then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
    /** Books entries in one statement, as the context's own role. */
    const book = (entryIds: readonly string[], lines: readonly Line[], causeId?: string) =>
      pool().query('select post_entries($1, now())', [
        JSON.stringify(
          entryIds.map((id) => ({
            id,
            causeType: 'capture',
            causeId: causeId ?? newId(),
            about: {},
            lines: lines
              .filter(([entryId]) => entryId === id)
              .map(([, side, amountMinor, account = 'tax:CO']) => ({
                account,
                currency: 'COP',
                side,
                amountMinor: String(amountMinor),
              })),
          })),
        ),
      ]);
    const [a, b] = [newId(), newId()];
    const five: readonly Line[] = [
      [a, 'debit', 5],
      [a, 'credit', 5],
    ];
    const tooMuch = 10_000_000_000_001;
    const refusals: readonly (readonly [string, readonly string[], readonly Line[], string])[] = [
      ['two entries that balance only together', [a, b], [five[0]!, [b, 'credit', 5]], '23514'],
      ['an entry without lines', [a], [], '23514'],
      ['an entry without lines beside one with', [a, b], five, '23514'],
      ['an amount of nothing', [a], [...five, [a, 'debit', 0]], '23514'],
      ['more than is booked', [a], five.map(([id, side]) => [id, side, tooMuch]), '23514'],
      ['a third side', [a], [five[0]!, [a, 'kredit', 5]], '23514'],
    ];
    for (const [what, entryIds, lines, code] of refusals)
      it(`refuse ${what}`, async () => {
        assert.equal(await codeOf(book(entryIds, lines)), code);
      });

    it('refuse a second entry of the same cause', async () => {
      const paymentId = await capture();
      assert.equal(await codeOf(book([a], five, paymentId)), '23505');
    });

    it('are kept by many at once over the same accounts, and none waits for ever', async () => {
      const names = Array.from({ length: 12 }, () => `buyer:${newId()}`);
      const random = createRandom(7);
      await warm(pool());
      const funding = newId();
      await book(
        [funding],
        [
          [funding, 'debit', 120_000],
          ...names.map((name): Line => [funding, 'credit', 10_000, name]),
        ],
      );
      const linesOver = (id: string, accounts: readonly string[]): readonly Line[] =>
        accounts.map((name, i) => [id, i % 2 === 0 ? 'debit' : 'credit', 5, name]);
      // Six of the twelve in any order: without one order for all, some would deadlock.
      const bookOne = (): Promise<unknown> => {
        const id = newId();
        const some = names.map((name) => [random(), name] as const).toSorted();
        const accounts = some.slice(0, 6).map(([, name]) => name);
        return book([id], linesOver(id, accounts));
      };
      await Promise.all(
        Array.from({ length: 10 }, async () => {
          for (let n = 0; n < 40; n++) await bookOne();
        }),
      );
      const { rows } = await pool().query<{ sum: string }>(
        `select sum(balance_minor) as sum from ledger_accounts where id = any($1)`,
        [names],
      );
      assert.deepEqual(rows, [{ sum: '120000' }]);
    });

    it('are added to and never changed, not even by their owner', async () => {
      await capture();
      const owner = new pg.Client(plaza.admin);
      await owner.connect();
      try {
        await owner.query('set search_path = payments');
        for (const sql of [
          `update journal_entries set cause_type = 'refund'`,
          'delete from journal_entries',
          'truncate journal_entries cascade',
          'update journal_lines set amount_minor = 1',
          'delete from journal_lines',
          'truncate journal_lines',
        ])
          assert.equal(await codeOf(owner.query(sql)), '42501', sql);
      } finally {
        await owner.end();
      }
    });
  });
});
