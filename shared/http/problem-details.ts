import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, type DomainErrorKind, type FieldError } from '../kernel/errors.ts';
import { isTransient } from '../platform/transient.ts';
import { httpError } from './errors.ts';

export const statusOf = {
  malformed: 400,
  unauthenticated: 401,
  payment_refused: 402,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  gone: 410,
  stale: 412,
  too_large: 413,
  invalid: 422,
  upgrade_required: 426,
  precondition_missing: 428,
  too_many: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<DomainErrorKind, number>;

export const problemType = 'application/problem+json; charset=utf-8';

/** RFC 9457 members of a domain error; `type` is a page of this installation. */
export const toProblem = (error: DomainError, requestId: string) => ({
  // First: no member of ours may stand for one of the RFC's.
  ...error.details.extra,
  type: `/docs/errors/${error.code}`,
  title: error.message,
  status: statusOf[error.kind],
  ...(error.details.detail === undefined ? {} : { detail: error.details.detail }),
  code: error.code,
  request_id: requestId,
  ...(error.details.errors === undefined ? {} : { errors: error.details.errors }),
});

/** A refusal of the web server itself that has no name of ours, such as 415. */
export const toNamelessProblem = (status: number, requestId: string) => ({
  type: 'about:blank',
  title: STATUS_CODES[status],
  status,
  code: `http.${status}`,
  request_id: requestId,
});

/** Errors that Fastify itself raises before a handler runs, in our own words. */
const fromFastify = (error: FastifyError, body: unknown): DomainError | undefined => {
  if (error.validation) return httpError('validation', { errors: fieldErrors(error, body) });
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return httpError('malformed_json');
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return httpError('too_large');
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return httpError('malformed_request');
    default:
      return undefined;
  }
};

const codeOfKeyword: Readonly<Record<string, string>> = {
  additionalProperties: 'unknown_field',
  required: 'required',
  type: 'wrong_type',
  enum: 'not_allowed',
  const: 'not_allowed',
  anyOf: 'not_allowed',
  minLength: 'too_short',
  maxLength: 'too_long',
  minimum: 'too_small',
  maximum: 'too_large',
  minItems: 'too_few',
  maxItems: 'too_many',
  pattern: 'wrong_format',
  format: 'wrong_format',
};

const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const unescapePointer = (name: string): string => name.replaceAll('~1', '/').replaceAll('~0', '~');

/** What stands at a pointer; undefined: nothing. */
const valueAt = (body: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce(
      (value, name) => (value as Record<string, unknown> | undefined)?.[unescapePointer(name)],
      body,
    );

const fieldErrors = (error: FastifyError, body: unknown): readonly FieldError[] =>
  error.validation!.slice(0, 50).map(({ instancePath, keyword, message, params }) => {
    // Who left a field of a form empty did not write too little: it was not filled in.
    if (
      keyword === 'minLength' &&
      error.validationContext === 'body' &&
      valueAt(body, instancePath) === ''
    )
      return { pointer: `#${instancePath}`, code: 'required', detail: 'must not be empty' };
    const { additionalProperty, missingProperty } = params as Record<string, string | undefined>;
    const name = additionalProperty ?? missingProperty;
    const place = error.validationContext === 'body' ? '' : `/${error.validationContext ?? ''}`;
    return {
      pointer: `#${place}${instancePath}${name === undefined ? '' : `/${escapePointer(name)}`}`,
      code: codeOfKeyword[keyword] ?? keyword,
      detail: message ?? 'is not valid',
    };
  });

/** Every error leaves as problem details, with no text in it that we did not write. */
export const answerError = (
  error: FastifyError | DomainError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  const known =
    error instanceof DomainError ? error : fromFastify(error as FastifyError, request.body);
  if (known) return answerProblem(known, request, reply);

  const { statusCode } = error as FastifyError;
  if (isTransient(error)) {
    request.log.warn({ err: error, request_id: request.id }, 'a dependency is away');
    return answerProblem(httpError('unavailable', { retryAfterSeconds: 2 }), request, reply);
  }
  const status =
    statusCode !== undefined && statusCode >= 400 && statusCode < 500 ? statusCode : 500;
  if (status === 500) {
    request.log.error({ err: error, request_id: request.id }, 'request failed');
    return answerProblem(httpError('internal'), request, reply);
  }
  const problem = toNamelessProblem(status, request.id);
  return reply.code(status).type(problemType).send(JSON.stringify(problem));
};

/** How a client may do better (RFC 6750, 3): without `error` when it has shown nothing at all. */
export const toChallenge = ({ code, kind, details }: DomainError): string | undefined => {
  const { scope, max_age: maxAge } = (details.extra ?? {}) as { scope?: string; max_age?: number };
  switch (code) {
    case 'auth.invalid_token':
      return 'Bearer error="invalid_token"';
    case 'auth.insufficient_scope':
      return `Bearer error="insufficient_scope"${scope === undefined ? '' : `, scope="${scope}"`}`;
    case 'auth.step_up_required':
      return `Bearer error="insufficient_user_authentication", max_age="${maxAge}"`;
    default:
      return kind === 'unauthenticated' ? 'Bearer' : undefined;
  }
};

const codes = new WeakMap<FastifyRequest, string>();
/** The code of the problem that a request was answered with, for the log. */
export const problemCodeOf = (request: FastifyRequest): string | undefined => codes.get(request);

export const answerProblem = (
  error: DomainError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  codes.set(request, error.code);
  const { retryAfterSeconds } = error.details;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  const challenge = toChallenge(error);
  if (challenge !== undefined) reply.header('www-authenticate', challenge);
  return reply
    .code(statusOf[error.kind])
    .header('cache-control', 'no-store')
    .type(problemType)
    .send(JSON.stringify(toProblem(error, request.id)));
};
