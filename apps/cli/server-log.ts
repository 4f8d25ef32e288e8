import { open, rename, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

const logBytesMax = 20 * 1024 * 1024;
const lookEveryMs = 500;

export const logPath = (dataDirectory: string): string => join(dataDirectory, 'logs', 'plaza.log');

/** A log that has grown large makes room at a start; the one before it stays. */
export const rotateLog = async (path: string): Promise<void> => {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > logBytesMax) await rename(path, `${path}.1`);
};

/** The sentence of an error's line; undefined for every other line. */
export const errorOf = (line: string): string | undefined => {
  try {
    const { level, msg, reason, err } = JSON.parse(line) as {
      level?: string;
      msg?: string;
      reason?: string;
      err?: { message?: string };
    };
    if (level !== 'error' && level !== 'fatal') return undefined;
    const why = (reason ?? err?.message)?.split('\n', 1)[0];
    return [msg, why].filter(Boolean).join(': ');
  } catch {
    return undefined;
  }
};

/**
 * Tells each new error of the log once, as one line: the terminal stays a place to read, and what
 * goes wrong behind it is not silent.
 */
export const watchErrors = (path: string, tell: (error: string) => void): (() => void) => {
  let file: FileHandle | undefined;
  let position = 0;
  let rest = '';
  let lastTold: string | undefined;
  const look = async (): Promise<void> => {
    if (!file) {
      file = await open(path, 'r');
      position = (await file.stat()).size;
    }
    const buffer = Buffer.alloc(64 * 1024);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      const lines = (rest + buffer.toString('utf8', 0, bytesRead)).split('\n');
      rest = lines.pop()!;
      for (const error of lines.map(errorOf)) {
        if (error === undefined || error === lastTold) continue;
        lastTold = error;
        tell(error);
      }
    }
  };
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look).catch(() => {});
  }, lookEveryMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    void looking.then(() => file?.close());
  };
};
