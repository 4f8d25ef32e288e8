import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { subscriptions } from '#contracts/subscriptions.ts';

/** One integration event, as its contract has it. */
export type EventType = Readonly<{
  type: string;
  owner: string;
  /** In English, as the contract says it; empty when it says nothing. */
  description: string;
  /** `<context>.<reaction>` of each that takes it. */
  consumers: readonly string[];
  /** JSON Schema of its data. */
  schema: object;
  example: unknown;
}>;

const folder = join(import.meta.dirname, '../../contracts');

/** The comment above the contract itself. */
const describe = (source: string): string =>
  (/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export const \w+V\d+ = /.exec(source)?.[1] ?? '')
    .replaceAll(/\n\s*\*/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const readType = async (name: string): Promise<EventType> => {
  const path = join(folder, name);
  const [module, source, example] = await Promise.all([
    import(pathToFileURL(path).href) as Promise<Record<string, { $id?: string }>>,
    readFile(path, 'utf8'),
    readFile(path.replace(/\.ts$/, '.golden.json'), 'utf8'),
  ]);
  const contract = Object.values(module).find(({ $id }) => $id !== undefined)!;
  const type = contract.$id!;
  return {
    type,
    owner: type.split('.', 1)[0]!,
    description: describe(source),
    consumers: Object.entries(subscriptions)
      .filter(([, taken]) => taken === type)
      .map(([consumer]) => consumer),
    schema: contract,
    example: JSON.parse(example) as unknown,
  };
};

let known: Promise<readonly EventType[]> | undefined;

/** Every event that contexts tell each other, by name; read once, when somebody asks. */
export const readEventTypes = (): Promise<readonly EventType[]> =>
  (known ??= Promise.all(globSync('*/*.v1.ts', { cwd: folder }).toSorted().map(readType)));
