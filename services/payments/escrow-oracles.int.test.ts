import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { createTestDatabase } from '#shared/testing/test-postgres.ts';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { escrowOracles } from './infrastructure/escrow-oracles.ts';
import { createTestJobs, day, faultsIn } from './infrastructure/test-escrows.ts';
import { paymentsModule } from './module.ts';

/** Each breaks one rule, in ways that the constraints would refuse and a broken release might not. */
const plants: Readonly<Record<string, string>> = {
  'E1 a hold ends once': `update escrows set status = 'held' where id = $1`,
  'E2 what left a hold is what entered': `alter table escrow_resolutions disable trigger all;
    update escrow_resolutions set net_minor = net_minor - 1 where hold_id = $1`,
  'E3 a hold is there when its capture is': `update payments set status = 'failed'
    where id = (select payment_id from escrows where id = $1)`,
  'E2 the books hold what is held': `update escrows set amount_minor = amount_minor + 1 where id = $2`,
  'E2 what goes back is a refund': `update refunds set amount_minor = amount_minor + 1 where hold_id = $3`,
  'P4 a job gives back by its holds': `update refunds set hold_id = null where hold_id = $3`,
  'E4 nothing disputed or frozen is released by itself': `update escrow_resolutions
    set decided_as = 'deadline' where hold_id = $1`,
  'E5 a payout is the sum of its rows': `update payouts set amount_minor = amount_minor + 1`,
  'E5 a row is in one living payout': `insert into payouts (id, seller_id, amount_minor, currency, status,
      rail, destination_id, requested_by, created_at, updated_at)
    select uuidv7(), seller_id, amount_minor, currency, status, rail, destination_id, requested_by,
      created_at, updated_at from payouts;
    insert into payout_transfers select p.id, l.transfer_id, l.net_minor from payout_transfers l, payouts p
    where p.id <> l.payout_id`,
  'E6 the rows of a living payout are its own': `update transfers set payout_id = null
    where payout_id is not null`,
  'E5 what is not paid out is what is available': `update transfers set net_minor = net_minor + 1,
    gross_minor = gross_minor + 1 where payout_id is null`,
  'E6 what is under way is in transit': `update payouts set status = 'paid'`,
  'E8 nobody decides for themselves': `update escrow_resolutions r set decided_as = 'admin',
    decided_by = e.payee_id from escrows e where e.id = r.hold_id and e.id = $1`,
};

describe('the oracles of holds and payouts', () => {
  let plaza: TestPlaza;
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  /** One connection, and nobody else works here when the faults are planted. */
  let owner: pg.Pool;
  let holds: readonly [released: string, open: string, refunded: string];
  const ids = [crypto.randomUUID(), crypto.randomUUID()] as const;
  let buyer: TestAccount;
  let payee: TestAccount;

  before(async () => {
    database = await createTestDatabase([paymentsModule]);
    plaza = await startTestPlaza({ modules: [paymentsModule], database });
    const signIn = async () => {
      buyer = await plaza.account({ id: ids[0] });
      payee = await plaza.account({ id: ids[1], roles: ['professional'] });
      return createTestJobs(plaza, buyer, payee);
    };
    let jobs = await signIn();
    await plaza.request({
      method: 'PUT',
      url: '/api/v1/payout-destination',
      as: payee,
      payload: {
        country: 'CO',
        type: 'savings',
        bank_code: '007',
        account_number: '123456789012',
        holder_name: 'Ana Pérez',
        tax_id: '1020304050',
      },
    });
    await plaza.advance(3 * day);
    jobs = await signIn();
    const [paid, open, back, released] = [
      await jobs.hold(),
      await jobs.hold(),
      await jobs.hold(),
      await jobs.hold(),
    ];
    await jobs.act('release', paid.id, buyer);
    const reply = await plaza.request({
      method: 'POST',
      url: '/api/v1/payouts',
      as: payee,
      payload: { currency: 'COP' },
    });
    assert.equal(reply.statusCode, 201, reply.body);
    await jobs.act('refund', back.id, payee);
    await jobs.act('release', released.id, buyer);
    holds = [released.id, open.id, back.id];
    await plaza.stop();
    owner = new pg.Pool({ ...plaza.admin, max: 1, options: '-c search_path=payments' });
  });
  after(async () => {
    await owner.end();
    await database.stop();
  });

  soundAfterEach(() => faultsIn(owner));

  it('find nothing where nothing is wrong', async () => {
    assert.deepEqual(await faultsIn(owner), []);
  });

  it('have a planted fault each', () => {
    assert.deepEqual(Object.keys(plants).toSorted(), Object.keys(escrowOracles).toSorted());
  });

  for (const [rule, plant] of Object.entries(plants))
    it(`see: ${rule}`, async () => {
      await owner.query('begin');
      try {
        // Constraints would refuse most of this, which is their work and not what is looked at here.
        await owner.query('set local session_replication_role = replica');
        const { rows: checks } = await owner.query<{ tab: string; name: string }>(
          `select conrelid::regclass::text as tab, conname as name from pg_constraint
           where contype = 'c' and conrelid <> 0 and connamespace = 'payments'::regnamespace`,
        );
        for (const { tab, name } of checks)
          await owner.query(`alter table ${tab} drop constraint ${name} cascade`);
        const literals = holds.map((id) => `'${id}'`);
        await owner.query(plant.replace(/\$(\d)/g, (_, n: string) => literals[Number(n) - 1]!));
        const { rows } = await owner.query(escrowOracles[rule]!);
        assert.ok(rows.length > 0, 'it found nothing');
      } finally {
        await owner.query('rollback');
      }
      const { rows } = await owner.query(escrowOracles[rule]!);
      assert.deepEqual(rows, []);
    });
});
