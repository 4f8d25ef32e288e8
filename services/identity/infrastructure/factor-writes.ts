import type { Account, AccountEvent } from '../domain/account.ts';
import type { Effects } from '../application/ports.ts';

/** What a change of second factors adds to the statement of `pg-change-account.ts`. */
export type FactorSql = Readonly<{ proofs: string; condition: string; writes: string }>;

/**
 * $26, $27 the app's secret to confirm and the step of its code; $28 the challenge that a passkey
 * signed, $29 the passkey (a list of none or one); $30 factors that go; $31 recovery codes: none
 * given leaves those that are there, an empty list takes them away.
 */
export const factorSql: FactorSql = {
  proofs: `
  confirmed as (
    update totp_secrets t set confirmed_at = $11, last_step = $27 from locked
    where t.account_id = locked.id and t.id = $26::uuid and t.confirmed_at is null
    returning t.account_id
  ), spent as (
    update passkey_challenges c set used_at = $11 from locked
    where c.hash = decode($28, 'hex') and c.purpose = 'register' and c.account_id = locked.id
      and c.used_at is null and c.expires_at > $11
    returning c.account_id
  ),`,
  condition: `and ($26::uuid is null or exists (select from confirmed))
      and ($28::text is null or exists (select from spent))`,
  writes: `
  passkey_added as (
    insert into passkeys (id, account_id, credential_id, public_key, counter, transports, name,
      is_synced, created_at)
    select p.id, saved.id, decode(p.credential_id, 'hex'), decode(p.public_key, 'hex'), p.counter,
      p.transports, p.name, p.is_synced, $11
    from saved, jsonb_to_recordset($29::jsonb) as p (id uuid, credential_id text, public_key text,
      counter bigint, transports text[], name text, is_synced boolean)
  ), totp_gone as (
    delete from totp_secrets t using saved where t.account_id = saved.id and t.id = any($30::uuid[])
  ), passkeys_gone as (
    delete from passkeys p using saved where p.account_id = saved.id and p.id = any($30::uuid[])
  ), codes_gone as (
    delete from recovery_codes r using saved
    where r.account_id = saved.id and $31::text[] is not null
  ), codes_made as (
    insert into recovery_codes (account_id, hash)
    select saved.id, decode(code_hash, 'hex') from saved, unnest($31::text[]) as code_hash
  ),`,
};

const passkeyJson = ({ factor }: Effects): string =>
  JSON.stringify(
    factor?.kind === 'passkey'
      ? [
          {
            id: factor.id,
            credential_id: factor.passkey.credentialId.toString('hex'),
            public_key: factor.passkey.publicKey.toString('hex'),
            counter: factor.passkey.counter,
            transports: factor.passkey.transports,
            name: factor.passkey.name,
            is_synced: factor.passkey.isSynced,
          },
        ]
      : [],
  );

/** Recovery codes go with the last factor, and are made when the events say so. */
const codeHashes = (
  after: Account,
  events: readonly AccountEvent[],
  { recoveryHashes = [] }: Effects,
): readonly string[] | null => {
  if (events.some(({ type }) => type === 'RecoveryCodesMade')) return recoveryHashes;
  return after.secondFactors.length === 0 ? [] : null;
};

/** The values of `factorSql`; undefined when the events say nothing of factors. */
export const factorValues = (
  after: Account,
  events: readonly AccountEvent[],
  effects: Effects,
): readonly unknown[] | undefined => {
  const isAbout = events.some((event) => 'factor' in event || event.type === 'RecoveryCodesMade');
  if (!isAbout) return undefined;
  const { factor } = effects;
  const gone = events.flatMap((event) =>
    event.type === 'SecondFactorDisabled' ? [event.factor.id] : [],
  );
  return [
    factor?.kind === 'totp' ? factor.id : null,
    factor?.kind === 'totp' ? factor.step : null,
    factor?.kind === 'passkey' ? factor.challengeHash : null,
    passkeyJson(effects),
    gone,
    codeHashes(after, events, effects),
  ];
};
