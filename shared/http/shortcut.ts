import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Callers } from './client-address.ts';
import type { Principal } from './principal.ts';

/** A request that Fastify has not seen, with what Fastify would know of it. */
export class EarlyRequest {
  readonly raw: IncomingMessage;
  readonly response: ServerResponse;
  readonly id: string;
  readonly ip: string;
  readonly protocol: string;
  readonly host: string;
  readonly startedAt = performance.now();
  principal: Principal | null = null;

  constructor(raw: IncomingMessage, response: ServerResponse, id: string, callers: Callers) {
    this.raw = raw;
    this.response = response;
    this.id = id;
    this.ip = callers.ipOf(raw);
    this.protocol = callers.protocolOf(raw);
    this.host = callers.hostOf(raw);
  }
}

/**
 * What stands before every route, for requests that go past Fastify: true lets one on, an error that
 * is raised refuses it, and false leaves it to Fastify, whose hooks can wait. Each is written beside
 * the hook that does the same, with the same functions.
 */
export type Gate = (request: EarlyRequest) => boolean;

/**
 * Answers a request. `refuse` hands it to Fastify, for the error handler to answer, as long as
 * nothing was written; what is raised does the same. `onClientGone` is called when the client's
 * connection or the answer has ended.
 */
export type EarlyAnswer = (
  request: EarlyRequest,
  refuse: (error: Error) => void,
) => Readonly<{ onClientGone: () => void }>;

/** An address that is answered past Fastify, under the pattern that Fastify knows it by. */
export type EarlyRoute = Readonly<{ route: string; answer: EarlyAnswer }>;

declare module 'fastify' {
  interface FastifyInstance {
    readonly gates: Gate[];
    /** Requests that `find` knows go past Fastify; called once, by who has most of them. */
    readonly answerEarly: (find: (raw: IncomingMessage) => EarlyRoute | undefined) => void;
  }
}

/** What Fastify is told of a request that was refused before it came there. */
export type Refusal = Readonly<{ error: Error; request: EarlyRequest }>;

const ignore = (): void => {};

/**
 * A way past Fastify, for an answer to which it adds nothing: its request, reply, hooks and router
 * cost a proxy as much as all of its own work. Whatever is not plain goes to Fastify as before, and
 * so does what is refused on the way: there is one place that words errors.
 */
export const useShortcut = (
  app: FastifyInstance,
  options: Readonly<{
    callers: Callers;
    idOf: (raw: IncomingMessage) => string;
    sign: (response: ServerResponse, id: string) => void;
    onAnswered: (request: EarlyRequest, route: string) => void;
  }>,
): ((raw: IncomingMessage) => Refusal | undefined) => {
  const { callers, idOf, sign, onAnswered } = options;
  const refusals = new WeakMap<IncomingMessage, Refusal>();
  const gates: Gate[] = [];

  const enter = (raw: IncomingMessage, response: ServerResponse, found: EarlyRoute): void => {
    const request = new EarlyRequest(raw, response, idOf(raw), callers);
    let isRefused = false;
    let answering: ReturnType<EarlyAnswer> | undefined;
    const refuse = (error: Error): void => {
      isRefused = true;
      refusals.set(raw, { error, request });
      app.routing(raw, response);
    };
    try {
      for (const gate of gates) if (!gate(request)) return app.routing(raw, response);
      sign(response, request.id);
      // One that is not heard would end the process.
      response.on('error', ignore);
      // One listener of each event: for a second one Node makes an array, which V8 has learnt to put
      // among the old objects, and the whole request lives on with it until those are collected.
      response.on('close', () => {
        answering?.onClientGone();
        if (!isRefused && response.writableFinished) onAnswered(request, found.route);
      });
      answering = found.answer(request, refuse);
    } catch (error) {
      if (!isRefused) refuse(error as Error);
    }
    return undefined;
  };

  app.decorate('gates', gates);
  app.decorate('answerEarly', (find) => {
    app.server.removeAllListeners('request');
    app.server.on('request', (raw: IncomingMessage, response: ServerResponse) => {
      const found = find(raw);
      if (found) enter(raw, response, found);
      else app.routing(raw, response);
    });
  });
  return (raw) => refusals.get(raw);
};
