import type { ServerResponse } from 'node:http';
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
  app.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw;
    if (answering.has(socket)) answering.set(socket, reply.raw);
    done();
  });
  app.addHook('preClose', (done) => {
    for (const answer of answering.values()) {
      if (!answer || answer.writableFinished) continue;
      if (!answer.headersSent) answer.setHeader('connection', 'close');
      // The client has been told that its connection stays: it goes with the end of the answer.
      else answer.once('finish', () => setImmediate(() => app.server.closeIdleConnections()));
    }
    done();
  });
};
