import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import {
  findFaults,
  holdOracles,
  oracles,
} from '../../../services/payments/infrastructure/oracles.ts';
import { findStaleOffers, findUntaken } from '../../topology/deliveries.ts';
import { until } from './plaza-process.ts';
import type { createReport } from './report.ts';
import { contexts, type AnyPoolOf } from './rest.ts';

type Charge = Readonly<{
  id: string;
  external_reference: string;
  status: string;
  amount: string;
  refunded: string;
  provider_fee: string;
  collector_id: string;
  application_fee: string;
  application_fee_refunded: string;
}>;
export type SimulatorBooks = Readonly<{
  charges: readonly Charge[];
  refunds: readonly Readonly<{ id: string; status: string; amount: string; charge_id: string }>[];
  chargebacks: readonly Readonly<{ charge_id: string; outcome: string; amount: string }>[];
  sellers: readonly Readonly<{ id: string }>[];
}>;

type Options = Readonly<{
  step: ReturnType<typeof createReport>['step'];
  books: SimulatorBooks;
  payments: Pool;
  orders: Pool;
  /** By a role that may read every table. */
  poolOf: AnyPoolOf;
  /** Payments of which a buyer saw an approval at the provider. */
  paid: ReadonlySet<string>;
  verify: () => Promise<Readonly<{ faults: string[]; entry_count: number }>>;
}>;

/** The simulator's decimals in minor units of pesos. */
const minorOf = (decimal: string): bigint => {
  const match = /^(\d+)(?:\.(\d{1,2}))?$/.exec(decimal);
  assert.ok(match, `${decimal} is no amount`);
  return BigInt(match[1]! + (match[2] ?? '').padEnd(2, '0'));
};
const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n);
const wasPaid = ({ status }: Charge): boolean =>
  ['approved', 'refunded', 'charged_back'].includes(status);

type PaymentRow = Readonly<{
  id: string;
  /** Of a job there is none. */
  order_id: string | null;
  amount_minor: string;
  refunded_minor: string;
  status: string;
  held_minor: string | null;
}>;

