import { isUuid } from '../kernel/ids.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

/** The id that a list by ids goes on behind; undefined at its begin. A wrong cursor is a validation error. */
export const idOfCursor = (cursor: string | undefined): string | undefined => {
  if (cursor === undefined) return undefined;
  const [id] = decodeCursor(cursor, [(value) => typeof value === 'string' && isUuid(value)]);
  return String(id);
};

/** A page of a list by ids. `found` is one more than `limit` where there is another page. */
export const pageById = <Item extends Readonly<{ id: string }>, Json>(
  found: readonly Item[],
  limit: number,
  toJson: (item: Item) => Json,
): { items: Json[]; next_cursor: string | null } => {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map(toJson),
    next_cursor: found.length > limit && last ? encodeCursor([last.id]) : null,
  };
};
