import type { Platform } from '#shared/platform/module.ts';
import type { Letter, Letters } from '../application/ports.ts';
import type { Language } from '../domain/account.ts';
import type { ChallengePurpose } from '../domain/challenge.ts';

/** The deadline kind of mails that were taken and are not known to be out. */
export const letterDeadline = 'send-letter';

const letterColumns = `c.id as challenge_id, c.purpose, c.expires_at, a.email, a.username, a.full_name,
  a.language`;
const isWantedSql = `c.used_at is null and c.expires_at > $2`;

const takeLetterSql = `
  with taken as (
    select where take_message($3, $4)
  ), letter as (
    select ${letterColumns} from taken, challenges c join accounts a on a.id = c.account_id
    where c.id = $1 and ${isWantedSql}
  ), timer as (
    insert into deadlines (kind, key, due_at)
    select '${letterDeadline}', $1::text, $2::timestamptz + interval '1 minute' from letter
    on conflict (kind, key) do nothing
  )
  select * from letter`;

const doneSql = `delete from deadlines where kind = '${letterDeadline}' and key = any($1::text[])`;

type LetterRow = Readonly<{
  challenge_id: string;
  purpose: ChallengePurpose;
  expires_at: Date;
  email: string;
  username: string;
  full_name: string | null;
  language: Language;
}>;

const toLetter = (row: LetterRow | undefined): Letter | undefined =>
  row && {
    challengeId: row.challenge_id,
    purpose: row.purpose,
    email: row.email,
    username: row.username,
    fullName: row.full_name,
    language: row.language,
    expiresAt: row.expires_at,
  };

export const createPgLetters = ({
  pool,
  clock,
  gather,
}: Pick<Platform, 'pool' | 'clock' | 'gather'>): Letters => {
  const done = gather<string>(async (challengeIds) => {
    await pool.query({ name: 'letters-done', text: doneSql, values: [challengeIds] });
  });
  return {
    async take(challengeId, { consumer, messageId }) {
      const { rows } = await pool.query<LetterRow>({
        name: 'letter-take',
        text: takeLetterSql,
        values: [challengeId, clock(), consumer, messageId],
      });
      return toLetter(rows[0]);
    },

    async find(challengeId) {
      const { rows } = await pool.query<LetterRow>({
        name: 'letter',
        text: `select ${letterColumns} from challenges c join accounts a on a.id = c.account_id
          where c.id = $1 and ${isWantedSql}`,
        values: [challengeId, clock()],
      });
      return toLetter(rows[0]);
    },

    done: (challengeId) => done.add(challengeId),
  };
};
