import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

/** Where the built front end is; nothing of it is in the repository. */
export const outputDirectory = resolve(import.meta.dirname, '../dist');
const stampFile = join(outputDirectory, 'stamp');

/** Everything that the built front end is made of, and nothing else. */
const sources = ['apps/web/{build,client,public}/**/*.*', 'apps/web/*.ts'];
const isSource = (path: string): boolean => !path.endsWith('.test.ts');

/** The same text for the same sources and the same versions of what builds them. */
export const stampOfSources = (): string => {
  const hash = createHash('sha256');
  for (const path of globSync(sources, { cwd: root }).filter(isSource).toSorted())
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Record<string, object>;
  return hash.update(JSON.stringify([dependencies, devDependencies])).digest('hex');
};

/** `missing`: there is nothing to serve; `old`: there is, and its sources have changed since. */
export const stateOfBuild = (): 'missing' | 'old' | 'current' => {
  if (!existsSync(stampFile)) return 'missing';
  return readFileSync(stampFile, 'utf8') === stampOfSources() ? 'current' : 'old';
};

export { stampFile };
