import type { Account, AccountEvent, AccountRole, Language } from '../domain/account.ts';
import { challengeRules, mailsAnHour, missesMax } from '../domain/challenge.ts';
import { sessionIdleDays } from '../domain/session.ts';
import type { SecondFactor } from '../domain/second-factors.ts';
import type { Circumstances, NewChallenge, NewSession } from '../application/ports.ts';

export type AccountRow = Readonly<{
  id: string;
  version: number;
  email: string;
  username: string;
  password_hash: string;
  full_name: string | null;
  phone_number: string | null;
  language: Language;
  roles: AccountRole[];
  status: Account['status'];
  email_verified_at: Date | null;
  session_epoch: number;
  second_factors: readonly SecondFactor[];
  created_at: Date;
}>;

export const accountColumns = (table: string): string =>
  `id version email username password_hash full_name phone_number language roles status
   email_verified_at session_epoch second_factors created_at`
    .split(/\s+/)
    .map((column) => `${table}.${column}`)
    .join(', ');

export const toAccount = (row: AccountRow): Account => ({
  id: row.id,
  version: row.version,
  email: row.email,
  username: row.username,
  passwordHash: row.password_hash,
  fullName: row.full_name,
  phoneNumber: row.phone_number,
  language: row.language,
  roles: row.roles,
  status: row.status,
  emailVerifiedAt: row.email_verified_at?.toISOString() ?? null,
  sessionEpoch: row.session_epoch,
  secondFactors: row.second_factors,
  createdAt: row.created_at.toISOString(),
});

/**
 * Columns of a whole account in the order of `accountValues`; its first parameter is `$<first>`.
 */
export const insertAccountSql = (first: number, from: string): string => `
  insert into accounts (id, version, email, username, password_hash, full_name, phone_number,
    language, roles, status, email_verified_at, session_epoch, created_at)
  select ${Array.from({ length: 13 }, (_, i) => `$${first + i}${accountTypes[i]}`).join(', ')} from ${from}`;
const accountTypes = [
  '::uuid',
  '::integer',
  '::text',
  '::text',
  '::text',
  '::text',
  '::text',
  '::text',
  '::text[]',
  '::text',
  '::timestamptz',
  '::integer',
  '::timestamptz',
];

export const accountValues = (account: Account): readonly unknown[] => [
  account.id,
  account.version,
  account.email,
  account.username,
  account.passwordHash,
  account.fullName,
  account.phoneNumber,
  account.language,
  account.roles,
  account.status,
  account.emailVerifiedAt,
  account.sessionEpoch,
  account.createdAt,
];

/** Adds to the history what parameter `$<parameter>` (from `historyJson`) says, if `from` has a row. */
export const insertHistorySql = (parameter: number, from = ''): string => `
  insert into account_events (account_id, type, at, detail, actor_id, ip, user_agent)
  select h.account_id, h.type, h.at, h.detail, h.actor_id, h.ip, h.user_agent
  from ${from === '' ? '' : `${from}, `}jsonb_to_recordset($${parameter}::jsonb) as h (
    account_id uuid, type text, at timestamptz, detail text, actor_id uuid, ip text, user_agent text)`;

type History = Readonly<{ type: string; detail?: string }>;

/** No secret goes in: of an event only its name, and for roles and factors which one. */
export const historyJson = (
  accountId: string | null,
  entries: readonly History[],
  { actorId, ip, userAgent }: Circumstances,
  now: Date,
): string =>
  JSON.stringify(
    entries.map(({ type, detail }) => ({
      account_id: accountId,
      type,
      at: now.toISOString(),
      detail: detail ?? null,
      actor_id: actorId,
      ip,
      user_agent: userAgent,
    })),
  );

export const historyOf = (events: readonly AccountEvent[]): readonly History[] =>
  events.map((event) => {
    const { type } = event;
    if ('role' in event) return { type, detail: event.role };
    return 'factor' in event ? { type, detail: event.factor.kind } : { type };
  });

/**
 * Whether an account has the password that was compared: its hash is `$<hash>`, or only its hash is
 * another, since a new password raises the epoch, which was `$<epoch>`.
 */
export const isSamePasswordSql = (hash: number, epoch: number): string =>
  `(password_hash = $${hash} or session_epoch = $${epoch})`;

const givenSessionSql = (parameter: number): string => `
  given_session as (
    select * from jsonb_to_recordset($${parameter}::jsonb) as s (id uuid, refresh_hash text,
      expires_at timestamptz, authenticated_at timestamptz, methods text[], now timestamptz, ip text,
      user_agent text)
  )`;

/**
 * CTEs that open the session of parameter `$<parameter>` (a list of none or one, from
 * `sessionJson`) for the account in `from`, whose row has `id` and `session_epoch`.
 */
