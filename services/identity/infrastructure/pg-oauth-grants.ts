import type { Pool } from 'pg';
import type { Scope } from '#shared/kernel/scopes.ts';
import type { EndedSessions } from '#shared/platform/ended-sessions.ts';
import type { Clock } from '#shared/platform/module.ts';
import { grantLifeDays, type Consents } from '../application/oauth-ports.ts';
import { historyJson, insertHistorySql, noteEndedGrantsSql } from './rows.ts';

export const grantLifeMs = grantLifeDays * 86_400_000;

const listSql = `
  select c.client_id, o.name, c.scopes, c.given_at
  from oauth_consents c join oauth_clients o on o.id = c.client_id
  where c.account_id = $1 order by c.given_at desc, c.client_id`;

const giveSql = `
  with given as (
    insert into oauth_consents as c (account_id, client_id, scopes, given_at)
    values ($1, $2, $3, $4)
    on conflict (account_id, client_id) do update set given_at = excluded.given_at,
      scopes = array(select distinct unnest(c.scopes || excluded.scopes) order by 1)
    returning account_id as id
  ), recorded as (${insertHistorySql(5, 'given')})
  select id from given`;

/** The same once more changes nothing and is no news. */
const narrowSql = `
  with held as (
    select scopes from oauth_consents where account_id = $1 and client_id = $2 for update
  ), narrowed as (
    update oauth_consents c set scopes = $3::text[] from held
    where c.account_id = $1 and c.client_id = $2
      and $3::text[] <@ held.scopes and not held.scopes <@ $3::text[]
    returning c.account_id as id
  ), ended as (
    delete from oauth_grants g using narrowed
    where g.account_id = $1 and g.client_id = $2 and not g.scopes <@ $3::text[] returning g.id
  ), noted as (${noteEndedGrantsSql(5, 'ended')}), gone as (
    delete from oauth_artefacts a using ended e where a.grant_id = e.id
  ), recorded as (${insertHistorySql(4, 'narrowed')})
  select $3::text[] <@ scopes as is_within, array(select id from ended) as ended from held`;

const withdrawSql = `
  with withdrawn as (
    delete from oauth_consents where account_id = $1 and client_id = $2
    returning account_id as id
  ), ended as (
    delete from oauth_grants where account_id = $1 and client_id = $2 returning id
  ), noted as (${noteEndedGrantsSql(4, 'ended')}), gone as (
    delete from oauth_artefacts a using ended e where a.grant_id = e.id
  ), recorded as (${insertHistorySql(3, 'withdrawn')})
  select array(select id from ended) as ended from withdrawn`;

/**
 * Opens only what the account has consented to, and only while the epoch is the one of the sign-in:
 * a password that changed since then ended this too.
 */
const openSql = `
  insert into oauth_grants (id, account_id, client_id, epoch, scopes, created_at, expires_at)
  select $1, a.id, c.client_id, a.session_epoch, $4::text[], $6, $7
  from accounts a join oauth_consents c on c.account_id = a.id
  where a.id = $2 and c.client_id = $3 and a.session_epoch = $5 and a.status <> 'deactivated'
    and $4::text[] <@ c.scopes`;

/**
 * A grant of an older epoch is dead, as a session is; so is one that was opened while its consent
 * was made smaller or withdrawn.
 */
const findSql = `
  select g.account_id, g.client_id, g.scopes, g.created_at, g.expires_at
  from oauth_grants g join accounts a on a.id = g.account_id
    join oauth_consents c on c.account_id = g.account_id and c.client_id = g.client_id
      and g.scopes <@ c.scopes
  where g.id = $1 and g.epoch = a.session_epoch and a.status <> 'deactivated' and g.expires_at > $2`;

const endSql = `
  with ended as (
    delete from oauth_grants where id = $1 returning id, account_id, client_id
  ), noted as (${noteEndedGrantsSql(2, 'ended')}), gone as (
    delete from oauth_artefacts a using ended e where a.grant_id = e.id
  ), recorded as (
    insert into account_events (account_id, type, at, detail, ip)
    select account_id, 'GrantEnded', $2, client_id::text, '' from ended
  )
  select id from ended`;

