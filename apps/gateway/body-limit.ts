import type { IncomingMessage } from 'node:http';
import { bodyLimitBytes } from '#shared/http/server.ts';
import { httpError } from '#shared/http/errors.ts';
import type { BodyFraming } from './headers.ts';

/** As large as the largest upload that a service takes; each route has its own limit below it. */
const uploadLimitBytes = 101 * 1024 * 1024;
const uploads = /^(multipart\/form-data|text\/csv)\b/i;

/**
 * Bytes that the body of `request` may have: the services' own limit, or that of uploads. Raises
 * `http.too_large` when it says itself that it has more.
 */
export const bodyLimitOf = ({ headers }: IncomingMessage, framing: BodyFraming): number => {
  const limit = uploads.test(headers['content-type'] ?? '') ? uploadLimitBytes : bodyLimitBytes;
  if (typeof framing === 'number' && framing > limit) throw httpError('too_large');
  return limit;
};
