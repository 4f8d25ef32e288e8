import type { Money } from '#shared/kernel/money.ts';
import { fromWireText } from './amounts.ts';

/** A number as its digits: `JSON.parse` alone would round amounts and ids. */
export class WireNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** An answer without what we need of it, or with another form: it tells nothing. */
export class OffSchema extends Error {
  override readonly name = 'OffSchema';
}

/** Node gives the text of each value (ES2026), which the compiler's library does not know yet. */
const parse = JSON.parse as (
  text: string,
  reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
) => unknown;

/** Parses JSON with every number kept as its text. Throws a SyntaxError when it is no JSON. */
export const parseWire = (text: string): unknown =>
  parse(text, (_key, value, { source }) =>
    typeof value === 'number' ? new WireNumber(source ?? String(value)) : value,
  );

/** One JSON object being read; every fault names the member it was found at. */
export type Reader = Readonly<{
  /** A string, or null when it is missing or null. Another form is a fault. */
  text: (name: string) => string | null;
  /** A string that has to be there. */
  need: (name: string) => string;
  /** An id: a string, or the digits of a number. */
  id: (name: string) => string;
  idOrNull: (name: string) => string | null;
  whole: (name: string) => number;
  flag: (name: string) => boolean | null;
  amount: (name: string, currency: string) => Money;
  amountOrZero: (name: string, currency: string) => Money;
  time: (name: string) => Date | null;
  /** An object within; null when it is missing or null. */
  part: (name: string) => Reader | null;
  /** A list of objects; empty when it is missing or null. */
  list: (name: string) => readonly Reader[];
}>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof WireNumber);

export const readerOf = (value: unknown, path = 'answer'): Reader => {
  if (!isObject(value)) throw new OffSchema(`${path} is no object`);
  const fault = (name: string): never => {
    throw new OffSchema(`${path}.${name} is missing or has another form`);
  };
  const at = (name: string): unknown =>
    Object.hasOwn(value, name) ? (value[name] ?? undefined) : undefined;
  const needed = <T>(name: string, found: T | null): T => found ?? fault(name);

  const text = (name: string): string | null => {
    const found = at(name);
    if (found === undefined) return null;
    return typeof found === 'string' ? found : fault(name);
  };
  const idOrNull = (name: string): string | null => {
    const found = at(name);
    if (found === undefined || found === '') return null;
    if (found instanceof WireNumber && /^\d+$/.test(found.text)) return found.text;
    return typeof found === 'string' ? found : fault(name);
  };
  const amountOrNull = (name: string, currency: string): Money | null => {
    const found = at(name);
    if (found === undefined) return null;
    const digits = found instanceof WireNumber ? found.text : found;
    if (typeof digits !== 'string') return fault(name);
    return fromWireText(digits, currency) ?? fault(name);
  };
  return {
    text,
    need: (name) => needed(name, text(name)),
    idOrNull,
    id: (name) => needed(name, idOrNull(name)),
    whole: (name) => {
      const found = at(name);
      const digits = found instanceof WireNumber ? Number(found.text) : Number.NaN;
      return Number.isSafeInteger(digits) ? digits : fault(name);
    },
    flag: (name) => {
      const found = at(name);
      if (found === undefined) return null;
      return typeof found === 'boolean' ? found : fault(name);
    },
    amount: (name, currency) => needed(name, amountOrNull(name, currency)),
    amountOrZero: (name, currency) => amountOrNull(name, currency) ?? { amountMinor: 0n, currency },
    time: (name) => {
      const found = text(name);
      if (found === null) return null;
      const time = new Date(found);
      return Number.isNaN(time.getTime()) ? fault(name) : time;
    },
    part: (name) => {
      const found = at(name);
      return found === undefined ? null : readerOf(found, `${path}.${name}`);
    },
    list: (name) => {
      const found = at(name);
      if (found === undefined) return [];
      if (!Array.isArray(found)) return fault(name);
      return found.map((one, i) => readerOf(one, `${path}.${name}[${i}]`));
    },
  };
};
