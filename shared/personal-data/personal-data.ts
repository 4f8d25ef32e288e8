import { insertIntoOutboxSql, toOutbox } from '../messaging/outbox.ts';
import { reaction, type Contract, type Message, type Reaction } from '../messaging/message.ts';
import { deliveryOf } from '../messaging/subscribe.ts';
import type { ContextName, Platform } from '../platform/module.ts';
import { writeExportPart, type ExportSection } from './export-part.ts';

/** What a context holds of people, and how it forgets it. */
export type HeldData = Readonly<{
  sections: readonly ExportSection[];
  /** Files of the account beside the rows; `path` is their place in the archive. */
  files?: (accountId: string) => Promise<readonly Readonly<{ path: string; name: string }>[]>;
  /**
   * Removes what is no row, such as files and captured mails, before the rows that name it go and again
   * after that. Answers what does the second half, which has to know what the rows said.
   */
  forget?: (accountId: string) => Promise<() => Promise<void>>;
}>;

type Requested = Readonly<{ exportId: string; accountId: string }>;
type Erased = Readonly<{ erasureId: string; accountId: string }>;

type Options = Readonly<{
  platform: Pick<Platform, 'pool' | 'files' | 'clock' | 'newId' | 'wakeOutbox'>;
  context: ContextName;
  /** `users.export-requested.v1` and `identity.account-erased.v1`. */
  contracts: Readonly<{ exportRequested: Contract; accountErased: Contract }>;
  held: HeldData;
}>;

const exporter = 'write-export-part-when-requested';
const eraser = 'erase-data-when-account-erased';

const tellSql = `
  with taken as (select 1 as one where take_message($1, $2))
  ${insertIntoOutboxSql(3, 'taken', true)}`;

/** $1, $2 consumer and message; $3 the account; $4 now; $5 the confirmation. In 0003_erasure.sql of messaging. */
const eraseSql = 'select finish_erasure($1, $2, $3, $4, $5) as is_first';

/**
 * The two answers that every context owes a person: its part of their export, and oblivion. The rows
 * are erased by the context's own SQL function `erase_account_data(account_id)`, together with what
 * messages say of the account and with the confirmation, in one transaction.
 */
export const personalDataReactions = (options: Options): readonly Reaction[] => {
  const { platform, context, contracts, held } = options;
  const { pool, clock, newId, wakeOutbox } = platform;
  const messageOf = (cause: Message, type: string, subject: string, data: object) => {
    const event = { id: newId(), type: `${context}.${type}`, subject, aggregateVersion: 1, data };
    return toOutbox([event], deliveryOf('', cause).trace, clock());
  };

  const makePart = async (message: Message<Requested>): Promise<void> => {
    const { exportId, accountId } = message.data;
    const kept = (await held.files?.(accountId)) ?? [];
    const part = await writeExportPart(
      { ...platform, context },
      { exportId, accountId, sections: held.sections, kept },
    );
    const data = { exportId, accountId, ...part, madeAt: clock().toISOString() };
    const outbox = messageOf(message, 'export-part-made.v1', exportId, data);
    const { rowCount } = await pool.query({
      name: 'export-part-made',
      text: tellSql,
      values: [exporter, message.id, JSON.stringify(outbox)],
    });
    if (rowCount === 1) wakeOutbox(outbox);
  };

  const erase = async (message: Message<Erased>): Promise<void> => {
    const { erasureId, accountId } = message.data;
    const now = clock();
    const forgetRest = await held.forget?.(accountId);
    const data = { erasureId, accountId, erasedAt: now.toISOString() };
    const outbox = messageOf(message, 'personal-data-erased.v1', erasureId, data);
    const { rows } = await pool.query<{ is_first: boolean }>({
      name: 'finish-erasure',
      text: eraseSql,
      values: [eraser, message.id, accountId, now, JSON.stringify(outbox)],
    });
    await forgetRest?.();
    if (rows[0]!.is_first) wakeOutbox(outbox);
  };

  return [
    reaction(exporter, contracts.exportRequested, (message) =>
      makePart(message as Message<never> as Message<Requested>),
    ),
    reaction(eraser, contracts.accountErased, (message) =>
      erase(message as Message<never> as Message<Erased>),
    ),
  ];
};
