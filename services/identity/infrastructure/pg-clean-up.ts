import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { CleanUp } from '../application/ports.ts';

export const cleanUpDeadline = 'clean-up';

/** Longer than any question about a sign-in is asked; the history of an account stays. */
const cleanUpSql = `
  with sessions_gone as (
    delete from sessions where expires_at < $1 or ended_at < $1::timestamptz - interval '1 day'
  ), tries_gone as (
    delete from sign_in_tries where last_failed_at < $1::timestamptz - interval '1 day'
  ), keys_gone as (
    delete from api_keys where expires_at < $1
      or revoked_at < $1::timestamptz - interval '90 days'
  ), grants_gone as (
    delete from oauth_grants where expires_at < $1
  ), ended_grants_gone as (
    delete from ended_grants where ended_at < $1::timestamptz - interval '1 day'
  ), artefacts_gone as (
    delete from oauth_artefacts where expires_at < $1
  ), passkey_challenges_gone as (
    delete from passkey_challenges where expires_at < $1
  ), mailed_codes_gone as (
    delete from mailed_codes where mailed_at[cardinality(mailed_at)] < $1::timestamptz - interval '1 day'
  ), events_gone as (
    select prune_audit_log($1)
  )
  insert into deadlines as d (kind, key, due_at)
  select '${cleanUpDeadline}', 'daily', $1::timestamptz + interval '1 day' from events_gone
  on conflict (kind, key) do update set due_at = excluded.due_at`;

export const createPgCleanUp = (options: Readonly<{ pool: Pool; clock: Clock }>): CleanUp => ({
  async run() {
    await options.pool.query({ name: 'clean-up', text: cleanUpSql, values: [options.clock()] });
  },
});
