import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Command } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { ask, requireRunning } from '../running.ts';

/** Writes the catalogue to a file, whole or not at all, or to standard output. */
const exportProducts: Command<Readonly<{ file?: string }>> = async (cli, { file }) => {
  const running = await requireRunning(cli);
  const answer = await ask(running, '/api/v1/products/export', {});
  const content = Readable.fromWeb(answer.body as ReadableStream<Uint8Array>);
  if (file === undefined) {
    await pipeline(content, process.stdout, { end: false });
    return exitCodes.ok;
  }
  const partial = `${file}.part`;
  try {
    await pipeline(content, createWriteStream(partial));
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  cli.say(cli.text.exported(file, cli.text.size((await stat(file)).size)));
  return exitCodes.ok;
};

export default exportProducts;
