import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';

/**
 * Writes an answer to a file, whole or not at all, or to standard output. Answers the size of the
 * file.
 */
export const saveAnswer = async (
  answer: Response,
  file: string | undefined,
): Promise<number | undefined> => {
  const content = Readable.fromWeb(answer.body as ReadableStream<Uint8Array>);
  if (file === undefined) {
    await pipeline(content, process.stdout, { end: false });
    return undefined;
  }
  const partial = `${file}.part`;
  try {
    await pipeline(content, createWriteStream(partial));
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return (await stat(file)).size;
};
