import type { Pool } from 'pg';
import type { HeldData } from '#shared/personal-data/personal-data.ts';
import type { Mail } from '#shared/platform/mail.ts';

/** What notifications holds of people: how they are written to, and what they were told. */
export const notificationsHeldData = ({
  pool,
  mail,
}: Readonly<{ pool: Pool; mail: Mail }>): HeldData => ({
  sections: [
    { name: 'recipient', sql: `select to_jsonb(r) from recipients r where account_id = $1` },
    {
      name: 'notices',
      sql: `select to_jsonb(n) from notifications n where recipient_id = $1 order by created_at, id`,
    },
    { name: 'preferences', sql: `select to_jsonb(p) from preferences p where account_id = $1` },
  ],
  async forget(accountId) {
    const { rows } = await pool.query<{ email: string }>({
      name: 'forget-recipient',
      text: 'select email from recipients where account_id = $1',
      values: [accountId],
    });
    const forgetMails = async (): Promise<void> => {
      for (const { email } of rows) await mail.forget?.(email);
    };
    await forgetMails();
    // Again when the row is gone: a mail may have been on its way.
    return forgetMails;
  },
});
