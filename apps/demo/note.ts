import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether the example was begun, is there, or was taken away: then no start fills it again by itself. */
export type DemoNote = Readonly<{
  state: 'begun' | 'done' | 'cleared';
  /** ISO 3166-1, of an example that is there; Colombia where an earlier release has not said it. */
  country?: string;
}>;

const notePath = (dataDirectory: string): string => join(dataDirectory, 'demo.json');

export const readDemoNote = async (dataDirectory: string): Promise<DemoNote | undefined> => {
  try {
    return JSON.parse(await readFile(notePath(dataDirectory), 'utf8')) as DemoNote;
  } catch {
    return undefined;
  }
};

/** Remembers how far the example is; undefined forgets. */
export const writeDemoNote = (dataDirectory: string, note: DemoNote | undefined): Promise<void> =>
  note
    ? writeFile(notePath(dataDirectory), `${JSON.stringify(note)}\n`)
    : rm(notePath(dataDirectory), { force: true });
