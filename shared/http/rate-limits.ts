import type { FastifyInstance } from 'fastify';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { httpError } from './errors.ts';

type Limits = Readonly<{ requestsPerMinute: number; signInsPerMinute: number }>;

/**
 * Limits per client: its account when signed in, else its address. Sign-in routes have a small
 * limit of their own, by address always. Answers carry the IETF draft's headers.
 */
export const useRateLimits = (app: FastifyInstance, limits: Limits): void => {
  const all = new RateLimiterMemory({ points: limits.requestsPerMinute, duration: 60 });
  const signIns = new RateLimiterMemory({ points: limits.signInsPerMinute, duration: 60 });
  const policy = {
    all: `"all";q=${limits.requestsPerMinute};w=60`,
    signIns: `"sign-in";q=${limits.signInsPerMinute};w=60`,
  };

  app.addHook('onRequest', (request, reply, done) => {
    const isSignIn = request.routeOptions.config.isSignIn === true;
    const key = isSignIn ? request.ip : (request.principal?.id ?? request.ip);
    const say = (state: RateLimiterRes): void => {
      const seconds = Math.ceil(state.msBeforeNext / 1000);
      const name = isSignIn ? 'sign-in' : 'all';
      reply.raw.setHeader('ratelimit-policy', isSignIn ? policy.signIns : policy.all);
      reply.raw.setHeader(
        'ratelimit',
        `"${name}";r=${Math.max(0, state.remainingPoints)};t=${seconds}`,
      );
    };
    (isSignIn ? signIns : all).consume(key).then(
      (state) => {
        say(state);
        done();
      },
      (state: RateLimiterRes | Error) => {
        if (state instanceof Error) return done(state);
        say(state);
        const retryAfterSeconds = Math.max(1, Math.ceil(state.msBeforeNext / 1000));
        return done(httpError('too_many_requests', { retryAfterSeconds }));
      },
    );
  });
};
