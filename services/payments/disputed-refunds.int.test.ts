import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { createSendRefund } from './application/commands/refund-payment.ts';
import { createPgPayments } from './infrastructure/pg-payments.ts';
import { createTestCheckouts } from './infrastructure/test-checkouts.ts';
import { faultsIn } from './infrastructure/test-escrows.ts';
import { paymentsModule } from './module.ts';

/** Many where it matters, few while somebody waits. */
const numRuns = Number(process.env['PLAZA_PROPERTY_RUNS'] ?? 6);
const newId = () => crypto.randomUUID();

type Sold = Readonly<{
  orderId: string;
  paymentId: string;
  references: readonly string[];
  variants: readonly string[];
}>;

describe('refunds of what is disputed', () => {
  let plaza: TestPlaza;
  let buyer: TestAccount;
  let admin: TestAccount;
  const pool = () => plaza.pool('payments');

  before(async () => {
    plaza = await startTestPlaza({ modules: [paymentsModule] });
    buyer = await plaza.account();
    admin = await plaza.account({ roles: ['admin'] });
  });
  after(() => plaza.stop());
  soundAfterEach(() => faultsIn(pool()));

  const publish = async (type: string, subject: string, data: object) => {
    await pool().query(
      `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
       values (uuidv7(), $1, $2::text, 1, now(), ($2::text)::uuid, $3)`,
      [type, subject, data],
    );
    plaza.contexts[0]!.relay.wake();
    await plaza.settle();
  };
  const money = (minor: number | bigint) => ({ amountMinor: String(minor), currency: 'COP' });
  const commissioned = async (): Promise<string> => {
    const sellerId = newId();
    const payload = {
      jurisdiction: 'CO',
      seller_id: sellerId,
      rate_basis_points: 1_000,
      tax_rate_basis_points: 1_900,
    };
    const url = '/api/v1/commission-rules';
    assert.equal(
      (await plaza.request({ method: 'POST', url, as: admin, payload })).statusCode,
      201,
    );
    return sellerId;
  };
  /** An order of these lines, each of four pieces, paid by charges of these amounts. */
  const sold = async (
    lines: readonly (readonly [sellerId: string, minor: number])[],
    charges: readonly bigint[],
  ): Promise<Sold> => {
    const orderId = newId();
    const variants = lines.map(() => newId());
    const sellers = [...new Set(lines.map(([sellerId]) => sellerId))];
    const sumOf = (sellerId: string) =>
      lines.reduce((sum, [id, minor]) => (id === sellerId ? sum + minor : sum), 0);
    await publish('orders.payment-requested.v1', orderId, {
      orderId,
      number: 'PZ-000001',
      buyerId: buyer.id,
      total: money(lines.reduce((sum, [, minor]) => sum + minor, 0)),
      shares: sellers.map((sellerId) => ({ sellerId, amount: money(sumOf(sellerId)) })),
      lines: lines.map(([sellerId, minor], i) => ({
        variantId: variants[i]!,
        productId: newId(),
        sellerId,
        categoryIds: [],
        quantity: 4,
        gross: money(minor),
        tax: money(0),
      })),
      payBy: new Date(plaza.clock().getTime() + 900_000).toISOString(),
    });
    const paid = await createTestCheckouts(plaza).pay({ orderId }, buyer.id, charges);
    return { orderId, variants, ...paid };
  };
  const delivered = async (orderId: string) => {
    await publish('orders.order-delivered.v1', orderId, {
      orderId,
      number: 'PZ-000001',
      buyerId: buyer.id,
      deliveredAt: plaza.clock().toISOString(),
    });
    await plaza.advance(1_000);
  };
  const payments = () =>
    createPgPayments({ pool: pool(), clock: plaza.clock, newId, wakeOutbox: () => {} });
  const request = async (
    { paymentId }: Pick<Sold, 'paymentId'>,
    what: Readonly<{ amountMinor?: bigint; lines?: readonly object[] }> = {},
  ) => {
    const id = newId();
    const asked = await payments().requestRefund({
      id,
      paymentId,
      amountMinor: what.amountMinor ?? null,
      ...(what.lines ? { lines: what.lines as { variantId: string; quantity: number }[] } : {}),
      reason: 'broken mug',
      requestedBy: admin.id,
    });
    return { id, ...asked };
  };
  /** The provider has paid it back, or refuses to. */
  const end = (id: string, is: 'completed' | 'refused' = 'completed') =>
    createSendRefund({
      payments: payments(),
      provider: {
        refund: async () =>
          is === 'completed' ? { is, reference: newId() } : { is, reason: 'not_refundable' },
      },
      clock: plaza.clock,
      newId,
    })(id);
  const stateOf = async ({ paymentId }: Pick<Sold, 'paymentId'>) => {
    const { rows } = await pool().query<Record<'amount' | 'gone' | 'lines_left', string>>(
      `select amount_minor as amount, refunded_minor + refunding_minor + charged_back_minor as gone,
         (select min(amount_minor - refunded_minor - refunding_minor - disputed_minor)
          from sold_lines(p.id)) as lines_left
       from payments p where id = $1`,
      [paymentId],
    );
    const { amount, gone, lines_left: linesLeft } = rows[0]!;
    return { left: BigInt(amount) - BigInt(gone), linesLeft: BigInt(linesLeft) };
  };
  const sellerHas = async (sellerId: string): Promise<Record<string, number>> => {
    const { rows } = await pool().query<{ id: string; minor: string }>(
      `select id, balance_minor as minor from ledger_accounts where id like $1 and balance_minor <> 0`,
      [`seller:${sellerId}:%`],
    );
    return Object.fromEntries(rows.map((row) => [row.id.split(':')[2]!, Number(row.minor)]));
  };
  const dispute = (...given: Parameters<ReturnType<typeof createTestCheckouts>['dispute']>) =>
    createTestCheckouts(plaza).dispute(...given);

  for (const when of ['before', 'after', 'never'] as const)
    it(`are of what a lost part has left, with delivery ${when} the dispute`, async () => {
      const [first, second] = [await commissioned(), newId()];
      const order = await sold(
        [
          [first, 400],
          [first, 301],
          [second, 299],
        ],
        [400n, 600n],
      );
      if (when === 'before') await delivered(order.orderId);
      for (const outcome of ['open', 'lost'] as const)
        await dispute(order.references[0]!, 400n, outcome);
      if (when === 'after') await delivered(order.orderId);
      assert.equal((await request(order, { amountMinor: 601n })).refundableMinor, 600n);

      // 400 lost are 280 and 120 of the sellers, and of the first one's lines 160 and 120, or the odd cent
      // in the other one: by their ids.
      const byLine = { lines: [{ variantId: order.variants[0]!, quantity: 4 }] };
      const line = await request(order, byLine);
      assert.equal(line.result, 'requested');
      await end(line.id);
      const ofLine = (await payments().findRefund(line.id))!.amount.amountMinor;
      assert.ok(ofLine === 240n || ofLine === 241n, `${ofLine}`);
      const rest = await request(order);
      await end(rest.id);
      assert.equal((await payments().findRefund(rest.id))?.amount.amountMinor, 600n - ofLine);
      assert.partialDeepStrictEqual(await request(order), {
        result: 'too_much',
        refundableMinor: 0n,
      });
      // Who had earned keeps nothing, and owes the commission of what the bank took alone.
      const fees = { before: { owing: -33 }, after: {}, never: {} }[when];
      assert.deepEqual(await sellerHas(first), fees);
      assert.deepEqual(await sellerHas(second), {});
    });

  it('wait for a dispute that is open, and have all again when it is won', async () => {
    const seller = await commissioned();
    const order = await sold([[seller, 1_000]], [400n, 600n]);
    await dispute(order.references[0]!, 400n);
    const lines = [{ variantId: order.variants[0]!, quantity: 4 }];
    assert.equal((await request(order, { amountMinor: 601n })).result, 'too_much');
    await dispute(order.references[0]!, 400n, 'won');
    const refund = await request(order, { lines });
    await end(refund.id);
    assert.equal((await payments().findRefund(refund.id))?.amount.amountMinor, 1_000n);
    assert.deepEqual(await sellerHas(seller), {});
  });

  it('never exceed what was captured, less lost, less refunded (any order of events)', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('dispute' as const), charge: fc.nat(2) }),
      fc.record({
        do: fc.constant('decide' as const),
        charge: fc.nat(2),
        outcome: fc.constantFrom('won' as const, 'lost' as const),
      }),
      fc.record({
        do: fc.constant('line' as const),
        line: fc.nat(2),
        quantity: fc.integer({ min: 1, max: 4 }),
      }),
      fc.record({ do: fc.constant('amount' as const), minor: fc.integer({ min: 1, max: 900 }) }),
      fc.record({ do: fc.constant('all' as const) }),
      fc.record({
        do: fc.constant('end' as const),
        is: fc.constantFrom('completed' as const, 'refused' as const),
      }),
      fc.record({ do: fc.constant('deliver' as const) }),
    );
    const amount = fc.integer({ min: 1, max: 700 });
    const given = fc.tuple(
      fc.tuple(amount, amount, amount),
      fc.array(step, { minLength: 3, maxLength: 14 }),
      fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })),
    );
    const [first, second] = [await commissioned(), await commissioned()];
    await fc.assert(
      fc.asyncProperty(given, async ([[a, b, c], steps, weights]) => {
        const total = BigInt(a + b + c);
        const one = (total * BigInt(weights[0])) / 20n;
        const two = (total * BigInt(weights[1])) / 20n;
        const charges = [one, two, total - one - two].filter((minor) => minor > 0n);
        const order = await sold(
          [
            [first, a],
            [first, b],
            [second, c],
          ],
          charges,
        );
        const open: string[] = [];
        const checkAll = async () => {
          const { left, linesLeft } = await stateOf(order);
          assert.ok(left >= 0n, `${left} left`);
          assert.ok(linesLeft >= 0n, `a line has ${linesLeft} left`);
          const { refundableMinor } = await request(order, { amountMinor: total + 1n });
          assert.ok(refundableMinor === left || refundableMinor === 0n);
        };
        const ask = async (what: Parameters<typeof request>[1]) => {
          const { left } = await stateOf(order);
          const asked = await request(order, what);
          if (asked.result !== 'requested') return;
          open.push(asked.id);
          assert.ok((await payments().findRefund(asked.id))!.amount.amountMinor <= left);
        };
        for (const now of steps) {
          if (now.do === 'line')
            await ask({
              lines: [{ variantId: order.variants[now.line]!, quantity: now.quantity }],
            });
          if (now.do === 'amount') await ask({ amountMinor: BigInt(now.minor) });
          if (now.do === 'all') await ask({});
          if (now.do === 'end' && open.length > 0) await end(open.shift()!, now.is);
          if (now.do === 'deliver') await delivered(order.orderId);
          const reference = 'charge' in now ? order.references[now.charge] : undefined;
          if (reference !== undefined && 'charge' in now) {
            const outcome = now.do === 'decide' ? now.outcome : 'open';
            await dispute(reference, charges[now.charge]!, outcome);
          }
          await checkAll();
        }
        for (const id of open) await end(id);
        await checkAll();
        assert.deepEqual(await faultsIn(pool()), []);
      }),
      { numRuns },
    );
  });
});
