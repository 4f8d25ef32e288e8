import type { Trace } from '#shared/kernel/trace.ts';

/** Why stock or a product changed, as the SQL functions take it. */
export type SqlCause = Readonly<{
  kind: string;
  reason?: string | undefined;
  actorId?: string;
  orderId?: string;
  at: Date;
  trace: Trace;
}>;

/** A `stock_cause` whose eight parameters begin at `$<first>`. */
export const causeSql = (first: number): string =>
  `row(${['text', 'text', 'uuid', 'uuid', 'timestamptz', 'uuid', 'uuid', 'text']
    .map((type, i) => `$${first + i}::${type}`)
    .join(', ')})::stock_cause`;

export const causeValues = ({ kind, reason, actorId, orderId, at, trace }: SqlCause) => [
  kind,
  reason ?? null,
  actorId ?? null,
  orderId ?? null,
  at,
  trace.correlationId,
  trace.causationId ?? null,
  trace.traceparent ?? null,
];

/** A product whose public answers are different since the statement that answered this; null: all. */
export type Touched = Readonly<{ product_id: string | null; changes_lists: boolean }>;

/** Told after each commit, so that every process forgets what it remembered. */
export type OnChange = (touched: readonly Touched[]) => void;

/** The same; resolves when all have, so that who made the change sees it wherever it asks next. */
export type OnOwnChange = (touched: readonly Touched[]) => Promise<void>;