export const openSessionSql = (parameter: number, from: string): string => `
  ${givenSessionSql(parameter)}, opened as (
    insert into sessions (id, account_id, epoch, created_at, expires_at, authenticated_at, methods,
      last_used_at, ip, user_agent)
    select s.id, a.id, a.session_epoch, s.now, s.expires_at, s.authenticated_at, s.methods,
      s.now, s.ip, s.user_agent
    from ${from} a, given_session s
  ), first_token as (
    insert into refresh_tokens (hash, session_id, issued_at)
    select decode(s.refresh_hash, 'hex'), s.id, s.now from ${from}, given_session s
  )`;

/** Keeps that the grants in `from` have ended, for whoever starts while tokens of theirs live; $<now> is now. */
export const noteEndedGrantsSql = (now: number, from: string): string => `
  insert into ended_grants (id, ended_at) select id, $${now} from ${from} on conflict (id) do nothing`;

/** Whether session `s` has not ended by itself, nor was ended; $<now> is now. Its epoch is another matter. */
export const isLivingSql = (now: number): string => `
  s.ended_at is null and s.expires_at > $${now}
    and s.last_used_at > $${now}::timestamptz - interval '${sessionIdleDays} days'`;

/**
 * CTEs that end the living session `id` of the account in `found` (its id and epoch) and open that of
 * parameter `$<parameter>` in its place: `opened` has its id, or no row when there was nothing to end.
 * It began when the one before did and ends when that would have. `$<now>` is now.
 */
export const replaceSessionSql = (
  id: string,
  parameter: number,
  now: number,
  found: string,
): string => `
  ${givenSessionSql(parameter)}, ended as (
    update sessions s set ended_at = $${now} from ${found} f
    where s.id = ${id} and s.account_id = f.id and s.epoch = f.session_epoch
      and ${isLivingSql(now)}
    returning s.account_id, s.epoch, s.created_at, s.expires_at, s.user_agent
  ), opened as (
    insert into sessions (id, account_id, epoch, created_at, expires_at, authenticated_at, methods,
      last_used_at, ip, user_agent)
    select s.id, e.account_id, e.epoch, e.created_at, e.expires_at, s.authenticated_at, s.methods,
      s.now, s.ip, coalesce(s.user_agent, e.user_agent)
    from ended e, given_session s
    returning id
  ), first_token as (
    insert into refresh_tokens (hash, session_id, issued_at)
    select decode(s.refresh_hash, 'hex'), s.id, s.now from ended, given_session s
  )`;

export const sessionJson = (
  session: NewSession | undefined,
  { ip, userAgent }: Circumstances,
  now: Date,
): string =>
  JSON.stringify(
    session
      ? [
          {
            id: session.id,
            refresh_hash: session.refreshHash,
            expires_at: session.expiresAt.toISOString(),
            authenticated_at: session.authenticatedAt.toISOString(),
            methods: session.methods,
            now: now.toISOString(),
            ip,
            user_agent: userAgent,
          },
        ]
      : [],
  );

/**
 * Stores the challenge of parameter `$<parameter>` (a list of none or one, from `challengeJson`)
 * for the account in `from`, in place of the one before. No row: the mails of the hour are spent, the
 * last one went out just now, or too many codes were wrong.
 */
export const insertChallengeSql = (
  parameter: number,
  from: string,
  coolDownSeconds = 0,
): string => `
  insert into challenges as c
    (account_id, purpose, id, secret_hash, expires_at, attempts_left, address, requested_at)
  select a.id, n.purpose, n.id, decode(n.secret_hash, 'hex'), n.expires_at, n.attempts_left,
    n.address, array[n.now]
  from ${from} a, jsonb_to_recordset($${parameter}::jsonb) as n (purpose text, id uuid,
    secret_hash text, expires_at timestamptz, attempts_left integer, address text, now timestamptz)
  on conflict (account_id, purpose) do update set
    id = excluded.id, secret_hash = excluded.secret_hash, expires_at = excluded.expires_at,
    attempts_left = excluded.attempts_left, address = excluded.address, used_at = null,
    requested_at = (c.requested_at || excluded.requested_at)
      [greatest(1, cardinality(c.requested_at) + 2 - ${mailsAnHour}):]
    where c.misses < ${missesMax} and (cardinality(c.requested_at) < ${mailsAnHour}
      or c.requested_at[1] <= excluded.requested_at[1] - interval '1 hour')
      and c.requested_at[cardinality(c.requested_at)]
        <= excluded.requested_at[1] - interval '${coolDownSeconds} seconds'
  returning c.id`;

export const challengeJson = (challenge: NewChallenge | undefined, now: Date): string =>
  JSON.stringify(
    challenge
      ? [
          {
            purpose: challenge.purpose,
            id: challenge.id,
            secret_hash: challenge.secretHash,
            expires_at: challenge.expiresAt.toISOString(),
            attempts_left: challengeRules[challenge.purpose].tries,
            address: challenge.address ?? null,
            now: now.toISOString(),
          },
        ]
      : [],
  );
