import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Pool } from 'pg';
import { createContextPool } from '#shared/platform/databases.ts';
import { createLogger } from '#shared/telemetry/logger.ts';
import { everyInterleaving, type Interleaved } from '#shared/testing/stepping.ts';
import { testPassword } from '#shared/testing/test-postgres.ts';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { createPayoutCommands } from './application/commands/pay-out.ts';
import { createEscrowCommands } from './application/commands/resolve-escrow.ts';
import { payoutEntry } from './domain/payout.ts';
import { createPgDestinations } from './infrastructure/pg-destinations.ts';
import { createPgEscrows } from './infrastructure/pg-escrows.ts';
import { createPgPayouts } from './infrastructure/pg-payouts.ts';
import { createTestJobs, day, faultsIn } from './infrastructure/test-escrows.ts';
import { paymentsModule } from './module.ts';

type Rows = Readonly<{ holdId: string; paymentId: string; payee: TestAccount }>;

describe('every interleaving, statement by statement, over real PostgreSQL', () => {
  let plaza: TestPlaza;
  let buyer: TestAccount;
  const newId = (): string => crypto.randomUUID();

  before(async () => {
    plaza = await startTestPlaza({ modules: [paymentsModule] });
  });
  beforeEach(async () => {
    buyer = await plaza.account();
  });
  soundAfterEach(() => faultsIn(plaza.pool('payments')));
  after(() => plaza.stop());

  const connect = (): Pool => {
    const { database, ...address } = plaza.admin;
    const log = createLogger({ level: 'silent' });
    const password = testPassword('payments');
    return createContextPool({ address, database, context: 'payments', password, max: 2, log });
  };
  const portsOn = (pool: Pool) => ({ pool, clock: plaza.clock, newId, wakeOutbox: () => {} });
  const escrowsOn = (pool: Pool) =>
    createEscrowCommands({
      escrows: createPgEscrows(portsOn(pool)),
      clock: plaza.clock,
      newId,
      limitOf: () => 10n ** 13n,
    });
  const payoutsOn = (pool: Pool) => {
    // The destination has waited for its three days.
    const clock = () => new Date(plaza.clock().getTime() + 4 * day);
    const payouts = createPgPayouts({ ...portsOn(pool), clock });
    const deriveKeys = plaza.deriveKeysOf('payments');
    const destinations = createPgDestinations({ ...portsOn(pool), deriveKeys });
    const rails = new Map();
    return createPayoutCommands({
      payouts,
      destinations,
      rails,
      railName: 'bank_file',
      clock,
      newId,
    });
  };
  const request = (escrowId: string, id: string) => ({
    operationId: newId(),
    escrowId,
    caller: { id, isAdmin: false, isSupport: false },
    checkVersion: () => {},
  });
  const release = (pool: Pool, { holdId }: Rows) =>
    escrowsOn(pool).release(request(holdId, buyer.id), null);
  const refund = (pool: Pool, { holdId, payee }: Rows) =>
    escrowsOn(pool).refund(request(holdId, payee.id), null);
  const dispute = (pool: Pool, { holdId }: Rows) =>
    escrowsOn(pool).dispute(request(holdId, buyer.id), 'No está bien');

  const setUp = async (rule: object = { kind: 'on_acceptance' }): Promise<Rows> => {
    const payee = await plaza.account({ roles: ['professional'] });
    const hold = await createTestJobs(plaza, buyer, payee).hold(100_00n, rule);
    return { holdId: hold.id, paymentId: hold.payment_id, payee };
  };
  const statusOf = async ({ holdId }: Rows): Promise<string> => {
    const { rows } = await plaza
      .pool('payments')
      .query<{ status: string }>('select status from escrows where id = $1', [holdId]);
    return rows[0]!.status;
  };
  const ended = ({ outcomes }: Interleaved): string =>
    outcomes
      .map((outcome) =>
        outcome.status === 'fulfilled'
          ? 'done'
          : ((outcome.reason as { code?: string }).code ?? String(outcome.reason)),
      )
      .join(' and ');
  const isOneOf = (what: string, allowed: readonly string[]): void =>
    assert.ok(allowed.includes(what), what);
  /** Also that it looked at more than one order of steps, and that each allowed outcome was seen. */
  const all = (runs: readonly Interleaved[], seen: Set<string>, outcomes: number): void => {
    assert.ok(runs.length >= 10, `only ${runs.length} interleavings`);
    assert.equal(seen.size, outcomes, [...seen].join('; '));
  };

  it('release × refund: one of them, and the other is told so', async () => {
    const seen = new Set<string>();
    const runs = await everyInterleaving({
      connect,
      setUp: () => setUp(),
      sessions: [({ pool }, rows) => release(pool, rows), ({ pool }, rows) => refund(pool, rows)],
      judge: async (rows, run) => {
        const what = `${await statusOf(rows)}: ${ended(run)}`;
        isOneOf(what, [
          'released: done and payments.escrow_ended',
          'refunded: payments.escrow_ended and done',
        ]);
        seen.add(what);
      },
    });
    all(runs, seen, 2);
  });

  it('release × dispute: released, or disputed and not released', async () => {
    const seen = new Set<string>();
    const runs = await everyInterleaving({
      connect,
      setUp: () => setUp(),
      sessions: [({ pool }, rows) => release(pool, rows), ({ pool }, rows) => dispute(pool, rows)],
      judge: async (rows, run) => {
        const what = `${await statusOf(rows)}: ${ended(run)}`;
        isOneOf(what, [
          'released: done and payments.escrow_ended',
          'disputed: payments.escrow_disputed and done',
        ]);
        seen.add(what);
      },
    });
    all(runs, seen, 2);
  });

  it('release by its rule × dispute: one of them', async () => {
    const seen = new Set<string>();
    const date = plaza.clock().toISOString();
    const runs = await everyInterleaving({
      connect,
      setUp: async () => {
        // Its own timer would be a third session.
        const rows = await setUp({ kind: 'on_date', date: '2099-01-01T00:00:00.000Z' });
        await plaza
          .pool('payments')
          .query('update escrows set release_at = $2 where id = $1', [rows.holdId, date]);
        return rows;
      },
      sessions: [
        ({ pool }, rows) => escrowsOn(pool).releaseDue(rows.holdId),
        ({ pool }, rows) => dispute(pool, rows),
      ],
      judge: async (rows, run) => {
        const what = `${await statusOf(rows)}: ${ended(run)}`;
        isOneOf(what, ['released: done and payments.escrow_ended', 'disputed: done and done']);
        seen.add(what);
      },
    });
    all(runs, seen, 2);
  });

  it('refund × chargeback: frozen, or on its way back', async () => {
    const seen = new Set<string>();
    const runs = await everyInterleaving({
      connect,
      setUp: () => setUp(),
      sessions: [
        ({ pool }, rows) => refund(pool, rows),
        // In one round trip the harness would see two orders only.
        async ({ pool }, rows) => {
          await pool.query('select 1');
          await pool.query('select freeze_escrows($1, $2, now())', [rows.paymentId, newId()]);
          await pool.query('select 1');
        },
      ],
      judge: async (rows, run) => {
        const what = `${await statusOf(rows)}: ${ended(run)}`;
        isOneOf(what, ['refunded: done and done', 'held: payments.escrow_frozen and done']);
        seen.add(what);
      },
    });
    all(runs, seen, 2);
  });

  /** A payee with 88.10 earned and somewhere to send it. */
  const earned = async (): Promise<Rows> => {
    const rows = await setUp();
    await release(plaza.pool('payments'), rows);
    const deriveKeys = plaza.deriveKeysOf('payments');
    const destinations = createPgDestinations({ ...portsOn(plaza.pool('payments')), deriveKeys });
    const account = { accountNumber: '123456789012', holderName: 'Ana Pérez', taxId: '1020304050' };
    const changedAt = plaza.clock();
    await destinations.change(
      newId(),
      rows.payee.id,
      { country: 'CO', type: 'savings', bankCode: '007', ...account },
      { changedAt, usableAt: new Date(changedAt.getTime() + 3 * day) },
      { messages: [], trace: { correlationId: newId() } },
    );
    return rows;
  };
  const payOut = (pool: Pool, { payee: { id } }: Rows) =>
    payoutsOn(pool).request({
      payoutId: newId(),
      sellerId: id,
      currency: 'COP',
      wantedMinor: null,
      leastMinor: 1n,
      requestedBy: id,
    });
  const balances = async ({ payee }: Rows): Promise<string> => {
    const { rows } = await plaza.pool('payments').query<{ id: string; balance_minor: string }>(
      `select split_part(id, ':', 3) as id, balance_minor from ledger_accounts
       where id like 'seller:' || $1::text || ':%' and balance_minor <> 0 order by 1`,
      [payee.id],
    );
    return rows.map((row) => `${row.id} ${row.balance_minor}`).join(', ');
  };

  it('payout × payout: what is there is paid once', async () => {
    const seen = new Set<string>();
    const runs = await everyInterleaving({
      connect,
      setUp: earned,
      sessions: [({ pool }, rows) => payOut(pool, rows), ({ pool }, rows) => payOut(pool, rows)],
      judge: async (rows, run) => {
        const what = `${ended(run)}, ${await balances(rows)}`;
        isOneOf(what, [
          'done and payments.nothing_to_pay_out, ',
          'payments.nothing_to_pay_out and done, ',
        ]);
        seen.add(what);
      },
    });
    all(runs, seen, 2);
  });

  /** What a chargeback of 60.00 does to a seller: from what is available, and owed what is not. */
  const chargeBack = async (pool: Pool, { payee: { id } }: Rows): Promise<void> => {
    for (let attempt = 1; attempt <= 10; attempt++) {
      const { rows } = await pool.query<{ available: string }>(
        `select coalesce(sum(balance_minor), 0) as available from ledger_accounts
         where id = 'seller:' || $1::text || ':available'`,
        [id],
      );
      const available = BigInt(rows[0]!.available);
      const taken = available < 6_000n ? available : 6_000n;
      const line = (what: string, side: string, amountMinor: bigint) => ({
        account: `seller:${id}:${what}`,
        side,
        currency: 'COP',
        amountMinor: String(amountMinor),
      });
      const lines = [
        line('available', 'debit', taken),
        line('owing', 'debit', 6_000n - taken),
        line('disputed', 'credit', 6_000n),
      ].filter(({ amountMinor }) => amountMinor !== '0');
      const entry = { id: newId(), causeType: 'chargeback', causeId: newId(), about: {}, lines };
      try {
        await pool.query(
          `with taken as (
             insert into transfers (id, seller_id, kind, cause_id, gross_minor, commission_minor,
               tax_minor, net_minor, currency, earned_at)
             values ($1, $2, 'chargeback', $1, -6000, 0, 0, -6000, 'COP', now()) returning id
           )
           select post_entry($3, now()) from taken`,
          [newId(), id, entry],
        );
        return;
      } catch (error) {
        if ((error as { code?: string }).code !== '23514') throw error;
      }
    }
    throw new Error('the balance changed ten times');
  };

  it('payout × chargeback: what is left is paid, or what was paid is owed', async () => {
    const seen = new Set<string>();
    const runs = await everyInterleaving({
      connect,
      setUp: earned,
      sessions: [
        ({ pool }, rows) => payOut(pool, rows),
        ({ pool }, rows) => chargeBack(pool, rows),
      ],
      judge: async (rows, run) => {
        const { rows: paid } = await plaza
          .pool('payments')
          .query<{ amount_minor: string }>(
            'select amount_minor from payouts where seller_id = $1',
            [rows.payee.id],
          );
        const what = `${ended(run)}: ${paid[0]?.amount_minor}, ${await balances(rows)}`;
        isOneOf(what, [
          'done and done: 2810, disputed 6000',
          'done and done: 8810, disputed 6000, owing -6000',
        ]);
        seen.add(what);
      },
    });
    all(runs, seen, 2);
  });

  it('pays no row twice, even where the balance would allow it', async () => {
    const rows = await earned();
    const pool = plaza.pool('payments');
    const payouts = createPgPayouts(portsOn(pool));
    const seen = await payouts.payable(rows.payee.id, 'COP');
    await payOut(pool, rows);
    // As much again is earned, so that the books would not mind.
    const more = await createTestJobs(plaza, buyer, rows.payee).hold(100_00n);
    await release(pool, { ...rows, holdId: more.id });
    const id = newId();
    const payout = { id, payable: seen, amountMinor: 88_10n, rail: 'bank_file', requestedBy: id };
    const entry = payoutEntry(id, seen, 88_10n, newId());
    const told = { messages: [], trace: { correlationId: id } };
    const later = () => new Date(plaza.clock().getTime() + 4 * day);
    const stored = await createPgPayouts({ ...portsOn(pool), clock: later }).request(
      payout,
      entry,
      told,
    );
    assert.equal(stored, 'stale');
  });

  it('return × confirmation of a payout: one of them, and its money is there once', async () => {
    const seen = new Set<string>();
    const ids = new Map<Rows, string>();
    const settle = (pool: Pool, rows: Rows, status: 'returned' | 'failed') =>
      payoutsOn(pool).settle(ids.get(rows)!, { status, failure: status });
    const runs = await everyInterleaving({
      connect,
      setUp: async () => {
        const rows = await earned();
        ids.set(rows, (await payOut(plaza.pool('payments'), rows)).id);
        return rows;
      },
      sessions: [
        ({ pool }, rows) => settle(pool, rows, 'returned'),
        ({ pool }, rows) => settle(pool, rows, 'failed'),
      ],
      judge: async (rows, run) => {
        assert.equal(`${ended(run)}, ${await balances(rows)}`, 'done and done, available 8810');
        seen.add(ended(run));
      },
    });
    all(runs, seen, 1);
  });
});
