import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { hasEscapedName, parseJson } from '../kernel/parse-json.ts';
import { httpError } from './errors.ts';

/** A string that PostgreSQL cannot keep: with NUL, or with half a surrogate pair. */
const findUnstorable = (value: unknown, pointer: string): string | undefined => {
  const isBad = (text: string): boolean => text.includes('\0') || !text.isWellFormed();
  if (typeof value === 'string') return isBad(value) ? pointer : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const found = isBad(key) ? pointer : findUnstorable(item, `${pointer}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Of names that were read by hand, as Fastify's parser looks at the others. */
const reachesForPrototype = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  const { constructor } = value as Readonly<{ constructor: unknown }>;
  return (
    Object.hasOwn(value, '__proto__') ||
    (Object.hasOwn(value, 'constructor') && Object.hasOwn(Object(constructor), 'prototype')) ||
    Object.values(value).some(reachesForPrototype)
  );
};

const mayHoldUnstorable = /\\u0000|\\u[dD][89a-fA-F]/;

/** JSON in UTF-8 only; keys that reach for prototypes and strings that no row can hold refused. */
export const useJsonParser = (app: FastifyInstance): void => {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    /^application\/(json|[\w.-]+\+json)(?:\s*;\s*charset=("?)utf-?8\2)?\s*$/i,
    { parseAs: 'buffer' },
    (request, body, done) => {
      if (body.length === 0) return done(null, undefined);
      if (!isUtf8(body as Buffer)) return done(httpError('malformed_json'));
      const text = body.toString('utf8');
      void parse(request, text, (error, value) => {
        if (error) {
          // What JSON itself accepts was refused for a key that reaches for a prototype.
          return done(httpError(isJson(text) ? 'forbidden_key' : 'malformed_json'));
        }
        let read = value;
        try {
          if (hasEscapedName(text)) read = parseJson(text);
        } catch {
          return done(httpError('malformed_json'));
        }
        if (read !== value && reachesForPrototype(read)) return done(httpError('forbidden_key'));
        const found = mayHoldUnstorable.test(text) ? findUnstorable(read, '#') : undefined;
        if (found === undefined) return done(null, read);
        const detail = 'has a character that cannot be stored';
        return done(
          httpError('validation', { errors: [{ pointer: found, code: 'wrong_format', detail }] }),
        );
      });
      return undefined;
    },
  );
};
