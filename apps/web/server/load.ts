import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseJson } from '#shared/kernel/parse-json.ts';
import { outputDirectory, stateOfBuild } from '../build/stamp.ts';
import type { Credit, Renderer } from '../render-contract.ts';
import { loadAssets, type Assets } from './assets.ts';

export type BuiltWeb = Readonly<{
  assets: Assets;
  renderer: Renderer;
  /** Whose work the build holds. */
  credits: readonly Credit[];
}>;

/**
 * The built front end. It is built here and now when its sources have changed, unless what builds it
 * was left out of this installation: then the old one serves, or none.
 */
export const loadWeb = async (): Promise<BuiltWeb | undefined> => {
  const state = stateOfBuild();
  if (state !== 'current') {
    const isBuilt = await build();
    if (!isBuilt && state === 'missing') return undefined;
  }
  const renderer = (await import(
    pathToFileURL(join(outputDirectory, 'server/render.js')).href
  )) as Renderer;
  const creditsFile = join(outputDirectory, 'credits.json');
  const credits = existsSync(creditsFile)
    ? (parseJson(readFileSync(creditsFile, 'utf8')) as readonly Credit[])
    : [];
  return { assets: loadAssets(join(outputDirectory, 'browser')), renderer, credits };
};

/** In a process of its own: what it needs, nobody needs again. */
const build = async (): Promise<boolean> => {
  const script = join(import.meta.dirname, '../build/main.ts');
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code === 0) return true;
  if (said.includes('ERR_MODULE_NOT_FOUND')) return false;
  throw new Error(`the front end was not built: ${said.slice(-2_000)}`);
};
