import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { httpError } from '#shared/http/errors.ts';
import type { ImportFiles, ProductLines, SpooledFile } from '../application/ports.ts';
import { catalogError } from '../domain/errors.ts';
import { readHeader, readRow, type Header, type ImportRow } from '../domain/import-columns.ts';

export const importBytesMax = 100 * 1024 * 1024;
/** No product has so many lines; a file that says so is not grouped as ours are. */
const linesOfProductMax = 2_000;
const headBytes = 64 * 1024;

type Line = Readonly<{
  record: readonly string[];
  info: Readonly<{ lines: number; bytes: number }>;
}>;

/** Whether the bytes so far can be UTF-8; a broken character at the very end counts at the end. */
const createUtf8Check = () => {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isUtf8 = true;
  return (chunk?: Uint8Array): boolean => {
    if (!isUtf8) return false;
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      isUtf8 = false;
    }
    return isUtf8;
  };
};

const spool = async (upload: AsyncIterable<Uint8Array>): Promise<SpooledFile> => {
  const path = join(tmpdir(), `plaza-import-${randomUUID()}.csv`);
  const check = createUtf8Check();
  let bytes = 0;
  const counted = async function* () {
    for await (const chunk of upload) {
      bytes += chunk.length;
      if (bytes > importBytesMax) throw httpError('too_large');
      check(chunk);
      yield chunk;
    }
  };
  try {
    await pipeline(Readable.from(counted()), createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { path, bytes, isUtf8: check() };
};

const readHead = async (path: string): Promise<string> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
};

/** The sign that divides the header line outside quotes. */
const delimiterOf = (head: string): string => {
  const header = head.replaceAll(/"[^"]*"/g, '').split(/\r?\n|\r/, 1)[0]!;
  return [',', ';', '\t']
    .map((sign) => [sign, header.split(sign).length] as const)
    .toSorted((a, b) => b[1] - a[1])[0]![0];
};

/** Bytes of the file as UTF-8. What is not is Windows-1252, as spreadsheets in Spanish save it. */
const decoded = async function* (file: SpooledFile): AsyncGenerator<Uint8Array> {
  const bytes = createReadStream(file.path);
  if (file.isUtf8) return yield* bytes;
  const decoder = new TextDecoder('windows-1252');
  for await (const chunk of bytes)
    yield Buffer.from(decoder.decode(chunk as Buffer, { stream: true }));
};

const parseLines = (file: SpooledFile, delimiter: string): AsyncIterable<Line> => {
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: 1024 * 1024,
  });
  // An error of reading ends the parser too, and with it the loop that reads from it.
  pipeline(decoded(file), parser).catch(() => {});
  return parser as AsyncIterable<Line>;
};

const unreadable = (detail: string) => catalogError('import_unreadable', { detail });

const read = async function* (file: SpooledFile, currency: string): AsyncGenerator<ProductLines> {
  const delimiter = delimiterOf(await readHead(file.path));
  const usesDecimalComma = delimiter === ';';
  let header: Header | undefined;
  let rows: ImportRow[] = [];
  let rowsRead = 0;
  let bytesRead = 0;
  const take = (): ProductLines => {
    const lines = {
      rows,
      facts: { header: header!, currency, usesDecimalComma },
      bytesRead: Math.min(bytesRead, file.bytes),
      rowsRead,
    };
    rows = [];
    return lines;
  };
  let nextLine = 1;
  try {
    for await (const { record, info } of parseLines(file, delimiter)) {
      const line = nextLine;
      nextLine = info.lines + 1;
      if (!header) {
        header = readHeader(record);
        if (header.titles.handle === undefined) throw unreadable('It has no column "Handle".');
        continue;
      }
      const row = readRow(header, line, record);
      const handle = keyOf(row);
      const isSame = rows.length > 0 && handle !== '' && keyOf(rows[0]!) === handle;
      if (rows.length > 0 && (!isSame || rows.length >= linesOfProductMax)) yield take();
      rowsRead += 1;
      bytesRead = info.bytes;
      rows.push(row);
    }
  } catch (error) {
    const { code, message } = error as Readonly<{ code?: string; message: string }>;
    if (!code?.startsWith('CSV_')) throw error;
    throw unreadable(`From line ${nextLine} on it is not CSV: ${message}`.slice(0, 300));
  }
  if (!header) throw unreadable('It is empty.');
  if (rows.length > 0) yield take();
};

const keyOf = ({ cells }: ImportRow): string => {
  const handle = cells.handle!.trim();
  return handle === '' ? '' : `${cells.sellerId ?? ''}/${handle}`;
};

export const csvFiles: ImportFiles = {
  spool,
  read,
  remove: (file) => rm(file.path, { force: true }),
};
