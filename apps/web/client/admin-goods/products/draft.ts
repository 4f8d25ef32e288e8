import { useCallback, useState } from 'react';

export type Typed = Readonly<Record<string, string>>;

const keyOf = (id: string): string => `plaza.draft.${id}`;

/** What was typed and not saved; what is not ours is nothing. */
const read = (id: string): Typed | undefined => {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(id)) ?? 'null');
    return typeof kept === 'object' && kept !== null ? (kept as Typed) : undefined;
  } catch {
    return undefined;
  }
};

export type Draft = Readonly<{
  typed: Typed;
  /** The names of what differs from what is saved. */
  changed: readonly string[];
  /** Whether what is shown was typed before this page was opened. */
  isRecovered: boolean;
  type: (name: string, value: string) => void;
  setAll: (typed: Typed) => void;
  drop: () => void;
}>;

/**
 * The fields of a form. What is typed is kept in this tab until it is saved or dropped: it is there
 * again after a reload, another page, or a sign-in.
 */
export const useDraft = (id: string, saved: Typed): Draft => {
  const [kept, setKept] = useState(() => read(id));
  const [isRecovered, setRecovered] = useState(kept !== undefined);
  const typed = { ...saved, ...kept };
  const changed = Object.keys(saved).filter((name) => typed[name] !== saved[name]);
  const isChanged = changed.length > 0;
  const keep = (next: Typed | undefined): void => {
    if (next === undefined) sessionStorage.removeItem(keyOf(id));
    else sessionStorage.setItem(keyOf(id), JSON.stringify(next));
    setKept(next);
  };
  return {
    typed,
    changed,
    isRecovered: isRecovered && isChanged,
    type: (name, value) => keep({ ...kept, [name]: value }),
    setAll: keep,
    drop: useCallback(() => {
      sessionStorage.removeItem(keyOf(id));
      setKept(undefined);
      setRecovered(false);
    }, [id]),
  };
};
