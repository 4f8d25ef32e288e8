/**
 * npm has written lock files with entries missing that `npm ci` accepts, and the process then dies
 * on a machine of another platform. Every dependency of every entry must resolve inside the lock.
 */
import { readFileSync } from 'node:fs';

type Entry = Readonly<{
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}>;

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, Entry>;
};

/** Node's own look-up: the folder's node_modules, then each folder above. */
const resolves = (from: string, name: string): boolean => {
  for (let path = from; ;) {
    if (packages[`${path === '' ? '' : `${path}/`}node_modules/${name}`]) return true;
    if (path === '') return false;
    path = path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/')));
  }
};

const missing = Object.entries(packages).flatMap(([path, entry]) =>
  Object.keys({
    ...entry.dependencies,
    ...entry.optionalDependencies,
    ...(path === '' ? entry.devDependencies : {}),
  })
    .filter((name) => !resolves(path, name))
    .map((name) => `${name}, needed by ${path || 'the project'}`),
);

const count = Object.keys(packages).length;
if (missing.length > 0 || count < 50) {
  console.error(`package-lock.json is not whole (${count} entries):\n${missing.join('\n')}`);
  process.exit(1);
}
