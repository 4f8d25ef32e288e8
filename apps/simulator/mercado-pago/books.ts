import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Kind, Records } from './records.ts';

/** One change of one record; several are one line of the journal and happen together. */
export type Put = { [K in Kind]: readonly [kind: K, record: Records[K]] }[Kind];

const kinds: readonly Kind[] = [
  'preference',
  'payment',
  'refund',
  'chargeback',
  'withdrawal',
  'report',
  'seller',
  'grant',
  'token',
  'key',
  'notice',
];

export type Books = Readonly<{
  find: <K extends Kind>(kind: K, id: string) => Records[K] | undefined;
  /** In the order in which they were first written. */
  all: <K extends Kind>(kind: K) => readonly Records[K][];
  /** Makes the changes, and has them in the journal before anybody is told. */
  commit: (...puts: readonly Put[]) => void;
  /** An id never given before, in these books or an earlier run of them. */
  nextNumber: () => number;
  close: () => void;
}>;

/** A last line without its end was being written when the process was killed: nobody was told. */
const readJournal = (path: string): Readonly<{ lines: readonly string[]; bytes: number }> => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { lines: [], bytes: 0 };
  }
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return { lines: whole.split('\n').slice(0, -1), bytes: Buffer.byteLength(whole) };
};

/** Opens books in memory, and in the journal at `path` if one is given. */
export const openBooks = (path?: string): Books => {
  const tables = new Map(kinds.map((kind) => [kind, new Map<string, Records[Kind]>()]));
  let last = 0;
  const apply = (puts: readonly Put[]): void => {
    for (const [kind, record] of puts) tables.get(kind)!.set(record.id, record);
  };

  let file: number | undefined;
  if (path !== undefined) {
    const { lines, bytes } = readJournal(path);
    for (const line of lines) {
      const { n, puts } = JSON.parse(line) as { n: number; puts: readonly Put[] };
      last = Math.max(last, n);
      apply(puts);
    }
    file = openSync(path, lines.length === 0 ? 'w' : 'r+');
    ftruncateSync(file, bytes);
    closeSync(file);
    file = openSync(path, 'a');
  }

  return {
    find: <K extends Kind>(kind: K, id: string) =>
      tables.get(kind)!.get(id) as Records[K] | undefined,
    all: <K extends Kind>(kind: K) => [...tables.get(kind)!.values()] as Records[K][],
    commit: (...puts) => {
      // A synchronous write: once it returns, killing this process loses nothing of it.
      if (file !== undefined) writeSync(file, `${JSON.stringify({ n: last, puts })}\n`);
      apply(puts);
    },
    nextNumber: () => (last += 1),
    close: () => {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
};
