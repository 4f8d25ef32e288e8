import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Pool } from 'pg';
import { createContextPool } from '#shared/platform/databases.ts';
import { createLogger } from '#shared/telemetry/logger.ts';
import { everyInterleaving } from '#shared/testing/stepping.ts';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { testPassword } from '#shared/testing/test-postgres.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { createEscrowCommands } from './application/commands/resolve-escrow.ts';
import { createPgEscrows } from './infrastructure/pg-escrows.ts';
import { createTestCheckouts } from './infrastructure/test-checkouts.ts';
import { createTestJobs, day, faultsIn } from './infrastructure/test-escrows.ts';
import { paymentsModule } from './module.ts';

describe('a chargeback of a job', () => {
  let plaza: TestPlaza;
  let buyer: TestAccount;
  let payee: TestAccount;
  let admin: TestAccount;
  let checkouts: ReturnType<typeof createTestCheckouts>;
  const pool = () => plaza.pool('payments');

  before(async () => {
    plaza = await startTestPlaza({ modules: [paymentsModule] });
    checkouts = createTestCheckouts(plaza);
  });
  // Anew for each test, since some let days go by.
  beforeEach(async () => {
    [buyer, admin] = [await plaza.account(), await plaza.account({ roles: ['admin'] })];
  });
  after(() => plaza.stop());
  soundAfterEach(() => faultsIn(pool()));
  afterEach(async () => {});

  /** A job of 300 and 500, the second due seven days after its delivery; each test has its own payee. */
  const held = async (charges: readonly bigint[] = [800_00n]) => {
    payee = await plaza.account();
    const jobs = createTestJobs(plaza, buyer, payee);
    const jobId = await jobs.open(jobs.usual.slice(0, 2));
    const paid = await checkouts.pay({ jobId }, buyer.id, charges);
    const [materials, labour] = await jobs.holdsOf(jobId);
    return { ...paid, jobs, jobId, materials: materials!.id, labour: labour!.id };
  };
  type Held = Awaited<ReturnType<typeof held>>;
  const statuses = async ({ jobs, jobId }: Held) =>
    (await jobs.holdsOf(jobId)).map(({ status }) => status);
  const release = (id: string) => createTestJobs(plaza, buyer, payee).act('release', id, buyer);
  const balances = async (): Promise<Record<string, number>> => {
    const { rows } = await pool().query<{ id: string; balance_minor: string }>(
      `select id, balance_minor from ledger_accounts where id like $1 and balance_minor <> 0`,
      [`seller:${payee.id}:%`],
    );
    return Object.fromEntries(
      rows.map((row) => [row.id.split(':')[2]!, Number(row.balance_minor)]),
    );
  };

  it('freezes what is held; won, it goes on, and what was due meanwhile is released', async () => {
    const job = await held();
    await job.jobs.receive('engagements.job-delivered.v1', job.jobId, {
      jobId: job.jobId,
      partIds: ['labour'],
      deliveredAt: plaza.clock().toISOString(),
    });
    await checkouts.dispute(job.references[0]!, 800_00n);
    assert.equal((await release(job.materials)).statusCode, 409);
    await plaza.advance(8 * day);
    assert.deepEqual(await statuses(job), ['held', 'held']);
    assert.deepEqual(await balances(), {}, 'what is held is nobody’s yet');
    await checkouts.dispute(job.references[0]!, 800_00n, 'won');
    await plaza.advance(1_000);
    assert.deepEqual(await statuses(job), ['held', 'released']);
  });

  it('lost, the holds end as charged back, once, and staff see it', async () => {
    const job = await held();
    const provider = await job.jobs.balanceOf('provider:mercadopago');
    await checkouts.dispute(job.references[0]!, 800_00n);
    for (const _ of [1, 2]) await checkouts.dispute(job.references[0]!, 800_00n, 'lost');
    assert.deepEqual(await statuses(job), ['charged_back', 'charged_back']);
    // An account of the provider is debited by what lies there.
    assert.equal((await job.jobs.balanceOf('provider:mercadopago')) - provider, 800_00n);
    const reply = await plaza.request({ url: `/api/v1/escrows/${job.labour}`, as: admin });
    assert.partialDeepStrictEqual(reply.json(), {
      status: 'charged_back',
      is_frozen: false,
      resolution: {
        outcome: 'charged_back',
        charged_back_amount: '500.00',
        net_amount: '0.00',
        decided_by: 'provider',
      },
    });
    assert.equal((await release(job.labour)).statusCode, 409);
    const { rows } = await pool().query<{ data: object }>(
      `select data from outbox where subject = $1 and type ~ 'chargeback' order by seq`,
      [job.paymentId],
    );
    assert.equal(rows.length, 2);
    for (const { data } of rows) {
      assert.partialDeepStrictEqual(data, {
        jobId: job.jobId,
        escrowIds: [job.materials, job.labour],
      });
      assert.ok(!('orderId' in data));
    }
  });

  it('takes what was released from its payee, who owes what is gone', async () => {
    const job = await held();
    assert.equal((await release(job.materials)).statusCode, 200);
    const net = (await balances())['available']!;
    await checkouts.dispute(job.references[0]!, 800_00n);
    assert.deepEqual(await balances(), { disputed: 300_00, owing: net - 300_00 });
    await checkouts.dispute(job.references[0]!, 800_00n, 'lost');
    assert.deepEqual(await balances(), { owing: net - 300_00 });
    assert.deepEqual(await statuses(job), ['released', 'charged_back']);
  });

  it('won, the payee has again what was taken', async () => {
    const job = await held();
    await release(job.materials);
    const before = await balances();
    await checkouts.dispute(job.references[0]!, 800_00n);
    await checkouts.dispute(job.references[0]!, 800_00n, 'won');
    assert.deepEqual(await balances(), before);
    assert.equal((await release(job.labour)).statusCode, 200);
  });

  it('of one of two charges takes whole holds, and the rest from the payee', async () => {
    const job = await held([400_00n, 400_00n]);
    await checkouts.dispute(job.references[0]!, 400_00n);
    assert.deepEqual(await balances(), { disputed: 100_00, owing: -100_00 });
    await checkouts.dispute(job.references[0]!, 400_00n, 'lost');
    assert.deepEqual(await statuses(job), ['charged_back', 'held']);
    // What the other part brings pays it back first.
    assert.equal((await release(job.labour)).statusCode, 200);
    assert.equal((await balances())['owing'], undefined);
  });

  it('lost of one of two charges: a full refund of the other part is what is left, and covers what is owed', async () => {
    const job = await held([400_00n, 400_00n]);
    for (const outcome of ['open', 'lost'] as const)
      await checkouts.dispute(job.references[0]!, 400_00n, outcome);
    assert.deepEqual(await balances(), { owing: -100_00 });
    const reply = await job.jobs.act('refund', job.labour, payee);
    assert.equal(reply.statusCode, 200, reply.body);
    assert.partialDeepStrictEqual(reply.json(), {
      status: 'split',
      resolution: { refunded_amount: '400.00', net_amount: '100.00', commission_amount: '0.00' },
    });
    assert.deepEqual(await balances(), {}, 'nobody owes or has anything of it');
    const { rows } = await pool().query(
      'select refunding_minor::int, charged_back_minor::int from payments where id = $1',
      [job.paymentId],
    );
    assert.deepEqual(rows, [{ refunding_minor: 400_00, charged_back_minor: 400_00 }]);
    // Through the charge that the bank has, nothing goes.
    const planned = await pool().query<{ reference: string }>(
      `select c.reference from plan_provider_refund((select id from refunds where payment_id = $1), $1,
         40000, now()) r join provider_charges c on c.id = r.charge_id`,
      [job.paymentId],
    );
    assert.deepEqual(
      planned.rows.map(({ reference }) => reference),
      [job.references[1]],
    );
  });

  it('× a release, in every order of their statements: each hold is taken once', async () => {
    const connect = (): Pool =>
      createContextPool({
        address: plaza.admin,
        database: plaza.admin.database,
        context: 'payments',
        password: testPassword('payments'),
        max: 3,
        log: createLogger({ level: 'silent' }),
      });
    const outcomes = new Set<string>();
    const runs = await everyInterleaving({
      connect,
      setUp: async () => {
        const job = await held();
        // The payee has earned of the payment before: that says nothing of the other hold.
        assert.equal((await release(job.labour)).statusCode, 200);
        return job;
      },
      sessions: [
        ({ pool: on }, { materials }) => {
          const newId = () => crypto.randomUUID();
          const { clock } = plaza;
          const escrows = createPgEscrows({ pool: on, clock, newId, wakeOutbox: () => {} });
          const limitOf = () => 0n;
          const commands = createEscrowCommands({ escrows, clock, newId, limitOf });
          const request = {
            operationId: newId(),
            escrowId: materials,
            caller: { id: buyer.id, isAdmin: false, isSupport: false },
            checkVersion: () => {},
          };
          return commands.release(request, null);
        },
        ({ pool: on }, { references }) => checkouts.dispute(references[0]!, 800_00n, 'open', on),
      ],
      judge: async (job, run) => {
        const [released, disputed] = run.outcomes;
        assert.equal(
          disputed!.status,
          'fulfilled',
          String((disputed as { reason?: unknown }).reason),
        );
        await checkouts.dispute(job.references[0]!, 800_00n, 'lost');
        const [first, second] = await statuses(job);
        assert.equal(second, 'released');
        assert.equal(first, released!.status === 'fulfilled' ? 'released' : 'charged_back');
        assert.equal((await balances())['disputed'], undefined);
        outcomes.add(first);
      },
    });
    assert.ok(runs.length >= 10, `only ${runs.length} orders of steps`);
    assert.deepEqual([...outcomes].toSorted(), ['charged_back', 'released']);
  });
});
