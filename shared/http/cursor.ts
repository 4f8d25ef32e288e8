import { httpError } from './errors.ts';
import { parseJson } from '../kernel/parse-json.ts';

/** A keyset cursor: the sort values of the last row, opaque to callers, checked on the way in. */
export const encodeCursor = (values: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

const refused = () =>
  httpError('validation', {
    errors: [
      {
        pointer: '#/querystring/cursor',
        code: 'wrong_format',
        detail: 'is not a cursor of this list',
      },
    ],
  });

/**
 * The values of a cursor. `checks` says what each must look like, in order; a cursor of another
 * list or made by hand is a validation error and reaches no SQL.
 */
export const decodeCursor = (
  cursor: string,
  checks: readonly ((value: unknown) => boolean)[],
): readonly (string | number | null)[] => {
  let values: unknown;
  try {
    values = parseJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw refused();
  }
  const isRight =
    Array.isArray(values) &&
    values.length === checks.length &&
    checks.every((check, i) => check((values as unknown[])[i]));
  if (!isRight) throw refused();
  return values as readonly (string | number | null)[];
};

const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}(Z|\+00:00)$/;

export const isInstant = (value: unknown): boolean =>
  typeof value === 'string' && instantPattern.test(value) && !Number.isNaN(Date.parse(value));
export const isDigits = (value: unknown): boolean =>
  typeof value === 'string' && /^-?\d{1,18}$/.test(value);
