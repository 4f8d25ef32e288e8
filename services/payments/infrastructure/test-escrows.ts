import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import type { TestAccount, TestPlaza } from '#shared/testing/test-plaza.ts';
import { findFaults, holdOracles, oracles } from './oracles.ts';

export const day = 86_400_000;

type Part = Readonly<{ partId: string; name: string; amount: object; releaseRule: object }>;

/** Every rule of holds, payouts and the books, over all rows. */
export const faultsIn = (pool: Pool): Promise<readonly string[]> =>
  findFaults(pool, [...oracles, ...holdOracles]);

/** Jobs that are paid, as a test sees them: by messages and requests. */
export const createTestJobs = (plaza: TestPlaza, buyer: TestAccount, payee: TestAccount) => {
  const pool = plaza.pool('payments');
  const money = (amountMinor: string | bigint) => ({
    amountMinor: String(amountMinor),
    currency: 'COP',
  });
  const part = (partId: string, amountMinor: bigint, releaseRule: object): Part => ({
    partId,
    name: `Parte ${partId}`,
    amount: money(amountMinor),
    releaseRule,
  });
  const usual: readonly Part[] = [
    part('materials', 300_00n, { kind: 'on_acceptance' }),
    part('labour', 500_00n, { kind: 'auto_after_days', days: 7 }),
    part('retention', 50_00n, { kind: 'after_warranty_days', days: 30, afterPartId: 'labour' }),
  ];

  /** Puts a message of another context on the bus, by way of the outbox that this shares with it. */
  const receive = async (type: string, subject: string, data: object): Promise<void> => {
    await pool.query(
      `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
       values (uuidv7(), $1, $2::text, 1, now(), ($2::text)::uuid, $3)`,
      [type, subject, data],
    );
    plaza.contexts[0]!.relay.wake();
    await plaza.settle();
  };
  const open = async (parts: readonly Part[] = usual, more: object = {}): Promise<string> => {
    const jobId = crypto.randomUUID();
    await receive('engagements.payment-requested.v1', jobId, {
      jobId,
      buyerId: buyer.id,
      payeeId: payee.id,
      parts,
      commissionBasisPoints: 1_000,
      commissionTax: { basisPoints: 1_900, jurisdiction: 'CO' },
      payBy: new Date(plaza.clock().getTime() + 3_600_000).toISOString(),
      ...more,
    });
    return jobId;
  };
  const pay = (jobId: string, number = '4242424242424242', key?: string, as = buyer) =>
    plaza.request({
      method: 'POST',
      url: '/api/v1/payments',
      as,
      headers: key === undefined ? {} : { 'idempotency-key': key },
      payload: {
        job_id: jobId,
        payment_method: { type: 'card', number, expiry_month: 12, expiry_year: 2099 },
      },
    });
  const holdsOf = async (jobId: string) => {
    const { rows } = await pool.query<{
      id: string;
      part_id: string;
      status: string;
      version: number;
      release_at: Date | null;
      payment_id: string;
    }>('select * from escrows where job_id = $1 order by position', [jobId]);
    return rows;
  };
  /** A job of one part that is paid: its hold. */
  const hold = async (amountMinor = 1_000_00n, rule: object = { kind: 'on_acceptance' }) => {
    const jobId = await open([part('all', amountMinor, rule)]);
    assert.equal((await pay(jobId)).statusCode, 201);
    return (await holdsOf(jobId))[0]!;
  };
  const act = (
    name: 'release' | 'refund' | 'dispute' | 'resolve',
    id: string,
    as: TestAccount,
    body: object = {},
    headers: Record<string, string> = {},
  ) =>
    plaza.request({
      method: 'POST',
      url: `/api/v1/escrows/${id}/${name}`,
      as,
      payload: body,
      headers: { 'if-match': '*', ...headers },
    });
  const balanceOf = async (account: string): Promise<bigint> => {
    const { rows } = await pool.query<{ sum: string }>(
      `select coalesce(sum(case side when 'credit' then amount_minor else -amount_minor end), 0) as sum
       from journal_lines where account_id = $1`,
      [account],
    );
    return BigInt(rows[0]!.sum);
  };
  const published = async (correlationId: string) => {
    const { rows } = await pool.query<{ type: string; data: Record<string, unknown> }>(
      `select type, data from outbox where correlation_id = $1 and type like 'payments.%' order by seq`,
      [correlationId],
    );
    return rows;
  };
  return { pool, money, part, usual, receive, open, pay, holdsOf, hold, act, balanceOf, published };
};
