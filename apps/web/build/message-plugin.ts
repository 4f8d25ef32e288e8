import { readFileSync } from 'node:fs';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

const isCatalogue = (id: string): boolean => /\/messages\/(?:es|en)\.json$/.test(id);

/** A catalogue with every ICU message compiled, so that no browser parses one. */
export const compileCatalogue = (messages: Readonly<Record<string, string>>): string => {
  const compiled = Object.entries(messages).map(([key, message]) => {
    try {
      // A list even of one text: that is how the runtime knows it for a compiled one.
      return [key, compileMessageOrThrow(message)];
    } catch (error) {
      throw new Error(`message ${key} is no ICU message: ${(error as Error).message}`, {
        cause: error,
      });
    }
  });
  return `export default ${JSON.stringify(Object.fromEntries(compiled))};`;
};

/** Turns `messages/es.json` and `messages/en.json` into compiled catalogues while bundling. */
export const messages = (): Plugin => ({
  name: 'plaza-messages',
  enforce: 'pre',
  load: {
    filter: { id: /\/messages\/(?:es|en)\.json$/ },
    handler(id) {
      if (!isCatalogue(id)) return null;
      const catalogue = JSON.parse(readFileSync(id, 'utf8')) as Record<string, string>;
      return { code: compileCatalogue(catalogue), moduleType: 'js' };
    },
  },
});
