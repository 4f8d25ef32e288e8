import type { Client } from 'pg';
import type { CapturedMail } from '#shared/platform/captured-mail.ts';
import type { Files } from '#shared/platform/files.ts';
import {
  clearDemo,
  countDemo,
  noteSimulatedOrder,
  type ClearedBy,
  type ClearOutcome,
  type DemoThere,
} from './clear/clear-demo.ts';
import type { Heads } from './clear/reseal.ts';

/** The example of this shop, for who may take it away. */
export type DemoData = Readonly<{
  /** What it brought; undefined where none is there, or none that can be told from the shop's own. */
  count: () => Promise<DemoThere | undefined>;
  /** Whether it is being made now: nothing of it is in the shop before its last step. */
  isBeingFilled: () => Promise<boolean>;
  clear: (by: ClearedBy, heads: Heads) => Promise<ClearOutcome>;
  /**
   * Ends what a clearing could not do in its transaction; `archive` takes a product off sale by the
   * shop's own rules. What a crash left undone is done the next time.
   */
  finish: (archive: (productId: string) => Promise<void>) => Promise<void>;
  /** An order that was made to be watched goes with the example that it is of. */
  noteOrder: (orderId: string) => Promise<void>;
}>;

/** Who fills the shop holds this lock from beginning to end, in a process of its own. */
const isBeingFilledSql = `
  select exists (
    select from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database()
    where l.locktype = 'advisory' and l.granted
      and (l.classid::bigint << 32 | l.objid::bigint) = hashtext('plaza demo')::bigint
  ) as is_being_filled`;

type Unfinished = Readonly<{ kind: 'file' | 'mail' | 'product'; name: string }>;

/** Over the database of an installation whose owner is at hand: `connect` is as the owner. */
export const createDemoData = (
  options: Readonly<{
    connect: () => Promise<Client>;
    contexts: readonly string[];
    files: Files;
    mailbox: CapturedMail | undefined;
    /** Right after the rows are gone: whoever remembers any has to forget them. */
    onCleared: () => Promise<void>;
  }>,
): DemoData => {
  const { connect, contexts, files, mailbox, onCleared } = options;
  const withClient = async <Done>(work: (client: Client) => Promise<Done>): Promise<Done> => {
    const client = await connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };

  return {
    count: () => withClient(countDemo),
    isBeingFilled: () =>
      withClient(async (client) => {
        const { rows } = await client.query<{ is_being_filled: boolean }>(isBeingFilledSql);
        return rows[0]!.is_being_filled;
      }),
    clear: async (by, heads) => {
      const result = await withClient((client) => clearDemo({ client, contexts, by, heads }));
      if (result.outcome === 'cleared') await onCleared();
      return result;
    },
    finish: (archive) =>
      withClient(async (client) => {
        const { rows: known } = await client.query<{ is_there: boolean }>(
          `select to_regclass('demo.unfinished') is not null as is_there`,
        );
        if (!known[0]!.is_there) return;
        const { rows } = await client.query<Unfinished>('select kind, name from demo.unfinished');
        for (const { kind, name } of rows) {
          if (kind === 'product') await archive(name);
          else if (kind === 'file') await files.delete(name);
          else await mailbox?.remove(name);
          await client.query('delete from demo.unfinished where kind = $1 and name = $2', [
            kind,
            name,
          ]);
        }
      }),
    noteOrder: (orderId) => withClient((client) => noteSimulatedOrder(client, orderId)),
  };
};
