import type { RefObject } from 'react';
import type { Selection } from './selection.ts';
import { useShortcuts } from '../../office/shortcuts.ts';

const openersIn = (table: HTMLElement | null): readonly HTMLElement[] => [
  ...(table?.querySelectorAll<HTMLElement>('[data-row-opener]') ?? []),
];

/**
 * `j` and `k` move the focus from row to row, so that Enter opens as it does everywhere; `x` chooses,
 * and with Shift the rows between come along. Space shows a row without leaving the list.
 */
export const useRowKeys = (
  table: RefObject<HTMLElement | null>,
  ids: readonly string[],
  selection: Selection | undefined,
  view: (id: string) => void,
): void => {
  const at = (): number =>
    openersIn(table.current).findIndex((opener) =>
      opener.closest('[data-row]')?.contains(document.activeElement),
    );
  const move = (by: number): number => {
    const openers = openersIn(table.current);
    const now = at();
    const next = now < 0 ? 0 : Math.min(openers.length - 1, Math.max(0, now + by));
    openers[next]?.focus();
    openers[next]?.closest('[data-row]')?.scrollIntoView({ block: 'nearest' });
    return next;
  };
  const stretch = (by: number): void => {
    const before = at();
    const after = move(by);
    selection?.add([ids[before], ids[after]].filter((id) => id !== undefined));
  };
  useShortcuts({
    j: () => void move(1),
    k: () => void move(-1),
    J: () => stretch(1),
    K: () => stretch(-1),
    e: () => {
      const opener = openersIn(table.current)[at()];
      opener?.click();
      return opener !== undefined;
    },
    // A button takes the key itself: what it opens is on this page already.
    ' ': () => {
      const opener = openersIn(table.current)[at()];
      const id = ids[at()];
      if (id === undefined || opener !== document.activeElement || opener?.tagName === 'BUTTON')
        return false;
      view(id);
      return true;
    },
    x: () => {
      const id = ids[at()];
      if (id !== undefined) selection?.toggle(id);
    },
  });
};
