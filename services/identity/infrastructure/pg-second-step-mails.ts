import { limitKeyOf } from '#shared/http/client-address.ts';
import { insertIntoOutboxSql, toOutbox } from '#shared/messaging/outbox.ts';
import { codeRequested } from '../application/published-events.ts';
import type { SecondSteps } from '../application/second-factor-ports.ts';
import { secondStepRules } from '../domain/second-factors.ts';
import type { WriteOptions } from './account-writes.ts';
import { challengeJson, historyJson, insertChallengeSql, insertHistorySql } from './rows.ts';

const { mailsAnHourByAddress, mailEverySeconds } = secondStepRules;

/**
 * Counts a mail with a code or a link for the network address $<parameter>, when `from` has a row; none
 * comes back when the mails of its hour are spent. $<now> is now.
 */
export const countMailSql = (parameter: number, from: string, now = 2): string => `
  insert into mailed_codes as m (address, mailed_at)
  select $${parameter}, array[$${now}::timestamptz] from ${from}
  on conflict (address) do update set
    mailed_at = (m.mailed_at || excluded.mailed_at)
      [greatest(1, cardinality(m.mailed_at) + 2 - ${mailsAnHourByAddress}):]
    where cardinality(m.mailed_at) < ${mailsAnHourByAddress}
      or m.mailed_at[1] <= excluded.mailed_at[1] - interval '1 hour'
  returning 1`;

/** $1 the step, $3 the mail, $4 the address of the network, $5 challenge, $6 message, $7 history. */
const mailSql = `
  with open_step as (
    select s.account_id as id, s.mailed_at from second_steps s join accounts a on a.id = s.account_id
    where s.id_hash = decode($1, 'hex') and s.used_at is null and s.expires_at > $2
      and s.attempts_left > 0 and s.epoch = a.session_epoch and a.status <> 'deactivated'
      and a.second_factors @> '[{"kind": "email"}]'
    for update of s
  ), ready as (
    select id from open_step
    where mailed_at is null or mailed_at <= $2::timestamptz - interval '${mailEverySeconds} seconds'
  ), counted as (${countMailSql(4, 'ready')}),
  allowed as (select ready.id from ready, counted),
  mailed as (${insertChallengeSql(5, 'allowed')}),
  queued as (${insertIntoOutboxSql(6, 'mailed')}),
  noted as (
    update second_steps s set mail_id = $3, mailed_at = $2 from allowed, mailed
    where s.account_id = allowed.id
  ), recorded as (${insertHistorySql(7)})
  select exists (select from open_step) as is_open, exists (select from mailed) as is_mailed`;

export const createPgSecondStepMails = ({
  pool,
  clock,
  newId,
  wakeOutbox,
}: WriteOptions): Pick<SecondSteps, 'mail'> => ({
  async mail(idHash, mail, by) {
    const now = clock();
    const message = { id: newId(), ...codeRequested(mail.id) };
    const { rows } = await pool.query<{ is_open: boolean; is_mailed: boolean }>({
      name: 'second-step-mail',
      text: mailSql,
      values: [
        idHash,
        now,
        mail.id,
        limitKeyOf(by.ip),
        challengeJson(mail, now),
        JSON.stringify(toOutbox([message], by.trace, now)),
        historyJson(null, [{ type: 'MailRequested', detail: mail.purpose }], by, now),
      ],
    });
    const { is_open: isOpen, is_mailed: isMailed } = rows[0]!;
    if (!isMailed) return isOpen ? 'too_many' : 'not_open';
    wakeOutbox();
    return 'mailed';
  },
});
