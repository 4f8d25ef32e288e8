import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { limitKeyOf } from './client-address.ts';
import { httpError } from './errors.ts';
import { createRequestWindow, type AddToCount } from './request-window.ts';

type Limits = Readonly<{ requestsPerMinute: number; signInsPerMinute: number }>;

/** Counts of all processes in windows of `windowMs`, by bucket. */
export type SharedCounts = (bucket: string) => AddToCount;

export const windowMs = 60_000;
const awayRetrySeconds = 2;

/** Rounded up, but for what is only the noise of a floating point clock. */
const secondsOf = (ms: number): number => Math.ceil(Math.floor(ms) / 1_000);

const say = (
  response: ServerResponse,
  name: string,
  policy: string,
  left: number,
  ms: number,
): void => {
  response.setHeader('ratelimit-policy', policy);
  response.setHeader('ratelimit', `"${name}";r=${left};t=${secondsOf(ms)}`);
};

const tooMany = (ms: number) =>
  httpError('too_many_requests', { retryAfterSeconds: Math.max(1, secondsOf(ms)) });

/** Where there is one process: a bucket is counted by whoever asked for it. */
export const createMemoryCount = (): AddToCount => {
  const limiter = new RateLimiterMemory({
    points: Number.MAX_SAFE_INTEGER,
    duration: windowMs / 1_000,
  });
  return async (key, points) => {
    const { consumedPoints, msBeforeNext } = await limiter.consume(key, points);
    return { count: consumedPoints, msLeft: msBeforeNext };
  };
};

/**
 * Limits per client: its account when signed in, else its address (of IPv6 the /64). Sign-in routes
 * have a small limit of their own, by address always. Answers carry the IETF draft's headers.
 *
 * All requests are counted once, where clients arrive (`isEdge`), sign-in tries where they are
 * handled. With `shared` both hold over replicas; while that is away, requests are limited by each
 * process for itself, and sign-ins are refused, since nobody can say how many were tried.
 */
export const useRateLimits = (
  app: FastifyInstance,
  limits: Limits,
  where: Readonly<{ isEdge: boolean; shared?: SharedCounts | undefined }>,
): void => {
  const { isEdge, shared } = where;
  const { requestsPerMinute, signInsPerMinute } = limits;
  const take = createRequestWindow(requestsPerMinute, windowMs, shared?.('all'));
  const addSignIn = shared?.('sign-in') ?? createMemoryCount();
  const policy = `"all";q=${requestsPerMinute};w=60`;
  const signInPolicy = `"sign-in";q=${signInsPerMinute};w=60`;

  /** Counts one more of `key`, and answers why it is refused, if it is. */
  const count = (key: string, response: ServerResponse): Error | undefined => {
    const { left, msLeft, isOver } = take(key, performance.now());
    say(response, 'all', policy, left, msLeft);
    return isOver ? tooMany(msLeft) : undefined;
  };
  app.gates.push(({ principal, ip, response }) => {
    const refusal = isEdge ? count(principal?.id ?? limitKeyOf(ip), response) : undefined;
    if (refusal) throw refusal;
    return true;
  });

  app.addHook('onRequest', (request, reply, done) => {
    // It asks for all its clients together, who have been counted where they came in.
    if (request.service !== null) return done();
    if (request.routeOptions.config.isSignIn !== true) {
      if (!isEdge) return done();
      return done(count(request.principal?.id ?? limitKeyOf(request.ip), reply.raw));
    }
    addSignIn(limitKeyOf(request.ip), 1).then(
      ({ count, msLeft }) => {
        const left = Math.max(0, signInsPerMinute - count);
        say(reply.raw, 'sign-in', signInPolicy, left, msLeft);
        done(count > signInsPerMinute ? tooMany(msLeft) : undefined);
      },
      (cause: unknown) =>
        done(httpError('unavailable', { retryAfterSeconds: awayRetrySeconds, cause })),
    );
    return undefined;
  });
};
