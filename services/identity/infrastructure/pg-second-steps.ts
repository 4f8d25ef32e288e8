import { limitKeyOf } from '#shared/http/client-address.ts';
import { insertIntoOutboxSql, toOutbox } from '#shared/messaging/outbox.ts';
import { codeRequested } from '../application/published-events.ts';
import type { NewSecondStep, SecondStep, SecondSteps } from '../application/second-factor-ports.ts';
import type { Circumstances } from '../application/ports.ts';
import { secondStepRules } from '../domain/second-factors.ts';
import type { WriteOptions } from './account-writes.ts';
import { createPgPassSecondStep } from './pg-pass-second-step.ts';
import { countMailSql, createPgSecondStepMails } from './pg-second-step-mails.ts';
import {
  accountColumns,
  challengeJson,
  historyJson,
  insertChallengeSql,
  insertHistorySql,
  isLivingSql,
  isSamePasswordSql,
  toAccount,
  type AccountRow,
} from './rows.ts';

const { tries, missesMax } = secondStepRules;

/** `found` has the account that may begin: its id, epoch, and the session of a step-up. */
const beginSql = (purpose: SecondStep['purpose'], found: string): string => `
  with ${found}, begun as (
    insert into second_steps as s (account_id, id_hash, purpose, session_id, epoch, began_at,
      expires_at, attempts_left, mail_id, mailed_at, ip, user_agent)
    select id, decode($3, 'hex'), '${purpose}', session_id, session_epoch, $2, $4, ${tries},
      $5::uuid, case when $5::uuid is null then null else $2::timestamptz end, $6, $7
    from found
    on conflict (account_id) do update set
      id_hash = excluded.id_hash, purpose = excluded.purpose, session_id = excluded.session_id,
      epoch = excluded.epoch, began_at = excluded.began_at, expires_at = excluded.expires_at,
      attempts_left = least(${tries}, greatest(0, ${missesMax} - s.misses)), used_at = null,
      mail_id = excluded.mail_id, mailed_at = excluded.mailed_at, ip = excluded.ip,
      user_agent = excluded.user_agent
    returning account_id as id
  ), mailing as (select id from begun where $5::uuid is not null),
  counted as (${countMailSql(8, 'mailing')}),
  allowed as (select mailing.id from mailing, counted),
  mailed as (${insertChallengeSql(9, 'allowed')}),
  queued as (${insertIntoOutboxSql(10, 'mailed')}),
  recorded as (${insertHistorySql(11, 'begun')})
  select exists (select from begun) as is_begun, exists (select from mailed) as is_mailed`;

const beginSignInSql = beginSql(
  'sign_in',
  `found as (
    select id, session_epoch, null::uuid as session_id from accounts
    where id = $1 and ${isSamePasswordSql(12, 14)} and status <> 'deactivated' and second_factors <> '[]'
      and not exists (
        select from sign_in_tries where tries_key = decode($13, 'hex') and locked_until > $2
      )
  ), forgiven as (
    delete from sign_in_tries where tries_key = decode($13, 'hex') and exists (select from found)
  )`,
);

const beginStepUpSql = beginSql(
  'step_up',
  `found as (
    select a.id, a.session_epoch, s.id as session_id
    from accounts a join sessions s on s.account_id = a.id and s.epoch = a.session_epoch
    where a.id = $1 and a.status <> 'deactivated' and a.second_factors <> '[]'
      and s.id = $12 and ${isLivingSql(2)}
  )`,
);

const findSql = `
  select s.purpose, s.session_id, s.mail_id, t.id as totp_id, t.secret,
    t.last_step::integer as last_step, ${accountColumns('a')}
  from second_steps s join accounts a on a.id = s.account_id
  left join totp_secrets t on t.account_id = s.account_id and t.confirmed_at is not null
  where s.id_hash = decode($1, 'hex') and s.used_at is null and s.expires_at > $2
    and s.epoch = a.session_epoch and a.status <> 'deactivated'`;

type StepRow = AccountRow &
  Readonly<{
    purpose: SecondStep['purpose'];
    session_id: string | null;
    mail_id: string | null;
    totp_id: string | null;
    secret: Buffer;
    last_step: number;
  }>;

const toStep = (idHash: string, row: StepRow): SecondStep => ({
  idHash,
  purpose: row.purpose,
  sessionId: row.session_id,
  mailId: row.mail_id,
  account: toAccount(row),
  totp:
    row.totp_id === null
      ? undefined
      : { id: row.totp_id, sealed: row.secret, lastStep: row.last_step },
});

/** The history row is written for steps that do not exist too: both cost one commit. */
const countMissSql = `
  with missed as (
    update second_steps set attempts_left = attempts_left - 1, misses = misses + 1
    where id_hash = decode($1, 'hex') and used_at is null and attempts_left > 0
  )
  ${insertHistorySql(2)}`;

export const createPgSecondSteps = (options: WriteOptions): SecondSteps => {
  const { pool, clock, newId, wakeOutbox } = options;

  /** The values of `beginSql`, $1 to $11. */
  const beginValues = (
    accountId: string,
    step: NewSecondStep,
    by: Circumstances,
    now: Date,
  ): readonly unknown[] => {
    const letter = step.mail ? [{ id: newId(), ...codeRequested(step.mail.id) }] : [];
    return [
      accountId,
      now,
      step.idHash,
      step.expiresAt,
      step.mail?.id ?? null,
      by.ip,
      by.userAgent,
      limitKeyOf(by.ip),
      challengeJson(step.mail, now),
      JSON.stringify(toOutbox(letter, by.trace, now)),
      historyJson(accountId, [{ type: 'SecondStepAsked' }], by, now),
    ];
  };
  const begin = async (name: string, text: string, values: readonly unknown[]) => {
    const query = { name, text, values: [...values] };
    const { rows } = await pool.query<{ is_begun: boolean; is_mailed: boolean }>(query);
    if (rows[0]!.is_mailed) wakeOutbox();
    return rows[0]!.is_begun;
  };

  return {
    ...createPgPassSecondStep(options),
    ...createPgSecondStepMails(options),

    beginSignIn: (account, triesKey, step, by) =>
      begin('second-step-begin', beginSignInSql, [
        ...beginValues(account.id, step, by, clock()),
        account.passwordHash,
        triesKey,
        account.sessionEpoch,
      ]),

    beginStepUp: (account, sessionId, step, by) =>
      begin('step-up-begin', beginStepUpSql, [
        ...beginValues(account.id, step, by, clock()),
        sessionId,
      ]),

    async find(idHash) {
      const query = { name: 'second-step', text: findSql, values: [idHash, clock()] };
      const [row] = (await pool.query<StepRow>(query)).rows;
      return row && toStep(idHash, row);
    },

    async countMiss(idHash, method, accountId, by) {
      const entry = { type: 'SecondStepFailed', detail: method };
      const values = [idHash, historyJson(accountId, [entry], by, clock())];
      await pool.query({ name: 'second-step-missed', text: countMissSql, values });
    },
  };
};
