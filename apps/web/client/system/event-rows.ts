/** An event as the lists show it; of one that has just passed nobody knows yet when all have it. */
export type ShownEvent = Readonly<{
  id: string;
  type: string;
  source: string;
  time: string;
  correlationId: string;
  tookMs: number | null;
}>;

/** As many as a tab keeps, however long it stays open. */
export const keptMax = 500;

/** The newest of both, the newest first. What is known of an event is not forgotten again. */
export const mergeEvents = (
  known: readonly ShownEvent[],
  news: readonly ShownEvent[],
): readonly ShownEvent[] => {
  if (news.length === 0) return known;
  const byId = new Map(known.map((event) => [event.id, event]));
  for (const event of news)
    if (event.tookMs !== null || !byId.has(event.id)) byId.set(event.id, event);
  return [...byId.values()]
    .toSorted((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0))
    .slice(0, keptMax);
};

/** Rows beyond what is seen, so that the next one is there before it is scrolled or tabbed to. */
const spareRows = 8;

/**
 * Which rows of a list are drawn: those in `seenPx` from `topPx` of its own height, and some around.
 * They move by whole steps, so that scrolling a pixel draws nothing anew.
 */
export const windowOf = (
  topPx: number,
  seenPx: number,
  rowPx: number,
): Readonly<{ from: number; to: number }> => {
  const first = Math.floor(Math.max(0, topPx) / rowPx / spareRows) * spareRows;
  const seen = Math.ceil(Math.max(0, seenPx) / rowPx / spareRows) * spareRows;
  return { from: Math.max(0, first - spareRows), to: first + seen + 2 * spareRows };
};
