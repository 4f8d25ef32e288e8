import type { Pool } from 'pg';
import type { EndedSessions } from '#shared/platform/ended-sessions.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { SecondSteps, UsableProof } from '../application/second-factor-ports.ts';
import { usePasskeySql } from './pg-passkeys.ts';
import {
  historyJson,
  insertHistorySql,
  openSessionSql,
  replaceSessionSql,
  sessionJson,
} from './rows.ts';

/**
 * Uses a proof up for the account whose step is held. $3 is now, the method's own values come from
 * $6 on. No row: somebody was faster with it.
 */
const provenSql: Readonly<Record<UsableProof['method'], string>> = {
  totp: `
    update totp_secrets t set last_step = $7, last_used_at = $3 from held
    where t.account_id = held.account_id and t.id = $6::uuid and t.confirmed_at is not null
      and t.last_step < $7
    returning t.account_id`,
  email: `
    update challenges c set used_at = $3 from held
    where c.id = $6::uuid and c.account_id = held.account_id and c.purpose = 'second_step'
      and c.used_at is null and c.expires_at > $3
    returning c.account_id`,
  recovery_code: `
    update recovery_codes r set used_at = $3 from held
    where r.account_id = held.account_id and encode(r.hash, 'hex') = any ($6::text[])
      and r.used_at is null
    returning r.account_id`,
  passkey: usePasskeySql({ passkey: 6, counter: 7, now: 3, account: 'held', challenge: 'spent' }),
};

/**
 * Codes that can be guessed need a try that is left; that of a lost factor is long, and opens an
 * account whose factor is blocked; a passkey cannot be guessed.
 */
const needsTry = (method: UsableProof['method']): boolean =>
  method === 'totp' || method === 'email';

const spentSql = `
  spent as (
    update passkey_challenges c set used_at = $3 from held
    where c.hash = decode($8, 'hex') and c.purpose = 'second_step'
      and c.account_id = held.account_id and c.used_at is null and c.expires_at > $3
    returning c.hash
  ),`;

/** $1 the step, $2 what it is for. Those that race wait at its row, and then find it used. */
const passSql = (method: UsableProof['method'], effect: string): string => `
  with held as (
    select s.account_id, s.session_id from second_steps s join accounts a on a.id = s.account_id
    where s.id_hash = decode($1, 'hex') and s.purpose = $2 and s.used_at is null
      and s.expires_at > $3 and s.epoch = a.session_epoch and a.status <> 'deactivated'
      ${needsTry(method) ? 'and s.attempts_left > 0' : ''}
    for update of s
  ), ${method === 'passkey' ? spentSql : ''} proven as (${provenSql[method]}), used as (
    update second_steps s set used_at = $3, misses = 0 from proven
    where s.account_id = proven.account_id
  ), ${effect}`;

const signInSql = (method: UsableProof['method']): string =>
  passSql(
    method,
    `found as (
    select a.id, a.session_epoch from accounts a join proven on proven.account_id = a.id
  ), ${openSessionSql(4, 'found')}, recorded as (${insertHistorySql(5, 'found')})
  select id from found`,
  );

const stepUpSql = (method: UsableProof['method']): string =>
  passSql(
    method,
    `found as (
    select a.id, a.session_epoch, held.session_id
    from held join proven on proven.account_id = held.account_id join accounts a on a.id = held.account_id
  ), ${replaceSessionSql('f.session_id', 4, 3, 'found')},
  recorded as (${insertHistorySql(5, 'opened')})
  select found.session_id from found, opened`,
  );

const valuesOf = (proof: UsableProof): readonly unknown[] => {
  switch (proof.method) {
    case 'totp':
      return [proof.factorId, proof.step];
    case 'email':
      return [proof.mailId];
    case 'recovery_code':
      return [proof.hashes];
    case 'passkey':
      return [proof.passkeyId, proof.counter, proof.challengeHash];
  }
};

export const createPgPassSecondStep = (
  options: Readonly<{ pool: Pool; clock: Clock; endedSessions: EndedSessions }>,
): Pick<SecondSteps, 'passSignIn' | 'passStepUp'> => {
  const { pool, clock, endedSessions } = options;
  return {
    async passSignIn(step, proof, session, by) {
      const now = clock();
      const history = [{ type: 'LoggedIn', detail: session.methods.join(' ') }];
      const { rowCount } = await pool.query({
        name: `second-step-${proof.method}`,
        text: signInSql(proof.method),
        values: [
          step.idHash,
          'sign_in',
          now,
          sessionJson(session, by, now),
          historyJson(step.account.id, history, by, now),
          ...valuesOf(proof),
        ],
      });
      return rowCount === 1;
    },

    async passStepUp(step, proof, session, by) {
      const now = clock();
      const history = [{ type: 'SteppedUp', detail: session.methods.join(' ') }];
      const { rows } = await pool.query<{ session_id: string }>({
        name: `step-up-${proof.method}`,
        text: stepUpSql(proof.method),
        values: [
          step.idHash,
          'step_up',
          now,
          sessionJson(session, by, now),
          historyJson(step.account.id, history, by, now),
          ...valuesOf(proof),
        ],
      });
      const [ended] = rows;
      if (ended) await endedSessions.tell({ sessionId: ended.session_id });
      return ended !== undefined;
    },
  };
};
