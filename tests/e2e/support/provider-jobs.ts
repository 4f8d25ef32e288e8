import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Gate } from './crash-points.ts';
import type { Reply, Request } from './http.ts';
import type { Seats } from './seats.ts';

/** What becomes of the money of a job, which is held in two parts. */
export const jobActs = [
  ['is accepted', 30],
  ['is given back in part', 16],
  ['is disputed and split', 18],
  ['is disputed and given back', 8],
  ['is accepted and given back at once', 12],
  ['is accepted and disputed at once', 8],
  ['is charged back', 8],
] as const;
export type JobAct = (typeof jobActs)[number][0];

type Preference = Readonly<{ payment_id: string; preference_id: string }>;
type Hold = Readonly<{ id: string; amount: string; status: string }>;
/** One of the people of the shop, with the id of the account. */
type Person = Readonly<{ index: number; id: string }>;
type Options = Readonly<{
  ask: (make: () => Request, person?: number) => Promise<Reply>;
  tokenOf: (person: number) => string;
  operatorToken: () => string;
  /** On the schema of payments, as the operator of the database; another after each kill. */
  payments: () => Pool;
  seats: Seats;
  gate: Gate;
  pay: (preference: Preference) => Promise<number>;
  chargeBack: (chargeId: number) => Promise<unknown>;
  random: () => number;
}>;

/** A refusal of one who came second. */
const lateCodes = new Set([
  'payments.escrow_ended',
  'payments.escrow_disputed',
  'payments.escrow_not_disputed',
  'payments.escrow_frozen',
]);
const holdLooksMax = 60;

/** Amounts in whole pesos, as Mercado Pago takes them. */
const partAmounts = [3_900_00, 5_200_00];

