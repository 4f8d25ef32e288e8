import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { build as bundle, type InlineConfig } from 'vite';
import { compress } from './compress.ts';
import { credits } from './credits.ts';
import { messages } from './message-plugin.ts';
import { outputDirectory, stampOfSources } from './stamp.ts';

const web = resolve(import.meta.dirname, '..');

/** Each has its own bundle: what the back office needs, no shopper loads. */
export const entries: Readonly<Record<string, string>> = {
  store: 'client/store/entry-browser.tsx',
  account: 'client/account/entry-browser.tsx',
  admin: 'client/admin/entry-browser.tsx',
  system: 'client/system/entry-browser.tsx',
};

/** Its package leads everybody to the build with warnings for developers; the other one lies beside it. */
const withoutWarnings = ['react-router', 'react-router/dom'].map((name) => ({
  find: new RegExp(`^${name}$`),
  replacement: fileURLToPath(import.meta.resolve(name)).replace('/development/', '/production/'),
}));

const common = (isDevelopment: boolean): InlineConfig => ({
  root: web,
  configFile: false,
  logLevel: 'warn',
  base: '/assets/',
  mode: isDevelopment ? 'development' : 'production',
  plugins: [messages(), react(), tailwind()],
});

/** What nearly every page of every part uses: one file packs better than thirty small ones. */
const ofEveryPage =
  /apps\/web\/(?:addresses\.ts|client\/(?:i18n|format)\/|client\/api\/(?:client|problems)\.ts|client\/kit\/(?:button|classes|document|feedback|field|head|icon|image|layout|offline|price|theme-choice|toast|use-failure|use-online)\.tsx?$)|node_modules\/(?:openapi-fetch|lucide-react\/dist\/esm\/(?!icons\/)|lucide-react\/dist\/esm\/icons\/(?:arrow-left|bell|chevron-down|chevron-right|circle-alert|circle-check|copy|info|minus|plus|search|shield-check|shopping-cart|triangle-alert|user-round|x)\.)/;

/** What other code may count on from one chunk to the next, so that a page changes only its own. */
const groupOf = (id: string): string | null => {
  if (
    /node_modules\/(?:react|react-dom|scheduler|react-router|@lingui\/core|@lingui\/message-utils)\//.test(
      id,
    )
  )
    return 'frame';
  if (/client\/store\/(?:later|loader-setting|use-cart)\.tsx?$/.test(id)) return 'shop';
  return ofEveryPage.test(id) ? 'common' : null;
};

/**
 * Builds the front end beside the old one and puts it in its place when it is whole, so that a
 * process that serves the old one never sees half of the new.
 */
export const buildWeb = async ({ isDevelopment = false } = {}): Promise<void> => {
  const stamp = stampOfSources();
  const next = `${outputDirectory}.${process.pid}`;
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next, { recursive: true });
  const base = common(isDevelopment);
  await Promise.all([
    bundle({
      ...base,
      ...(isDevelopment ? {} : { resolve: { alias: withoutWarnings } }),
      plugins: [...(base.plugins ?? []), credits(join(next, 'credits.json'))],
      publicDir: join(web, 'public'),
      build: {
        outDir: join(next, 'browser'),
        assetsDir: '.',
        manifest: 'manifest.json',
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        rolldownOptions: {
          input: Object.fromEntries(
            Object.entries(entries)
              .filter(([, file]) => existsSync(join(web, file)))
              .map(([name, file]) => [name, join(web, file)]),
          ),
          output: { codeSplitting: { groups: [{ name: groupOf, debugName: 'frame' }] } },
        },
      },
    }),
    bundle({
      ...base,
      publicDir: false,
      ssr: { noExternal: true, target: 'node' },
      build: {
        ssr: join(web, 'client/store/entry-server.tsx'),
        outDir: join(next, 'server'),
        minify: false,
        target: 'node24',
        rolldownOptions: { output: { entryFileNames: 'render.js' } },
      },
    }),
  ]);
  await compress(join(next, 'browser'));
  writeFileSync(join(next, 'stamp'), stamp);
  const old = join(dirname(outputDirectory), `${basename(outputDirectory)}.old.${process.pid}`);
  if (existsSync(outputDirectory)) renameSync(outputDirectory, old);
  renameSync(next, outputDirectory);
  rmSync(old, { recursive: true, force: true });
};
