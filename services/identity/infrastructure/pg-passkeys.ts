import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { KnownCredential, Passkeys } from '../application/second-factor-ports.ts';
import {
  accountColumns,
  historyJson,
  insertHistorySql,
  openSessionSql,
  sessionJson,
  toAccount,
  type AccountRow,
} from './rows.ts';

/**
 * Moves the counter of a passkey of the account in `account`, once its challenge in `challenge` was
 * used up: forward, or from zero to zero for those that do not count.
 */
export const usePasskeySql = (
  of: Readonly<{
    passkey: number;
    counter: number;
    now: number;
    account: string;
    challenge: string;
  }>,
): string => `
  update passkeys p set counter = $${of.counter}::bigint, last_used_at = $${of.now}
  from ${of.account} holder, ${of.challenge}
  where p.id = $${of.passkey}::uuid and p.account_id = holder.account_id
    and (p.counter < $${of.counter} or (p.counter = 0 and $${of.counter} = 0))
  returning p.account_id`;

const beginSignInSql = `
  insert into passkey_challenges (hash, purpose, expires_at)
  values (decode($1, 'hex'), 'sign_in', $2)`;

const knownSql = `coalesce((
    select jsonb_agg(jsonb_build_object('id', encode(p.credential_id, 'hex'),
      'transports', to_jsonb(p.transports)))
    from passkeys p where p.account_id = a.id
  ), '[]') as known`;

const beginRegistrationSql = `
  with made as (
    insert into passkey_challenges (hash, purpose, account_id, expires_at)
    select decode($2, 'hex'), 'register', id, $3 from accounts where id = $1
  )
  select ${accountColumns('a')}, ${knownSql} from accounts a where a.id = $1`;

const beginSecondStepSql = `
  with waiting as (
    select s.account_id from second_steps s join accounts a on a.id = s.account_id
    where s.id_hash = decode($1, 'hex') and s.used_at is null and s.expires_at > $4
      and s.epoch = a.session_epoch and a.status <> 'deactivated'
      and a.second_factors @> '[{"kind": "passkey"}]'
  ), made as (
    insert into passkey_challenges (hash, purpose, account_id, expires_at)
    select decode($2, 'hex'), 'second_step', account_id, $3 from waiting
  )
  select ${knownSql} from waiting join accounts a on a.id = waiting.account_id`;

const findRegistrationSql = `
  select ${accountColumns('a')}, exists (
    select from passkey_challenges c where c.hash = decode($2, 'hex') and c.purpose = 'register'
      and c.account_id = a.id and c.used_at is null and c.expires_at > $3
  ) as is_open
  from accounts a where a.id = $1`;

const findSql = `
  select p.id as passkey_id, p.credential_id, p.public_key, p.counter::float8 as counter,
    ${accountColumns('a')}
  from passkeys p join accounts a on a.id = p.account_id
  where p.credential_id = $1 and a.status <> 'deactivated'`;

const signInSql = `
  with spent as (
    update passkey_challenges set used_at = $3
    where hash = decode($1, 'hex') and purpose = 'sign_in' and used_at is null and expires_at > $3
    returning hash
  ), holder as (
    select id as account_id, session_epoch from accounts
    where id = $2 and session_epoch = $6 and status <> 'deactivated'
  ), proven as (${usePasskeySql({ passkey: 7, counter: 8, now: 3, account: 'holder', challenge: 'spent' })}),
  found as (select proven.account_id as id, session_epoch from proven, holder),
  ${openSessionSql(4, 'found')}, recorded as (${insertHistorySql(5, 'found')})
  select id from found`;

type KnownRow = Readonly<{ known: readonly Readonly<{ id: string; transports: string[] }>[] }>;
type PasskeyRow = AccountRow &
  Readonly<{ passkey_id: string; credential_id: Buffer; public_key: Buffer; counter: number }>;

const toKnown = ({ known }: KnownRow): readonly KnownCredential[] =>
  known.map(({ id, transports }) => ({ credentialId: Buffer.from(id, 'hex'), transports }));

export const createPgPasskeys = (options: Readonly<{ pool: Pool; clock: Clock }>): Passkeys => {
  const { pool, clock } = options;
  return {
    async beginSignIn(challengeHash, expiresAt) {
      const values = [challengeHash, expiresAt];
      await pool.query({ name: 'passkey-sign-in-begin', text: beginSignInSql, values });
    },

    async beginRegistration(accountId, challengeHash, expiresAt) {
      const { rows } = await pool.query<AccountRow & KnownRow>({
        name: 'passkey-register-begin',
        text: beginRegistrationSql,
        values: [accountId, challengeHash, expiresAt],
      });
      return rows[0] && { account: toAccount(rows[0]), known: toKnown(rows[0]) };
    },

    async beginSecondStep(stepHash, challengeHash, expiresAt) {
      const { rows } = await pool.query<KnownRow>({
        name: 'passkey-step-begin',
        text: beginSecondStepSql,
        values: [stepHash, challengeHash, expiresAt, clock()],
      });
      return rows[0] && toKnown(rows[0]);
    },

    async findRegistration(accountId, challengeHash) {
      const { rows } = await pool.query<AccountRow & { is_open: boolean }>({
        name: 'passkey-registration',
        text: findRegistrationSql,
        values: [accountId, challengeHash, clock()],
      });
      return rows[0] && { account: toAccount(rows[0]), isOpen: rows[0].is_open };
    },

    async find(credentialId) {
      const query = { name: 'passkey', text: findSql, values: [credentialId] };
      const [row] = (await pool.query<PasskeyRow>(query)).rows;
      if (!row) return undefined;
      const { passkey_id: id, credential_id: known, public_key: publicKey, counter } = row;
      return { account: toAccount(row), passkey: { id, credentialId: known, publicKey, counter } };
    },

    async signIn(proof, account, session, by) {
      const now = clock();
      const history = [{ type: 'LoggedIn', detail: session.methods.join(' ') }];
      const { rowCount } = await pool.query({
        name: 'passkey-sign-in',
        text: signInSql,
        values: [
          proof.challengeHash,
          account.id,
          now,
          sessionJson(session, by, now),
          historyJson(account.id, history, by, now),
          account.sessionEpoch,
          proof.passkeyId,
          proof.counter,
        ],
      });
      return rowCount === 1;
    },

    async noteRefusal(why, accountId, by) {
      const type = why === 'copied' ? 'PasskeyCopied' : 'PasskeyRefused';
      const values = [historyJson(accountId, [{ type }], by, clock())];
      await pool.query({ name: 'passkey-refused', text: insertHistorySql(1), values });
    },
  };
};