export const createJobs = (options: Options) => {
  const { ask, tokenOf, operatorToken, payments, seats, gate, pay, chargeBack, random } = options;

  /** As the context of jobs asks for it, by way of the outbox that it shares with this. */
  const open = async (jobId: string, buyer: Person, payee: Person): Promise<void> => {
    const money = (minor: number) => ({ amountMinor: String(minor), currency: 'COP' });
    const parts = partAmounts.map((minor, i) => ({
      partId: `part-${i}`,
      name: `Parte ${i}`,
      amount: money(minor),
      releaseRule: { kind: 'on_acceptance' },
    }));
    const data = {
      jobId,
      buyerId: buyer.id,
      payeeId: payee.id,
      parts,
      commissionBasisPoints: 1_000,
      commissionTax: { basisPoints: 1_900, jurisdiction: 'CO' },
      payBy: new Date(Date.now() + 3_600_000).toISOString(),
    };
    const sql = `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
      select uuidv7(), 'engagements.payment-requested.v1', $1::text, 1, now(), $1::text::uuid, $2
      where not exists (select from outbox where subject = $1::text)`;
    for (let tries = 0; ; tries++) {
      try {
        await payments().query(sql, [jobId, data]);
        return;
      } catch (error) {
        // Killed in the middle: asked again, as a relay would.
        if (tries > 600) throw error;
        await seats.away(() => sleep(200));
      }
    }
  };

  const openPage = async (jobId: string, buyer: Person): Promise<Preference> => {
    for (;;) {
      const reply = await ask(
        () => ({
          method: 'POST',
          path: '/mercadopago/create-preference',
          token: tokenOf(buyer.index),
          body: { job_id: jobId },
          headers: { 'idempotency-key': `job-${jobId}` },
        }),
        buyer.index,
      );
      if (reply.status === 201) return reply.body as Preference;
      assert.equal(reply.body['code'], 'payments.order_not_payable', reply.text);
      await seats.away(() => sleep(100));
    }
  };

  /** The buyer comes back from the page, again and again; none when even that told us nothing. */
  const holdsOf = async (
    jobId: string,
    buyer: Person,
    paymentId: string,
  ): Promise<readonly Hold[]> => {
    const path = `/escrows?job_id=${jobId}`;
    const comeBack = `/mercadopago/return?external_reference=${paymentId}`;
    for (let n = 0; n < holdLooksMax; n++) {
      const reply = await ask(
        () => ({ method: 'GET', path, token: tokenOf(buyer.index) }),
        buyer.index,
      );
      assert.equal(reply.status, 200, reply.text);
      const items = reply.body['items'] as Hold[];
      if (items.length > 0) return items.toSorted((a, b) => (a.amount < b.amount ? -1 : 1));
      await seats.away(async () => {
        await sleep(200);
        if (n % 10 === 3) await ask(() => ({ method: 'GET', path: comeBack }));
      });
    }
    return [];
  };

  const act = async (
    name: 'release' | 'refund' | 'dispute' | 'resolve',
    hold: Hold,
    by: Person | 'staff',
    body: object = {},
  ): Promise<void> => {
    const key = `${name}-${hold.id}`;
    const make = (): Request => ({
      method: 'POST',
      path: `/escrows/${hold.id}/${name}`,
      token: by === 'staff' ? operatorToken() : tokenOf(by.index),
      body,
      headers: { 'idempotency-key': key, 'if-match': '*' },
    });
    const send = () => ask(make, by === 'staff' ? undefined : by.index);
    let reply: Promise<Reply> | undefined;
    if (name === 'release') await gate.release(hold.id, () => void (reply = send()));
    const { status, body: said, text } = await (reply ?? send());
    assert.ok(status === 200 || lateCodes.has(String(said['code'])), text);
  };

  const settle = async (
    what: JobAct,
    [small, large]: readonly [Hold, Hold],
    people: Readonly<{ buyer: Person; payee: Person }>,
    chargeId: number,
  ): Promise<void> => {
    const { buyer, payee } = people;
    const release = (hold: Hold) => act('release', hold, buyer);
    const giveBack = (hold: Hold) => act('refund', hold, payee);
    const dispute = (hold: Hold) =>
      act('dispute', hold, random() < 0.5 ? buyer : payee, { reason: 'No quedó como se dijo' });
    const resolve = (hold: Hold, back: number) =>
      act('resolve', hold, 'staff', {
        release_amount: `${Number(hold.amount) - back}.00`,
        refund_amount: `${back}.00`,
        reason: 'visto por soporte',
      });
    switch (what) {
      case 'is accepted':
        await Promise.all([release(small), release(large)]);
        return;
      case 'is given back in part':
        await Promise.all([giveBack(small), release(large)]);
        return;
      case 'is disputed and split':
        await dispute(large);
        await Promise.all([resolve(large, 1_300), release(small)]);
        return;
      case 'is disputed and given back':
        await Promise.all([dispute(small), release(large)]);
        await resolve(small, Number(small.amount));
        return;
      case 'is accepted and given back at once':
        await Promise.all([release(small), giveBack(small), giveBack(large), release(large)]);
        return;
      case 'is accepted and disputed at once':
        await Promise.all([release(small), dispute(small), release(large), dispute(large)]);
        return;
      case 'is charged back':
        await release(small);
        await chargeBack(chargeId);
        await release(large);
        return;
    }
  };

  /** One job from its payment to the end of both its parts; answers whether it got so far. */
  return async (
    what: JobAct,
    people: Readonly<{ buyer: Person; payee: Person }>,
  ): Promise<boolean> => {
    const jobId = crypto.randomUUID();
    await open(jobId, people.buyer, people.payee);
    const preference = await openPage(jobId, people.buyer);
    const chargeId = await pay(preference);
    const holds = await holdsOf(jobId, people.buyer, preference.payment_id);
    if (holds.length === 0) return false;
    assert.equal(holds.length, partAmounts.length);
    await settle(what, holds as unknown as readonly [Hold, Hold], people, chargeId);
    return true;
  };
};