/** What a provider's books and ours must agree on when nothing is under way (reliability L9, P1–P7). */
export const checkProviderBooks = async (options: Options): Promise<void> => {
  const { step, books, payments, orders, paid, verify } = options;
  const sellers = new Set(books.sellers.map(({ id }) => id));
  const isOfSeller = ({ collector_id: id }: Charge): boolean => sellers.has(id);
  const feeLeft = (one: Charge): bigint =>
    minorOf(one.application_fee) - minorOf(one.application_fee_refunded);
  const rowsOf = async <T extends object>(pool: Pool, sql: string): Promise<readonly T[]> =>
    (await pool.query<T>(sql)).rows;
  const found = await rowsOf<PaymentRow>(
    payments,
    `select id, order_id, amount_minor, refunded_minor, status,
       (select sum(amount_minor) from escrows e where e.payment_id = p.id) as held_minor
     from payments p where provider = 'mercadopago'`,
  );
  const paymentOf = new Map(found.map((payment) => [payment.id, payment]));
  const chargesOf = Map.groupBy(books.charges, (charge) => charge.external_reference);

  await step('every charge of the provider is in our books as it is in its own', async () => {
    const ours = await rowsOf<{ reference: string; status: string; refunded_minor: string }>(
      payments,
      'select reference, status, refunded_minor from provider_charges',
    );
    const known = new Map(ours.map((charge) => [charge.reference, charge]));
    const wrong = books.charges
      .map(({ id, status, refunded }) => ({ id, status, refunded: minorOf(refunded) }))
      .filter(({ id, status, refunded }) => {
        const our = known.get(id);
        return our?.status !== status || BigInt(our.refunded_minor) !== refunded;
      })
      .map((charge) => ({ ...charge, ours: known.get(charge.id) }));
    assert.deepEqual(wrong.slice(0, 3), []);
    assert.equal(known.size, books.charges.length);
    return `${known.size} charges`;
  });

  await step('what the provider holds for us is the same to the cent', async () => {
    const ofUs = books.charges.filter((one) => !isOfSeller(one));
    const known = new Set(ofUs.map(({ id }) => id));
    const lost = books.chargebacks.filter(
      ({ outcome, charge_id: id }) => outcome === 'lost' && known.has(id),
    );
    const theirs =
      sum(
        ofUs
          .filter(wasPaid)
          .map((one) => minorOf(one.amount) - minorOf(one.refunded) - minorOf(one.provider_fee)),
      ) -
      sum(lost.map(({ amount }) => minorOf(amount))) +
      sum(books.charges.filter((one) => wasPaid(one) && isOfSeller(one)).map(feeLeft));
    const [row] = await rowsOf<{ sum: string }>(
      payments,
      `select -sum(balance_minor) as sum from ledger_accounts where id = 'provider:mercadopago'`,
    );
    assert.equal(BigInt(row!.sum), theirs);
    return `${theirs} minor units`;
  });

  await step('what a seller collected there is the same to the cent', async () => {
    const split = books.charges.filter((one) => wasPaid(one) && isOfSeller(one));
    assert.ok(split.length > 0, 'nothing was charged to a seller');
    const theirs = sum(
      split.map((one) => minorOf(one.amount) - minorOf(one.refunded) - feeLeft(one)),
    );
    const [row] = await rowsOf<{ sum: string }>(
      payments,
      `select coalesce(-sum(balance_minor), 0) as sum from ledger_accounts where kind = 'seller_collected'`,
    );
    // Nothing of these purchases is delivered, and no dispute of them ends.
    assert.equal(BigInt(row!.sum), theirs);
    return `${split.length} charges of ${theirs} minor units`;
  });

  await step('nothing is charged without an order', async () => {
    const paidOrders = new Set(
      (
        await rowsOf<{ id: string }>(
          orders,
          `select id from orders where status in ('paid', 'shipped', 'delivered')`,
        )
      ).map(({ id }) => id),
    );
    const loose = found.filter((payment) => {
      const charges = (chargesOf.get(payment.id) ?? []).filter(wasPaid);
      const kept = sum(charges.map((one) => minorOf(one.amount) - minorOf(one.refunded)));
      const isDisputed = charges.some(({ status }) => status === 'charged_back');
      const isWanted =
        payment.order_id === null
          ? payment.held_minor === payment.amount_minor
          : paidOrders.has(payment.order_id);
      return kept > 0n && !isDisputed && !isWanted;
    });
    assert.deepEqual(loose.slice(0, 3), []);
    const stray = books.charges.filter((one) => !paymentOf.has(one.external_reference));
    assert.deepEqual(stray, []);
    const jobs = found.filter(({ held_minor: held }) => held !== null);
    return `${paidOrders.size} orders and ${jobs.length} jobs paid`;
  });

  await step('nothing is paid twice, and who paid has paid', () => {
    for (const payment of found) {
      const charges = (chargesOf.get(payment.id) ?? []).filter(wasPaid);
      const kept = sum(charges.map((one) => minorOf(one.amount) - minorOf(one.refunded)));
      assert.ok(kept <= BigInt(payment.amount_minor), `payment ${payment.id} was paid twice`);
      if (charges.length > 0)
        assert.ok(
          ['completed', 'partially_refunded', 'refunded', 'failed'].includes(payment.status),
          `payment ${payment.id} is ${payment.status}`,
        );
    }
    const unpaid = [...paid].filter((id) => (chargesOf.get(id) ?? []).every((c) => !wasPaid(c)));
    assert.deepEqual(unpaid, []);
    return `${paid.size} payments approved`;
  });

  await step('one refund at the provider for each of ours', async () => {
    const [row] = await rowsOf<{ n: string; sum: string }>(
      payments,
      `select count(*) as n, coalesce(sum(amount_minor), 0) as sum from provider_refunds
       where status = 'completed'`,
    );
    const done = books.refunds.filter(({ status }) => status === 'approved');
    assert.equal(Number(row!.n), done.length);
    assert.equal(BigInt(row!.sum), sum(done.map(({ amount }) => minorOf(amount))));
    const [buyers] = await rowsOf<{ sum: string }>(
      payments,
      `select coalesce(sum(balance_minor), 0) as sum from ledger_accounts where id like 'buyer:%'`,
    );
    // What the provider refused in the end to give back of a hold is told to a person, who pays it.
    const [refused] = await rowsOf<{ sum: string; n: string }>(
      payments,
      `select coalesce(sum(r.amount_minor), 0) as sum, count(*) as n from refunds r
       where r.hold_id is not null and r.status = 'failed' and exists (
         select from payment_alerts a where a.kind = 'escrow_refund_refused' and a.subject = r.id::text)`,
    );
    assert.equal(buyers!.sum, refused!.sum, 'money of buyers that did not go back');
    return `${done.length} refunds; ${refused!.n} of holds refused there, and told to a person`;
  });

  await step('every dispute has frozen its share', async () => {
    const [row] = await rowsOf<{ n: string; sum: string }>(
      payments,
      `select count(*) as n, coalesce(sum(frozen_minor) filter (where status = 'opened'), 0) as sum
       from chargebacks`,
    );
    assert.equal(Number(row!.n), books.chargebacks.length);
    const [account] = await rowsOf<{ sum: string }>(
      payments,
      `select coalesce(sum(balance_minor), 0) as sum from ledger_accounts where id like '%:disputed'`,
    );
    assert.equal(account!.sum, row!.sum);
    return `${row!.n} disputes`;
  });

  await step('every hold has ended as decided, or waits, and gave what it held', async () => {
    const counts = await rowsOf<{ status: string; n: string; sum: string }>(
      payments,
      `select status, count(*) as n, sum(amount_minor) as sum from escrows group by status order by 1`,
    );
    assert.deepEqual(await findFaults(payments, holdOracles), []);
    return counts.map(({ status, n, sum: minor }) => `${n} ${status} ${minor}`).join(', ');
  });

  await step('every message was taken once by each that subscribes to it', async () => {
    const countOf = async (where: string): Promise<number> => {
      const sql = `select count(*)::int as n from outbox where ${where}`;
      const counts = contexts.map((one) => options.poolOf(one).query<{ n: number }>(sql));
      return (await Promise.all(counts)).reduce((total, { rows: [row] }) => total + row!.n, 0);
    };
    await until(async () => (await countOf('sent_at is null')) === 0, 60_000, 'every message');
    const faults = [
      ...(await findUntaken(options.poolOf, contexts)),
      ...(await findStaleOffers(options.poolOf('catalog'), orders)),
    ];
    assert.deepEqual(faults.slice(0, 5), []);
    return `${await countOf('true')} messages`;
  });

  await step('the books are sound', async () => {
    assert.deepEqual(await findFaults(payments, oracles), []);
    const { faults, entry_count: entries } = await verify();
    assert.deepEqual(faults, []);
    return `${entries} entries`;
  });
};
