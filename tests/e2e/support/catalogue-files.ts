import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from './plaza-process.ts';

type Result = Readonly<{
  products_created: number;
  products_updated: number;
  products_unchanged: number;
  products_refused: number;
}>;

/** `plaza import` and `plaza export` against the running shop of an environment. */
export const createCatalogueFiles = (environment: NodeJS.ProcessEnv, folder: string) => {
  const run = (...args: readonly string[]): string => {
    const { code, out, err } = runCli(environment, args);
    assert.equal(code, 0, out + err);
    return out;
  };
  return {
    /** Products created, updated, unchanged and refused. */
    importFile: (file: string, ...flags: readonly string[]): readonly number[] => {
      const [result] = JSON.parse(run('import', file, ...flags, '-o', 'json')) as [Result];
      const { products_created: created, products_updated: updated } = result;
      return [created, updated, result.products_unchanged, result.products_refused];
    },
    exportFile: (name: string): Readonly<{ file: string; text: string }> => {
      const file = join(folder, name);
      run('export', file);
      return { file, text: readFileSync(file, 'utf8') };
    },
  };
};
