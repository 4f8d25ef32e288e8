import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

type Chunk = Readonly<{
  file: string;
  imports?: readonly string[];
  dynamicImports?: readonly string[];
  css?: readonly string[];
}>;
type Manifest = Readonly<Record<string, Chunk>>;

const output = 'apps/web/dist/browser';
const sizes = new Map<string, number>();
const kilobytes = (file: string): number => {
  const known = sizes.get(file);
  if (known !== undefined) return known;
  const size = gzipSync(readFileSync(`${output}/${file}`), { level: 9 }).length / 1024;
  sizes.set(file, size);
  return size;
};

/** JavaScript of all initial chunks, any later one, and CSS, of each first page (gzip -9, kB). */
const budgets: readonly Readonly<{
  name: string;
  entry: string;
  pages: readonly string[];
  initial: number;
  lazy: number;
  css: number;
}>[] = [
  {
    name: 'home, listing, product',
    entry: 'client/store/entry-browser.tsx',
    pages: ['home', 'category', 'search', 'product', 'seller'].map(
      (page) => `client/store/pages/${page}.tsx`,
    ),
    initial: 130,
    lazy: 40,
    css: 22,
  },
  {
    name: 'checkout',
    entry: 'client/store/entry-browser.tsx',
    pages: [
      ...['cart', 'sign-in', 'register'].map((page) => `client/store/pages/${page}.tsx`),
      ...['checkout', 'confirmed', 'tracking'].map((page) => `client/checkout/${page}.tsx`),
    ],
    initial: 160,
    lazy: 40,
    css: 22,
  },
  {
    name: 'account',
    entry: 'client/account/entry-browser.tsx',
    pages: ['overview', 'orders', 'order', 'security'].map((page) => `client/account/${page}.tsx`),
    initial: 180,
    lazy: 40,
    css: 22,
  },
  {
    name: 'back office',
    entry: 'client/admin/entry-browser.tsx',
    pages: [],
    initial: 280,
    lazy: 60,
    css: 30,
  },
  {
    name: 'operator',
    entry: 'client/system/entry-browser.tsx',
    pages: [],
    initial: 180,
    lazy: 40,
    css: 22,
  },
];

export type Measured = Readonly<{
  name: string;
  initial: number;
  largestLazy: number;
  css: number;
  faults: readonly string[];
}>;

/** What each first page loads, beside what it may. Entries that are not built are left out. */
export const measureBudgets = (): readonly Measured[] => {
  const manifest = JSON.parse(readFileSync(`${output}/manifest.json`, 'utf8')) as Manifest;
  const initialOf = (names: readonly string[], seen = new Set<string>()): ReadonlySet<string> => {
    for (const name of names) {
      const chunk = manifest[name];
      if (!chunk || seen.has(name)) continue;
      seen.add(name);
      initialOf(chunk.imports ?? [], seen);
    }
    return seen;
  };
  const laterOf = (names: ReadonlySet<string>): readonly string[] =>
    [...names].flatMap((name) => manifest[name]?.dynamicImports ?? []);
  const sum = (names: Iterable<string>): number =>
    [...names].reduce((total, name) => total + kilobytes(manifest[name]!.file), 0);
  // The words of one language are part of the first page, though they are asked for by its code.
  const words = Object.keys(manifest).filter((name) =>
    /(?:kit|store|checkout|account|admin|system)\/messages\/es\.json$/.test(name),
  );

  return budgets.flatMap(({ name, entry, pages, initial, lazy, css }) => {
    if (!manifest[entry]) return [];
    const area = /client\/(\w+)\//.exec(entry)![1]!;
    const own = words.filter((word) => word.includes('/kit/') || word.includes(`/${area}/`));
    const wordsOf = (page: string): readonly string[] =>
      page.includes('/checkout/') ? words.filter((word) => word.includes('/checkout/')) : [];
    const first = (pages.length === 0 ? [[]] : pages.map((page) => [page, ...wordsOf(page)])).map(
      (page) => initialOf([entry, ...page, ...own]),
    );
    const largest = Math.max(...first.map((names) => sum(names)));
    const base = initialOf([entry]);
    const later = laterOf(base).filter((chunk) => !base.has(chunk));
    const largestLazy = Math.max(0, ...later.map((chunk) => kilobytes(manifest[chunk]!.file)));
    const styles = new Set([...base].flatMap((chunk) => manifest[chunk]!.css ?? []));
    const cssSize = [...styles].reduce((total, file) => total + kilobytes(file), 0);
    const faults = [
      ...(largest > initial
        ? [`${name}: ${largest.toFixed(1)} kB of JavaScript, ${initial} is the limit`]
        : []),
      ...(largestLazy > lazy
        ? [`${name}: a later chunk has ${largestLazy.toFixed(1)} kB, ${lazy} is the limit`]
        : []),
      ...(cssSize > css ? [`${name}: ${cssSize.toFixed(1)} kB of CSS, ${css} is the limit`] : []),
    ];
    return [{ name, initial: largest, largestLazy, css: cssSize, faults }];
  });
};
