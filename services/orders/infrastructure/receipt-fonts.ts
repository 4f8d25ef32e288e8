import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';

export type Weight = 'regular' | 'bold';
/** A stretch of text that one file of the typeface can write. */
export type Run = Readonly<{ font: string; text: string }>;

const weights: Readonly<Record<Weight, number>> = { regular: 400, bold: 600 };
/** The typeface comes in parts: the first has our languages, the second signs such as ₡ and ₲. */
const parts = ['latin', 'latin-ext'] as const;
const nameOf = (part: string, weight: Weight): string => `${part}-${weight}`;

type Range = readonly [from: number, to: number];

const readRanges = (text: string): readonly Range[] =>
  text.split(',').map((range) => {
    const [from, to = from] = range.replace('U+', '').split('-');
    return [Number.parseInt(from!, 16), Number.parseInt(to!, 16)];
  });

/**
 * The font that a WOFF file holds, its tables inflated once and natively: the library would do it in
 * JavaScript with every receipt. https://www.w3.org/TR/WOFF/
 */
export const fontOfWoff = (woff: Buffer): Buffer => {
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, i) => {
    const entry = 44 + i * 20;
    const [offset, packed, size] = [4, 8, 12].map((at) => woff.readUInt32BE(entry + at));
    const bytes = woff.subarray(offset, offset! + packed!);
    return {
      tag: woff.subarray(entry, entry + 4),
      checksum: woff.readUInt32BE(entry + 16),
      bytes: packed! < size! ? inflateSync(bytes) : bytes,
    };
  });
  const power = 2 ** Math.floor(Math.log2(count));
  const head = Buffer.alloc(12 + count * 16);
  head.writeUInt32BE(woff.readUInt32BE(4), 0);
  [count, power * 16, Math.log2(power), (count - power) * 16].forEach((value, i) =>
    head.writeUInt16BE(value, 4 + i * 2),
  );
  const parts: Buffer[] = [head];
  let at = head.length;
  tables.forEach(({ tag, checksum, bytes }, i) => {
    const entry = 12 + i * 16;
    tag.copy(head, entry);
    [checksum, at, bytes.length].forEach((value, j) =>
      head.writeUInt32BE(value, entry + 4 + j * 4),
    );
    const padding = Buffer.alloc((4 - (bytes.length % 4)) % 4);
    parts.push(bytes, padding);
    at += bytes.length + padding.length;
  });
  return Buffer.concat(parts);
};

const require = createRequire(import.meta.url);

const read = async () => {
  const ranges = require('@fontsource/archivo/unicode.json') as Readonly<Record<string, string>>;
  const files = new Map<string, Buffer>();
  for (const part of parts)
    for (const [weight, value] of Object.entries(weights)) {
      const path = require.resolve(
        `@fontsource/archivo/files/archivo-${part}-${value}-normal.woff`,
      );
      files.set(nameOf(part, weight as Weight), fontOfWoff(await readFile(path)));
    }
  const rangesOf = parts.map((part) => ({ part, ranges: readRanges(ranges[part]!) }));
  return { files, rangesOf };
};
let reading: ReturnType<typeof read> | undefined;

/** Our typeface as a PDF takes it. Read with the first receipt, and kept. */
export const receiptFonts = async () => {
  reading ??= read();
  const { files, rangesOf } = await reading;
  const partOf = (character: string): string | undefined => {
    const point = character.codePointAt(0)!;
    return rangesOf.find(({ ranges }) => ranges.some(([from, to]) => point >= from && point <= to))
      ?.part;
  };
  return {
    files,
    /** What no part of the typeface can write becomes a question mark: paper has no other fonts. */
    runsOf(text: string, weight: Weight): readonly Run[] {
      const runs: { font: string; text: string }[] = [];
      for (const character of text.normalize('NFC')) {
        const part = partOf(character);
        const font = nameOf(part ?? 'latin', weight);
        const last = runs.at(-1);
        const written = part === undefined ? '?' : character;
        if (last?.font === font) last.text += written;
        else runs.push({ font, text: written });
      }
      return runs;
    },
  };
};

export type ReceiptFonts = Awaited<ReturnType<typeof receiptFonts>>;
