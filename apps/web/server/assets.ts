import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { EntryAssets } from '../render-contract.ts';

type Chunk = Readonly<{
  file: string;
  isEntry?: boolean;
  src?: string;
  imports?: readonly string[];
  css?: readonly string[];
}>;
type Manifest = Readonly<Record<string, Chunk>>;

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
};

/** A file of the build, with its smaller forms as far as they exist. */
export type Asset = Readonly<{
  type: string;
  isHashed: boolean;
  bytes: Buffer;
  brotli: Buffer | undefined;
  gzip: Buffer | undefined;
}>;

export type Assets = Readonly<{
  /** By its name below `/assets/`, or at the root for what browsers ask for there. */
  find: (name: string) => Asset | undefined;
  hasEntry: (source: string) => boolean;
  /** What the first page of an entry loads. */
  ofEntry: (source: string) => EntryAssets;
  /** What a page loads besides. */
  ofModule: (source: string) => readonly string[];
}>;

const hashed = /-[\w-]{8}\.\w+$/;
const readIfThere = (path: string): Buffer | undefined =>
  existsSync(path) ? readFileSync(path) : undefined;

/** Everything of the build, in memory: it is small, and each request would read it anew. */
export const loadAssets = (directory: string): Assets => {
  const files = new Map<string, Asset>();
  for (const name of globSync('**/*', { cwd: directory })) {
    const path = join(directory, name);
    const type = types[extname(name)];
    if (type === undefined || name === 'manifest.json' || !statSync(path).isFile()) continue;
    files.set(name, {
      type,
      isHashed: hashed.test(name),
      bytes: readFileSync(path),
      brotli: readIfThere(`${path}.br`),
      gzip: readIfThere(`${path}.gz`),
    });
  }
  const manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as Manifest;

  const chunksOf = (source: string, seen = new Set<string>()): readonly Chunk[] => {
    const chunk = manifest[source];
    if (!chunk || seen.has(source)) return [];
    seen.add(source);
    return [chunk, ...(chunk.imports ?? []).flatMap((name) => chunksOf(name, seen))];
  };
  const url = (file: string): string => `/assets/${file}`;
  const font = [...files.keys()].find((name) => name.startsWith('archivo-latin-wght-normal'));

  return {
    find: (name) => files.get(name),
    hasEntry: (source) => manifest[source] !== undefined,
    ofEntry: (source) => {
      const [own, ...others] = chunksOf(source);
      if (!own) throw new Error(`${source} is no entry of the build`);
      return {
        script: url(own.file),
        styles: [...new Set([own, ...others].flatMap(({ css }) => css ?? []))].map(url),
        preloads: others.map(({ file }) => url(file)),
        font: font === undefined ? undefined : url(font),
      };
    },
    ofModule: (source) => chunksOf(source).map(({ file }) => url(file)),
  };
};
