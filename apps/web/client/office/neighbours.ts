import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useShortcuts } from './shortcuts.ts';

const keptKey = 'plaza.neighbours';
const listsMost = 8;

type Lists = Readonly<Record<string, readonly string[]>>;

/** What this tab has seen in lists: the addresses of their rows, by the name of the list. */
const readLists = (): Lists => {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keptKey) ?? '{}');
    return typeof kept === 'object' && kept !== null ? (kept as Lists) : {};
  } catch {
    return {};
  }
};

/** Keeps the rows of a list, in their order, for the pages that they lead to. */
export const useRowsRemembered = (list: string, paths: readonly string[]): void => {
  const joined = paths.join(' ');
  useEffect(() => {
    if (joined === '') return;
    const { [list]: _, ...others } = readLists();
    const newest = [[list, joined.split(' ')] as const, ...Object.entries(others)];
    const kept = Object.fromEntries(newest.slice(0, listsMost));
    sessionStorage.setItem(keptKey, JSON.stringify(kept));
  }, [list, joined]);
};

export type Neighbours = Readonly<{ before: string | undefined; after: string | undefined }>;

/** The rows before and after `path` in the list that showed it last. */
export const neighboursOf = (lists: Lists, path: string): Neighbours | undefined => {
  const list = Object.values(lists).find((paths) => paths.includes(path));
  if (!list) return undefined;
  const at = list.indexOf(path);
  return { before: list[at - 1], after: list[at + 1] };
};

/** Whose page this is, among those of its list; `[` and `]` go to the others, Esc to the list. */
export const useNeighbours = (back: string | undefined): Neighbours | undefined => {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const found = back === undefined ? undefined : neighboursOf(readLists(), pathname);
  const go = (to: string | undefined): boolean => {
    if (to !== undefined) void navigate(to);
    return to !== undefined;
  };
  useShortcuts({
    '[': () => go(found?.before),
    ']': () => go(found?.after),
    Escape: () => go(back),
    e: () => {
      const place = document.querySelector<HTMLElement>('[data-page-edit]');
      if (place instanceof HTMLButtonElement || place instanceof HTMLAnchorElement) place.click();
      else place?.focus();
      return place !== null;
    },
  });
  return found;
};
