import type { QueryConfig } from 'pg';
import { insertIntoOutboxSql } from '#shared/messaging/outbox.ts';
import { evolve, identityError, needsAnotherAdmin, type Account } from '../domain/account.ts';
import type { Accounts } from '../application/ports.ts';
import { codeRequested, toPublished } from '../application/published-events.ts';
import { outboxOf, type WriteOptions } from './account-writes.ts';
import { factorSql, factorValues, type FactorSql } from './factor-writes.ts';
import {
  challengeJson,
  historyJson,
  historyOf,
  insertChallengeSql,
  insertHistorySql,
  openSessionSql,
  sessionJson,
} from './rows.ts';

/**
 * $3–$10 the account after; $11 now; $12 messages; $13 the challenge to consume; $14 the purpose to
 * cancel; $15 session to open; $16, $17 session to keep and the epoch it has; $18 challenge to
 * begin, $19 its message; $20 tries to forgive; $21 history; $22 whether another admin must stay;
 * $23 the epoch after; $24 the address after; $25 the second factors after.
 */
const changeSql = ({ proofs, condition, writes }: FactorSql): string => `
  with admins as (
    select id from accounts
    where $22::boolean and 'admin' = any (roles) and status = 'active' order by id for update
  ), locked as (
    select id from accounts
    where id = $1 and version = $2 and closed_at is null
      and (not $22::boolean or (select count(*) from admins where id <> $1) > 0)
    for no key update
  ), consumed as (
    update challenges c set used_at = $11, misses = 0 from locked
    where c.id = $13::uuid and c.account_id = locked.id
      and c.used_at is null and c.attempts_left > 0 and c.expires_at > $11
    returning c.account_id
  ), ${proofs} saved as (
    update accounts a set version = $3, password_hash = $4, full_name = $5, phone_number = $6,
      language = $7, roles = $8, status = $9, email_verified_at = $10, session_epoch = $23,
      email = $24, second_factors = $25
    from locked
    where a.id = locked.id and ($13::uuid is null or exists (select from consumed)) ${condition}
    returning a.id, a.session_epoch
  ), queued as (${insertIntoOutboxSql(12, 'saved', true)}),
  cancelled as (
    update challenges c set used_at = $11 from saved
    where c.account_id = saved.id and c.purpose = $14 and c.used_at is null
  ), kept as (
    update sessions s set epoch = saved.session_epoch from saved
    where s.id = $16::uuid and s.account_id = saved.id and s.epoch = $17 and s.ended_at is null
  ), ${openSessionSql(15, 'saved')},
  begun as (${insertChallengeSql(18, 'saved')}),
  queued_letter as (${insertIntoOutboxSql(19, 'begun')}),
  forgiven as (
    delete from sign_in_tries t using saved
    where t.tries_key in (select decode(key, 'hex') from unnest($20::text[]) as key)
  ), ${writes} recorded as (${insertHistorySql(21, 'saved')})
  select exists (select from saved) as is_saved,
    $22::boolean and (select count(*) from admins where id <> $1) = 0 as is_last_admin`;

const plainSql = changeSql({ proofs: '', condition: '', writes: '' });
const factorChangeSql = changeSql(factorSql);

/** Every change of an account that exists, with all that must be committed with it: one statement. */
export const createPgChangeAccount = (options: WriteOptions): Pick<Accounts, 'change'> => {
  const { pool, clock, wakeOutbox, endedSessions } = options;
  const run = async <Row extends object>(query: QueryConfig) => {
    try {
      return await pool.query<Row>(query);
    } catch (error) {
      const { constraint } = error as { constraint?: string };
      // The address went to another account meanwhile.
      if (constraint === 'accounts_email_key') return undefined;
      if (constraint === 'passkeys_credential_id_key') throw identityError('passkey_known');
      throw error;
    }
  };
  return {
    async change(before, events, by, effects = {}) {
      const now = clock();
      const after: Account = events.reduce(evolve, before);
      const letter = effects.notify ? [codeRequested(effects.notify.id)] : [];
      const outbox = outboxOf(options, toPublished(before, events), by, now);
      const factors = factorValues(after, events, effects);
      const result = await run<{ is_saved: boolean; is_last_admin: boolean }>({
        ...(factors
          ? { name: 'change-factors', text: factorChangeSql }
          : { name: 'change-account', text: plainSql }),
        values: [
          before.id,
          before.version,
          after.version,
          after.passwordHash,
          after.fullName,
          after.phoneNumber,
          after.language,
          after.roles,
          after.status,
          after.emailVerifiedAt,
          now,
          JSON.stringify(outbox),
          effects.consume ?? null,
          effects.cancel ?? null,
          sessionJson(effects.openSession, by, now),
          effects.keepSession ?? null,
          before.sessionEpoch,
          challengeJson(effects.notify, now),
          JSON.stringify(outboxOf(options, letter, by, now)),
          effects.forgive ?? [],
          historyJson(before.id, historyOf(events), by, now),
          needsAnotherAdmin(before, events),
          after.sessionEpoch,
          after.email,
          JSON.stringify(after.secondFactors),
          ...(factors ?? []),
        ],
      });
      if (!result) return 'email_taken';
      const { rows } = result;
      if (rows[0]!.is_saved) {
        wakeOutbox(outbox);
        // A letter is stored only when its address has not had too many.
        if (letter.length > 0) wakeOutbox();
        const { id: accountId, sessionEpoch: epoch } = after;
        if (epoch !== before.sessionEpoch)
          await endedSessions.tell({
            accountId,
            epoch,
            keptSessionId: effects.keepSession ?? null,
          });
      } else if (rows[0]!.is_last_admin) return 'last_admin';
      return rows[0]!.is_saved ? 'changed' : 'lost_race';
    },
  };
};