export type Grant = Readonly<{
  accountId: string;
  clientId: string;
  scopes: readonly Scope[];
  createdAt: Date;
  expiresAt: Date;
}>;

type GrantRow = Readonly<{
  account_id: string;
  client_id: string;
  scopes: Scope[];
  created_at: Date;
  expires_at: Date;
}>;

type Options = Readonly<{
  pool: Pool;
  clock: Clock;
  /** Access tokens name their grant as their session, so that its end counts at once. */
  endedSessions: EndedSessions;
}>;

/** Authorizations of applications: each begins with a sign-in and a consent, and ends as one. */
export const createPgOAuthGrants = ({ pool, clock, endedSessions }: Options) => ({
  /** False: not all of it was consented to, or the account's sessions were ended since the sign-in. */
  async open(
    grant: Readonly<{
      id: string;
      accountId: string;
      clientId: string;
      scopes: readonly string[];
      epoch: number;
    }>,
  ): Promise<boolean> {
    const now = clock();
    const { id, accountId, clientId, scopes, epoch } = grant;
    const { rowCount } = await pool.query({
      name: 'oauth-grant-open',
      text: openSql,
      values: [id, accountId, clientId, scopes, epoch, now, new Date(now.getTime() + grantLifeMs)],
    });
    return rowCount === 1;
  },

  async find(id: string): Promise<Grant | undefined> {
    const values = [id, clock()];
    const { rows } = await pool.query<GrantRow>({ name: 'oauth-grant', text: findSql, values });
    const [row] = rows;
    return (
      row && {
        accountId: row.account_id,
        clientId: row.client_id,
        scopes: row.scopes,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
      }
    );
  },

  /** With every token by it. */
  async end(id: string): Promise<void> {
    const values = [id, clock()];
    const { rowCount } = await pool.query({ name: 'oauth-grant-end', text: endSql, values });
    if (rowCount === 1) await endedSessions.tell({ sessionId: id });
  },
});

export type OAuthGrants = ReturnType<typeof createPgOAuthGrants>;

type ConsentRow = Readonly<{ client_id: string; name: string; scopes: Scope[]; given_at: Date }>;

export const createPgConsents = ({ pool, clock, endedSessions }: Options): Consents => ({
  async list(accountId) {
    const values = [accountId];
    const { rows } = await pool.query<ConsentRow>({ name: 'consents', text: listSql, values });
    return rows.map((row) => ({
      clientId: row.client_id,
      clientName: row.name,
      scopes: row.scopes,
      givenAt: row.given_at,
    }));
  },
  async give({ accountId, clientId, scopes }, by) {
    const now = clock();
    const detail = `${clientId} ${scopes.join(' ')}`;
    const history = historyJson(accountId, [{ type: 'ConsentGiven', detail }], by, now);
    const values = [accountId, clientId, scopes, now, history];
    await pool.query({ name: 'consent-give', text: giveSql, values });
  },
  async narrow({ accountId, clientId, scopes }, by) {
    const entries = [{ type: 'ConsentNarrowed', detail: `${clientId} ${scopes.join(' ')}` }];
    const now = clock();
    const history = historyJson(accountId, entries, by, now);
    const values = [accountId, clientId, scopes, history, now];
    const { rows } = await pool.query<{ is_within: boolean; ended: string[] }>({
      name: 'consent-narrow',
      text: narrowSql,
      values,
    });
    const [row] = rows;
    if (!row) return 'none';
    for (const sessionId of row.ended) await endedSessions.tell({ sessionId });
    return row.is_within ? 'narrowed' : 'wider';
  },
  async withdraw(accountId, clientId, by) {
    const entries = [{ type: 'ConsentWithdrawn', detail: clientId }];
    const now = clock();
    const values = [accountId, clientId, historyJson(accountId, entries, by, now), now];
    const { rows } = await pool.query<{ ended: string[] }>({
      name: 'consent-withdraw',
      text: withdrawSql,
      values,
    });
    for (const sessionId of rows[0]?.ended ?? []) await endedSessions.tell({ sessionId });
    return rows.length === 1;
  },
});
