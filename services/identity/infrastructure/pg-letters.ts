import type { Delivery } from '#shared/kernel/trace.ts';
import { createBatching } from '#shared/platform/gather.ts';
import type { Platform } from '#shared/platform/module.ts';
import type { Letter, Letters } from '../application/ports.ts';
import type { Language } from '../domain/account.ts';
import type { ChallengePurpose } from '../domain/challenge.ts';

/** The deadline kind of mails that were taken and are not known to be out. */
export const letterDeadline = 'send-letter';

const letterColumns = `c.id as challenge_id, c.purpose, c.expires_at, coalesce(c.address, a.email) as email, a.username, a.full_name,
  a.language, encode(c.secret_hash, 'hex') as secret_hash`;
const isWantedAt = (at: string): string => `c.used_at is null and c.expires_at > ${at}`;

/** $1 to $4 are challenges, moments, consumers and messages, at the same places. Each is looked up by its key. */
const takeLettersSql = `
  with given as (
    select * from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::uuid[])
      as g (challenge_id, at, taken_by, message_id)
  ), letter as (
    select l.*, given.at from given join take_messages($3, $4) using (taken_by, message_id)
    cross join lateral (
      select ${letterColumns} from challenges c join accounts a on a.id = c.account_id
      where c.id = given.challenge_id and ${isWantedAt('given.at')} offset 0
    ) l
  ), timer as (
    insert into deadlines (kind, key, due_at)
    select '${letterDeadline}', challenge_id::text, at + interval '1 minute' from letter
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
  secret_hash: string | null;
}>;

/** `at` is the moment of whoever asked, not that of the batch. */
type Taken = Readonly<{ challengeId: string; delivery: Delivery; at: Date }>;

/** Somebody waits for a code, but not that closely: what comes within this long is taken together. */
const together = { everyMs: 30, max: 8 } as const;

const toLetter = (row: LetterRow | undefined): Letter | undefined =>
  row && {
    challengeId: row.challenge_id,
    purpose: row.purpose,
    email: row.email,
    username: row.username,
    fullName: row.full_name,
    language: row.language,
    secretHash: row.secret_hash,
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
  const take = createBatching<Taken, Letter | undefined>({
    ...together,
    async write(items) {
      const { rows } = await pool.query<LetterRow>({
        name: 'letter-take',
        text: takeLettersSql,
        values: [
          items.map(({ challengeId }) => challengeId),
          items.map(({ at }) => at),
          items.map(({ delivery }) => delivery.consumer),
          items.map(({ delivery }) => delivery.messageId),
        ],
      });
      const byId = new Map(rows.map((row) => [row.challenge_id, row]));
      return items.map(({ challengeId }) => {
        const row = byId.get(challengeId);
        byId.delete(challengeId); // The same message twice in one batch sends once.
        return toLetter(row);
      });
    },
  });
  return {
    take: (challengeId, delivery) => take({ challengeId, delivery, at: clock() }),

    async find(challengeId) {
      const { rows } = await pool.query<LetterRow>({
        name: 'letter',
        text: `select ${letterColumns} from challenges c join accounts a on a.id = c.account_id
          where c.id = $1 and ${isWantedAt('$2')}`,
        values: [challengeId, clock()],
      });
      return toLetter(rows[0]);
    },

    done: (challengeId) => done.add(challengeId),
  };
};
