import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/**
 * Compares what the code says now with the committed copy. A difference is either a mistake or a
 * decision: `UPDATE_GOLDEN=1` writes the copy anew, and the review sees what changed.
 */
export const assertGolden = (path: string, text: string): void => {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return;
  }
  const now = text.split('\n');
  const golden = read(path).split('\n');
  const line = now.findIndex((content, i) => content !== golden[i]);
  const at = line === -1 ? now.length : line;
  assert.ok(
    text === golden.join('\n'),
    `${path} is not what the code says, from line ${at + 1} on:\n` +
      `  golden: ${golden[at] ?? '(ends)'}\n  now:    ${now[at] ?? '(ends)'}\n` +
      'If the change is meant, run this test with UPDATE_GOLDEN=1 and commit the file.',
  );
};

const lineMax = 120;

/** The same value with the keys of every object in order. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
};

/** One that is too long for a line is written as one line a member. */
const write = (value: unknown, indent: string): string => {
  const short = JSON.stringify(value);
  if (indent.length + short.length <= lineMax || typeof value !== 'object' || value === null)
    return short;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const lines = Object.entries(value).map(([key, item]) => {
    const name = Array.isArray(value) ? '' : `${JSON.stringify(key)}: `;
    return `${inner}${name}${write(item, inner)}`;
  });
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
};

/** JSON to read and to compare by line: keys in order, short values on one line. */
export const toReadableJson = (value: unknown): string => write(sorted(value), '');
