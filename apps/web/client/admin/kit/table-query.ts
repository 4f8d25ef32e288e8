import { useSearchParams } from 'react-router';

/** What a table may be asked for besides its place. */
export type Filter = Readonly<{
  name: string;
  label: string;
  /** What is said while nothing is chosen; without it, the label. */
  any?: string;
  /** Without options it is a field to type in; the first such field is where `/` leads. */
  options?: readonly (readonly [value: string, label: string])[];
  type?: 'search' | 'date';
}>;

export type TableQuery = Readonly<{
  /** What is chosen, by the name of the filter; what is not chosen is not there. */
  chosen: Readonly<Record<string, string>>;
  cursor: string | undefined;
  /** `cursor` and `limit` with what is chosen: the query of the request. */
  request: Readonly<Record<string, string | number>>;
  choose: (name: string, value: string) => void;
  clear: () => void;
  goTo: (cursor: string | null) => void;
  /** All of it as it stands in the address. */
  search: string;
}>;

/** Filters, sort and page of a table, kept in the address: who goes back or shares it sees the same. */
export const useTableQuery = (names: readonly string[], limit = 25): TableQuery => {
  const [params, setParams] = useSearchParams();
  const chosen = Object.fromEntries(
    names.flatMap((name) => {
      const value = params.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
  const cursor = params.get('cursor') ?? undefined;
  const change = (changes: Readonly<Record<string, string | null>>, isReplaced: boolean): void =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        for (const [name, value] of Object.entries(changes))
          if (value === null || value === '') next.delete(name);
          else next.set(name, value);
        return next;
      },
      { replace: isReplaced },
    );
  return {
    chosen,
    cursor,
    request: { limit, ...(cursor === undefined ? {} : { cursor }), ...chosen },
    choose: (name, value) => change({ [name]: value, cursor: null }, true),
    clear: () =>
      change(Object.fromEntries([...names, 'cursor'].map((name) => [name, null])), false),
    goTo: (next) => change({ cursor: next }, false),
    search: new URLSearchParams(chosen).toString(),
  };
};
