import type { Pool } from 'pg';
import type { Message, Reaction } from './message.ts';
import { checked } from './subscribe.ts';

export type DeadLetter = Readonly<{
  id: string;
  context: string;
  consumer: string;
  message: Message;
  error: string;
  attempts: number;
  died_at: string;
  replayed_at: string | null;
}>;

export interface DeadLetters {
  /** The newest first; those already replayed only when asked for. */
  list(
    options: Readonly<{ limit: number; withReplayed?: boolean }>,
  ): Promise<readonly DeadLetter[]>;
  /**
   * Hands one dead letter to its consumer again. Answers `not_found`, or `taken`, or the error text
   * of the consumer, which then stays in the list.
   */
  replay(id: string): Promise<'taken' | 'not_found' | Readonly<{ error: string }>>;
}

const columns = 'id, consumer, message, error, attempts, died_at, replayed_at';

export const createDeadLetters = (
  options: Readonly<{ pool: Pool; context: string; reactions: readonly Reaction[] }>,
): DeadLetters => {
  const { pool, context, reactions } = options;
  return {
    async list({ limit, withReplayed = false }) {
      const { rows } = await pool.query<DeadLetter>(
        `select ${columns} from dead_letters where $1 or replayed_at is null
         order by died_at desc, id desc limit $2`,
        [withReplayed, limit],
      );
      return rows.map((row) => ({ ...row, context }));
    },
    async replay(id) {
      const { rows } = await pool.query<DeadLetter>(
        `select ${columns} from dead_letters where id = $1`,
        [id],
      );
      const [letter] = rows;
      const reaction = reactions.find(({ name }) => name === letter?.consumer);
      if (!letter || !reaction) return 'not_found';
      try {
        await checked(reaction).handle(letter.message as Message<never>);
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        await pool.query(
          'update dead_letters set attempts = attempts + 1, error = $2 where id = $1',
          [id, text.slice(0, 2_000)],
        );
        return { error: text };
      }
      await pool.query('update dead_letters set replayed_at = now() where id = $1', [id]);
      return 'taken';
    },
  };
};
