import { useState } from 'react';

export type Selection = Readonly<{
  ids: ReadonlySet<string>;
  toggle: (id: string) => void;
  add: (ids: readonly string[]) => void;
  set: (ids: readonly string[]) => void;
}>;

/** Which rows are chosen. Rows that are no longer shown are chosen no longer. */
export const useSelection = (shown: readonly string[]): Selection => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const ids = new Set(shown.filter((id) => chosen.has(id)));
  return {
    ids,
    toggle: (id) =>
      setChosen(new Set(ids.has(id) ? [...ids].filter((other) => other !== id) : [...ids, id])),
    add: (more) => setChosen(new Set([...ids, ...more])),
    set: (only) => setChosen(new Set(only)),
  };
};
