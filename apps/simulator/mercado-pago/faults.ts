import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiFault, faultBody } from './api-fault.ts';
import type { CallFault, CallName, Chooser } from './behaviour.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The call of the API that a route is; only these misbehave. */
    call?: CallName;
  }
  interface FastifyRequest {
    fault: CallFault | null;
  }
}

/** Waits, unless the caller hangs up before. */
const wait = (request: FastifyRequest, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    request.raw.socket.once('close', done);
    function done(): void {
      clearTimeout(timer);
      request.raw.socket.off('close', done);
      resolve();
    }
  });

const broken = {
  message: 'internal error',
  error: 'internal_server_error',
  status: 500,
  cause: [],
};

/** Makes calls fail before their effect, or lose their answer after it, as the behaviour says. */
export const addFaults = (app: FastifyInstance, chooser: Chooser): void => {
  app.decorateRequest('fault', null);

  const failBefore = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    switch (request.fault) {
      case 'timeout_before':
        reply.hijack();
        await wait(request, chooser.now().hang_ms);
        request.raw.socket.destroy();
        return undefined;
      case 'reset_before':
        reply.hijack();
        request.raw.socket.resetAndDestroy();
        return undefined;
      case 'error_before':
        return reply.code(500).send(broken);
      case 'rate_limited':
        return reply.code(429).header('retry-after', '1').send({
          message: 'too many requests',
          error: 'too_many_requests',
          status: 429,
          cause: [],
        });
      default:
        return undefined;
    }
  };

  app.addHook('preHandler', async (request, reply) => {
    const { call } = request.routeOptions.config;
    if (call === undefined) return undefined;
    const { fault = null, refuse } = chooser.fault(call);
    if (refuse !== undefined)
      return reply.code(400).send(faultBody(new ApiFault(400, refuse, 'refused by behaviour')));
    request.fault = fault;
    return failBefore(request, reply);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    switch (request.fault) {
      case 'slow':
        await wait(request, chooser.now().slow_ms);
        return payload;
      case 'timeout_after':
        await wait(request, chooser.now().hang_ms);
        request.raw.socket.destroy();
        return payload;
      case 'reset_after':
        request.raw.socket.resetAndDestroy();
        return payload;
      case 'error_after':
        reply.code(500);
        return JSON.stringify(broken);
      default:
        return payload;
    }
  });
};
