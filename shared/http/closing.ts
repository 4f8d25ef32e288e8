import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * How a server leaves those who are connected when it closes: what it has begun it answers with
 * `Connection: close`, so that nobody sends the next request where no one is. Without it the answer
 * says that the connection stays, and the client's next request meets its end. Fastify itself does
 * so for requests that come later, and closes idle connections and the listening socket.
 */
export const useClosing = (app: FastifyInstance): void => {
  /** By connection, so that a request costs no listener and an aborted one leaves nothing behind. */
  const answering = new Map<Socket, ServerResponse | undefined>();

  app.server.on('connection', (socket) => {
    answering.set(socket, undefined);
    socket.once('close', () => answering.delete(socket));
  });
  const begin = ({ socket }: IncomingMessage, answer: ServerResponse): void => {
    if (answering.has(socket)) answering.set(socket, answer);
  };
  app.addHook('onRequest', (request, reply, done) => {
    begin(request.raw, reply.raw);
    done();
  });
  let isClosing = false;
  app.gates.push(({ raw, response }) => {
    if (!isClosing) begin(raw, response);
    return !isClosing;
  });
  app.addHook('preClose', (done) => {
    isClosing = true;
    for (const answer of answering.values()) {
      if (!answer || answer.writableFinished) continue;
      if (!answer.headersSent) answer.setHeader('connection', 'close');
      // The client has been told that its connection stays: it goes with the end of the answer.
      else answer.once('finish', () => setImmediate(() => app.server.closeIdleConnections()));
    }
    done();
  });
};
