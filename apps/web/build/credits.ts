import { globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const root = resolve(import.meta.dirname, '..');

const folder = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;
/** Licence files go by a few names. */
const licenceFile = /^(?:un)?licen[cs]e(?:[-.].*)?$/i;

/** What a package says of itself, with the licence that came with it. */
const creditOf = (directory: string) => {
  const { name, version, license } = JSON.parse(
    readFileSync(join(directory, 'package.json'), 'utf8'),
  ) as Record<string, string>;
  const file = readdirSync(directory).find((one) => licenceFile.test(one));
  const text = file === undefined ? '' : readFileSync(join(directory, file), 'utf8').trim();
  if (!name || !version || !license) throw new Error(`${directory} says no licence`);
  return { name, version, licence: license, text };
};

/** The packages of the modules and files that were bundled, by name. */
const creditsOf = (modules: Iterable<string>) => {
  const directories = new Set<string>();
  for (const id of modules) {
    const found = folder.exec(id.replace(/^\0/, '').replaceAll('\\', '/').replace(/\?.*$/, ''));
    if (found) directories.add(found[1]!);
  }
  return [...directories].map(creditOf).toSorted((a, b) => (a.name < b.name ? -1 : 1));
};

/** Gathers what is bundled while it is, fonts with it, and lays `credits.json` beside the bundles. */
export const credits = (file: string): Plugin => {
  const modules = new Set<string>();
  return {
    name: 'plaza-credits',
    generateBundle(_options, bundle) {
      for (const one of Object.values(bundle))
        for (const id of one.type === 'chunk' ? Object.keys(one.modules) : one.originalFileNames)
          modules.add(isAbsolute(id) || id.startsWith('\0') ? id : resolve(root, id));
    },
    writeBundle() {
      // Style sheets bring in packages without being modules.
      for (const sheet of globSync('client/styles/*.css', { cwd: root }))
        for (const [, name] of readFileSync(join(root, sheet), 'utf8').matchAll(
          /@import .([a-z][\w-]*)\//g,
        ))
          modules.add(join(root, '../../node_modules', name!, 'index.css'));
      writeFileSync(file, JSON.stringify(creditsOf(modules)));
    },
  };
};
