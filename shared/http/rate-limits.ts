import type { FastifyInstance, FastifyReply } from 'fastify';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { httpError } from './errors.ts';
import { createRequestWindow } from './request-window.ts';

type Limits = Readonly<{ requestsPerMinute: number; signInsPerMinute: number }>;

const windowMs = 60_000;

const say = (reply: FastifyReply, name: string, policy: string, left: number, ms: number): void => {
  reply.raw.setHeader('ratelimit-policy', policy);
  reply.raw.setHeader('ratelimit', `"${name}";r=${left};t=${Math.ceil(ms / 1000)}`);
};

const tooMany = (ms: number) =>
  httpError('too_many_requests', { retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)) });

/**
 * Limits per client: its account when signed in, else its address. Sign-in routes have a small
 * limit of their own, by address always. Answers carry the IETF draft's headers.
 */
export const useRateLimits = (app: FastifyInstance, limits: Limits): void => {
  const take = createRequestWindow(limits.requestsPerMinute, windowMs);
  const signIns = new RateLimiterMemory({ points: limits.signInsPerMinute, duration: 60 });
  const policy = `"all";q=${limits.requestsPerMinute};w=60`;
  const signInPolicy = `"sign-in";q=${limits.signInsPerMinute};w=60`;

  app.addHook('onRequest', (request, reply, done) => {
    // It asks for all its clients together, who have been counted where they came in.
    if (request.service !== null) return done();
    if (request.routeOptions.config.isSignIn !== true) {
      const state = take(request.principal?.id ?? request.ip, performance.now());
      say(reply, 'all', policy, state.left, state.msLeft);
      return done(state.isOver ? tooMany(state.msLeft) : undefined);
    }
    signIns.consume(request.ip).then(
      (state) => {
        say(reply, 'sign-in', signInPolicy, state.remainingPoints, state.msBeforeNext);
        done();
      },
      (state: RateLimiterRes | Error) => {
        if (state instanceof Error) return done(state);
        say(reply, 'sign-in', signInPolicy, 0, state.msBeforeNext);
        return done(tooMany(state.msBeforeNext));
      },
    );
    return undefined;
  });
};
