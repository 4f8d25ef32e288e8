import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { warm } from '#shared/testing/races.ts';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { createTestJobs, day, faultsIn } from './infrastructure/test-escrows.ts';
import { paymentsModule } from './module.ts';

type Hold = {
  id: string;
  status: string;
  version: number;
  amount: string;
  resolution: Record<string, string> | null;
  to_be_confirmed: object | null;
};

describe('escrows over real PostgreSQL', () => {
  let plaza: TestPlaza;
  let buyer: TestAccount;
  let payee: TestAccount;
  let stranger: TestAccount;
  let support: TestAccount;
  let admin: TestAccount;
  let otherAdmin: TestAccount;
  let jobs: ReturnType<typeof createTestJobs>;

  const ids = Array.from({ length: 6 }, () => crypto.randomUUID());
  /** Tokens last a day, and some tests wait for months. */
  const signIn = async (): Promise<void> => {
    const roles = ['customer', 'professional', 'customer', 'support', 'admin', 'admin'] as const;
    const accounts = await Promise.all(
      ids.map((id, i) => plaza.account({ id, roles: [roles[i]!] })),
    );
    [buyer, payee, stranger, support, admin, otherAdmin] = accounts as unknown as readonly [
      TestAccount,
      TestAccount,
      TestAccount,
      TestAccount,
      TestAccount,
      TestAccount,
    ];
    jobs = createTestJobs(plaza, buyer, payee);
  };
  const wait = async (ms: number): Promise<void> => {
    await plaza.advance(ms);
    await signIn();
  };

  before(async () => {
    plaza = await startTestPlaza({ modules: [paymentsModule] });
    await signIn();
  });
  soundAfterEach(() => faultsIn(jobs.pool));
  after(() => plaza.stop());

  const read = async (id: string, as = admin): Promise<Hold> =>
    (await plaza.request({ url: `/api/v1/escrows/${id}`, as })).json<Hold>();

  it('holds each part of a paid job, in the transaction of its capture', async () => {
    const jobId = await jobs.open();
    assert.equal((await jobs.holdsOf(jobId)).length, 0);
    const reply = await jobs.pay(jobId);
    assert.equal(reply.statusCode, 201);
    assert.partialDeepStrictEqual(reply.json(), {
      job_id: jobId,
      order_id: null,
      amount: '850.00',
    });
    const holds = await jobs.holdsOf(jobId);
    assert.deepEqual(
      holds.map(({ part_id, status }) => [part_id, status]),
      [
        ['materials', 'held'],
        ['labour', 'held'],
        ['retention', 'held'],
      ],
    );
    const balances = await Promise.all(holds.map(({ id }) => jobs.balanceOf(`escrow:${id}`)));
    assert.deepEqual(balances, [300_00n, 500_00n, 50_00n]);
    const [held, ...others] = await jobs.published(jobId);
    assert.equal(held!.type, 'payments.escrow-held.v1');
    assert.deepEqual(others, []);
  });

  it('is told that a job is requested twice, and paid for twice, once', async () => {
    const jobId = await jobs.open();
    await warm(jobs.pool);
    const replies = await Promise.all(Array.from({ length: 8 }, () => jobs.pay(jobId)));
    assert.equal(replies.filter(({ statusCode }) => statusCode === 201).length, 1);
    assert.ok(replies.every(({ statusCode }) => [201, 409].includes(statusCode)));
    assert.equal((await jobs.holdsOf(jobId)).length, 3);
  });

  it('holds nothing for a card that is declined, and takes another card', async () => {
    const jobId = await jobs.open();
    assert.equal((await jobs.pay(jobId, '4000000000000002')).statusCode, 402);
    assert.deepEqual(await jobs.holdsOf(jobId), []);
    assert.deepEqual(await jobs.published(jobId), []);
    assert.equal((await jobs.pay(jobId)).statusCode, 201);
  });

  it('holds it when a lost answer is read from the provider', async () => {
    const jobId = await jobs.open();
    assert.equal((await jobs.pay(jobId, '4000000000001018')).json<Hold>().status, 'pending');
    assert.deepEqual(await jobs.holdsOf(jobId), []);
    await wait(60_000);
    assert.equal((await jobs.holdsOf(jobId)).length, 3);
  });

  it('is of one job or one order, of its own buyer, in time', async () => {
    const jobId = await jobs.open();
    assert.equal((await jobs.pay(jobId, undefined, undefined, stranger)).statusCode, 409);
    const both = await plaza.request({
      method: 'POST',
      url: '/api/v1/payments',
      as: buyer,
      payload: {
        job_id: jobId,
        order_id: jobId,
        payment_method: {
          type: 'card',
          number: '4242424242424242',
          expiry_month: 12,
          expiry_year: 2099,
        },
      },
    });
    assert.equal(both.json<{ code: string }>().code, 'payments.one_subject');
    const late = await jobs.open(jobs.usual, { payBy: plaza.clock().toISOString() });
    assert.equal((await jobs.pay(late)).json<{ code: string }>().code, 'payments.job_not_payable');
  });

  it('buries a contract that nobody can hold money for', async () => {
    const jobId = await jobs.open([
      jobs.part('a', 1n, { kind: 'after_warranty_days', days: 1, afterPartId: 'b' }),
      jobs.part('b', 1n, { kind: 'after_warranty_days', days: 1, afterPartId: 'a' }),
    ]);
    assert.equal((await jobs.pay(jobId)).statusCode, 409);
    const { rows } = await jobs.pool.query('select from dead_letters');
    assert.equal(rows.length, 1);
  });

  it('is released by the buyer: net, commission and its tax leave it', async () => {
    const { id } = await jobs.hold();
    const available = await jobs.balanceOf(`seller:${payee.id}:available`);
    const fees = await jobs.balanceOf('platform:fees');
    const reply = await jobs.act('release', id, buyer);
    assert.equal(reply.statusCode, 200, reply.body);
    assert.partialDeepStrictEqual(reply.json<Hold>(), {
      status: 'released',
      resolution: {
        net_amount: '881.00',
        commission_amount: '100.00',
        commission_tax_amount: '19.00',
        decided_by: 'buyer',
      },
    });
    assert.equal(await jobs.balanceOf(`escrow:${id}`), 0n);
    assert.equal(await jobs.balanceOf('platform:fees'), fees + 100_00n);
    assert.equal(await jobs.balanceOf(`seller:${payee.id}:available`), available + 881_00n);
    const again = await jobs.act('release', id, buyer);
    assert.equal(again.json<{ code: string }>().code, 'payments.escrow_ended');
  });

  it('answers a repeated key with the same bytes, for ever', async () => {
    const { id } = await jobs.hold();
    const headers = { 'idempotency-key': 'accept-1', 'if-match': '"1"' };
    const first = await jobs.act('release', id, buyer, {}, headers);
    const second = await jobs.act('release', id, buyer, {}, headers);
    assert.equal(first.statusCode, 200, first.body);
    assert.equal(second.body, first.body);
    assert.equal(second.headers['idempotent-replayed'], 'true');
    const { rows } = await jobs.pool.query(
      `select from idempotency_keys where key = 'accept-1' and forever`,
    );
    assert.equal(rows.length, 1);
  });

  it('wants the version that was read', async () => {
    const { id } = await jobs.hold();
    const none = await plaza.request({
      method: 'POST',
      url: `/api/v1/escrows/${id}/release`,
      as: buyer,
      payload: {},
    });
    assert.equal(none.statusCode, 428);
    const stale = await jobs.act('release', id, buyer, {}, { 'if-match': '"7"' });
    assert.equal(stale.statusCode, 412);
    assert.equal((await read(id)).status, 'held');
  });

  it('is nobody else’s: a stranger finds nothing', async () => {
    const { id } = await jobs.hold();
    const missing = crypto.randomUUID();
    for (const one of [id, missing]) {
      const reply = await plaza.request({ url: `/api/v1/escrows/${one}`, as: stranger });
      assert.equal(reply.statusCode, 404);
      for (const name of ['release', 'refund', 'dispute'] as const)
        assert.equal((await jobs.act(name, one, stranger, { reason: 'Porque' })).statusCode, 404);
    }
    assert.equal((await jobs.act('resolve', id, payee, {})).statusCode, 403);
    const mine = await plaza.request({ url: '/api/v1/escrows', as: stranger });
    assert.deepEqual(mine.json<{ items: [] }>().items, []);
  });

  it('is listed to both parties and to staff, page by page', async () => {
    const { id } = await jobs.hold();
    const { job_id } = await read(id).then((hold) => hold as Hold & { job_id: string });
    for (const as of [buyer, payee, support]) {
      const url = `/api/v1/escrows?job_id=${job_id}&status=held`;
      const { items } = (await plaza.request({ url, as })).json<{ items: Hold[] }>();
      assert.deepEqual(
        items.map((item) => item.id),
        [id],
      );
    }
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const url: string = `/api/v1/escrows?limit=3${cursor ? `&cursor=${cursor}` : ''}`;
      const page: { items: Hold[]; next_cursor: string | null } = (
        await plaza.request({ url, as: buyer })
      ).json();
      seen.push(...page.items.map((item) => item.id));
      cursor = page.next_cursor;
    }
    const { rows } = await jobs.pool.query<{ id: string }>('select id from escrows');
    assert.deepEqual(seen.toSorted(), rows.map((row) => row.id).toSorted());
  });

  it('is given back by the payee: the refund is sent, and the provider has paid it back', async () => {
    const hold = await jobs.hold();
    const reply = await jobs.act('refund', hold.id, payee);
    assert.partialDeepStrictEqual(reply.json<Hold>(), {
      status: 'refunded',
      resolution: { refunded_amount: '1000.00', net_amount: '0.00', commission_amount: '0.00' },
    });
    assert.equal(await jobs.balanceOf(`buyer:${buyer.id}`), 1_000_00n);
    await wait(2_000);
    assert.equal(await jobs.balanceOf(`buyer:${buyer.id}`), 0n);
    const payment = await plaza.request({
      url: `/api/v1/payments/${hold.payment_id}`,
      as: buyer,
    });
    assert.partialDeepStrictEqual(payment.json(), {
      status: 'refunded',
      refunded_amount: '1000.00',
    });
  });

  it('is not refunded around its hold', async () => {
    const hold = await jobs.hold();
    const reply = await plaza.request({
      method: 'POST',
      url: `/api/v1/payments/${hold.payment_id}/refunds`,
      as: admin,
      payload: { reason: 'A mano' },
    });
    assert.equal(reply.json<{ code: string }>().code, 'payments.refund_by_escrow');
  });

  it('is split by support, in amounts that are all of it', async () => {
    const hold = await jobs.hold();
    const { id } = hold;
    assert.equal((await jobs.act('dispute', id, buyer, { reason: 'Falta algo' })).statusCode, 200);
    const body = { release_amount: '600.00', refund_amount: '399.99', reason: 'Mitad y mitad' };
    const wrong = await jobs.act('resolve', id, support, body);
    assert.equal(wrong.json<{ code: string }>().code, 'payments.escrow_sum_differs');
    const right = await jobs.act('resolve', id, support, { ...body, refund_amount: '400.00' });
    assert.partialDeepStrictEqual(right.json<Hold>(), {
      status: 'split',
      resolution: {
        refunded_amount: '400.00',
        commission_amount: '60.00',
        commission_tax_amount: '11.40',
        net_amount: '528.60',
        decided_by: 'support',
      },
    });
    await wait(2_000);
    const payment = await plaza.request({ url: `/api/v1/payments/${hold.payment_id}`, as: buyer });
    assert.partialDeepStrictEqual(payment.json(), { refunded_amount: '400.00' });
  });

  it('freezes by a dispute that part only, and neither rule nor buyer releases it', async () => {
    const jobId = await jobs.open();
    await jobs.pay(jobId);
    const [materials, labour] = await jobs.holdsOf(jobId);
    await jobs.receive('engagements.job-delivered.v1', jobId, {
      jobId,
      partIds: [],
      deliveredAt: plaza.clock().toISOString(),
    });
    await jobs.act('dispute', labour!.id, buyer, { reason: 'Quedó torcido' });
    await wait(30 * day);
    assert.equal((await read(labour!.id)).status, 'disputed');
    const accepted = await jobs.act('release', labour!.id, buyer);
    assert.equal(accepted.json<{ code: string }>().code, 'payments.escrow_disputed');
    assert.equal((await jobs.act('release', materials!.id, buyer)).statusCode, 200);
    const types = (await jobs.published(jobId)).map(({ type }) => type);
    assert.deepEqual(types, [
      'payments.escrow-held.v1',
      'payments.escrow-disputed.v1',
      'payments.escrow-released.v1',
    ]);
  });

  it('is released by silence after delivery, and the retention by its warranty', async () => {
    const jobId = await jobs.open();
    await jobs.pay(jobId);
    const delivered = { jobId, partIds: ['labour'], deliveredAt: plaza.clock().toISOString() };
    await jobs.receive('engagements.job-delivered.v1', jobId, delivered);
    await jobs.receive('engagements.job-delivered.v1', jobId, {
      ...delivered,
      deliveredAt: new Date(plaza.clock().getTime() + 5 * day).toISOString(),
    });
    const statuses = async () => (await jobs.holdsOf(jobId)).map(({ status }) => status);
    await wait(7 * day - 60_000);
    assert.deepEqual(await statuses(), ['held', 'held', 'held']);
    await wait(60_000);
    assert.deepEqual(await statuses(), ['held', 'released', 'held']);
    await wait(30 * day - 60_000);
    assert.deepEqual(await statuses(), ['held', 'released', 'held']);
    await wait(61_000);
    assert.deepEqual(await statuses(), ['held', 'released', 'released']);
  });

  it('is released on its date, by whoever finds the timer after a restart', async () => {
    const date = new Date(plaza.clock().getTime() + day).toISOString();
    const { id } = await jobs.hold(5_00n, { kind: 'on_date', date });
    const { rows } = await jobs.pool.query<{ due_at: Date }>(
      `select due_at from deadlines where kind = 'release-escrow' and key = $1`,
      [id],
    );
    assert.equal(rows[0]!.due_at.toISOString(), date);
    // As a process that died while it fired: the row is there again a minute later.
    await jobs.pool.query(
      `update deadlines set due_at = due_at + interval '1 minute', attempts = 1 where key = $1`,
      [id],
    );
    await wait(day + 61_000);
    assert.equal((await read(id)).status, 'released');
  });

  it('needs two administrators above the operator’s limit, and neither may be a party', async () => {
    const { id } = await jobs.hold(20_000_000_00n);
    const body = { reason: 'El trabajo está hecho' };
    const needsAdmin = await jobs.act('release', id, support, body);
    assert.equal(needsAdmin.json<{ code: string }>().code, 'payments.escrow_needs_admins');
    const first = await jobs.act('release', id, admin, body);
    assert.equal(first.statusCode, 202);
    assert.partialDeepStrictEqual(first.json<Hold>(), {
      status: 'held',
      to_be_confirmed: { outcome: 'released' },
    });
    const same = await jobs.act('release', id, admin, body);
    assert.equal(same.json<{ code: string }>().code, 'payments.escrow_needs_another_admin');
    const other = await jobs.act('release', id, otherAdmin, body);
    assert.equal(other.statusCode, 200);
    assert.equal(other.json<Hold>().status, 'released');
    const partyToo = await plaza.account({ id: payee.id, roles: ['professional', 'admin'] });
    const own = await jobs.hold();
    const refused = await jobs.act('release', own.id, partyToo, body);
    assert.equal(refused.json<{ code: string }>().code, 'payments.escrow_not_yours');
    const missing = await jobs.act('release', own.id, admin);
    assert.equal(missing.json<{ code: string }>().code, 'payments.escrow_reason_missing');
  });

  it('writes what staff decide into the audit log, and what parties do not', async () => {
    const { id } = await jobs.hold();
    const acts = async (): Promise<number> => {
      const { rows } = await jobs.pool.query<{ n: number }>(
        `select count(*)::int as n from outbox where type = 'payments.staff-acted.v1'
           and data ->> 'path' = $1`,
        [`/escrows/${id}/release`],
      );
      return rows[0]!.n;
    };
    await jobs.act('release', id, admin, { reason: 'Lo pidió el cliente' });
    assert.equal(await acts(), 1);
    const other = await jobs.hold();
    await jobs.act('release', other.id, buyer);
    const { rows } = await jobs.pool.query(
      `select from outbox where type = 'payments.staff-acted.v1' and data ->> 'path' like $1`,
      [`%${other.id}%`],
    );
    assert.equal(rows.length, 0);
  });

  it('is frozen by a chargeback and goes on when that is won', async () => {
    const date = new Date(plaza.clock().getTime() + day).toISOString();
    const hold = await jobs.hold(100_00n, { kind: 'on_date', date });
    const chargeback = crypto.randomUUID();
    const { rows } = await jobs.pool.query<{ frozen: string }>(
      'select freeze_escrows($1, $2, now()) as frozen',
      [hold.payment_id, chargeback],
    );
    assert.equal(rows[0]!.frozen, '10000');
    for (const [name, as] of [
      ['release', buyer],
      ['refund', payee],
    ] as const)
      assert.equal(
        (await jobs.act(name, hold.id, as)).json<{ code: string }>().code,
        'payments.escrow_frozen',
      );
    await wait(2 * day);
    assert.equal((await read(hold.id)).status, 'held');
    await jobs.pool.query('select unfreeze_escrows($1, $2)', [chargeback, plaza.clock()]);
    await wait(1_000);
    assert.equal((await read(hold.id)).status, 'released');
  });

  it('pays back first what the payee owes', async () => {
    const debtor = await plaza.account({ roles: ['professional'] });
    const own = createTestJobs(plaza, buyer, debtor);
    const { id } = await own.hold(100_00n);
    // A chargeback after the payout, as the books have it.
    await own.pool.query(
      `with owed as (
         insert into transfers (id, seller_id, kind, cause_id, gross_minor, commission_minor, tax_minor,
           net_minor, currency, earned_at)
         values (uuidv7(), $1, 'chargeback', uuidv7(), -3000, 0, 0, -3000, 'COP', now())
       )
       select post_entry($2, now())`,
      [
        debtor.id,
        {
          id: crypto.randomUUID(),
          causeType: 'chargeback',
          causeId: crypto.randomUUID(),
          about: {},
          lines: [
            { account: `seller:${debtor.id}:owing`, side: 'debit' },
            { account: `seller:${debtor.id}:disputed`, side: 'credit' },
          ].map((line) => ({ ...line, currency: 'COP', amountMinor: '3000' })),
        },
      ],
    );
    assert.equal((await own.act('release', id, buyer)).statusCode, 200);
    assert.equal(await own.balanceOf(`seller:${debtor.id}:owing`), 0n);
    assert.equal(await own.balanceOf(`seller:${debtor.id}:available`), 88_10n - 30_00n);
  });
});
