import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeEml } from '#shared/platform/captured-mail-eml.ts';

/** Reads the codes that were mailed out of the captured mailbox of a data folder, each file once. */
export const codeReader = (data: string) => {
  const directory = join(data, 'mail');
  const codes = new Map<string, string>();
  const seen = new Set<string>();
  let reading: Promise<void> | undefined;

  const readNew = async (): Promise<void> => {
    for (const name of await readdir(directory).catch(() => [])) {
      if (seen.has(name) || !name.endsWith('.eml')) continue;
      const text = await readFile(join(directory, name), 'utf8').catch(() => undefined);
      if (text === undefined) continue;
      seen.add(name);
      const mail = decodeEml(text);
      const code = /\b\d{8}\b/.exec(mail?.text ?? '')?.[0];
      if (mail && code) codes.set(mail.to, code);
    }
  };

  return async (email: string): Promise<string> => {
    for (;;) {
      const code = codes.get(email);
      if (code !== undefined) return code;
      reading ??= readNew().finally(() => (reading = undefined));
      await reading;
      if (!codes.has(email)) await new Promise((resolve) => setTimeout(resolve, 15));
    }
  };
};
