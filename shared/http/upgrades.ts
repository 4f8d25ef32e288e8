import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/** A request to change the protocol, as it stands before anybody has answered it. */
export type Upgrade = Readonly<{ socket: Duplex; head: Buffer }>;

type Asked = Upgrade & Readonly<{ drained: () => void }>;

export type Upgrades = Readonly<{
  /** What a request asks for, while nobody has answered it. */
  of: (raw: IncomingMessage) => Upgrade | undefined;
  /** Takes the connection from HTTP: from here on it belongs to the caller. */
  take: (raw: IncomingMessage, response: ServerResponse) => Upgrade;
}>;

/** What a client that was refused has to finish in. */
const refusedMs = 5_000;

/**
 * Requests to change the protocol that `isAsked` names go the way of all others, with their limits,
 * ids and problems: a route answers them, or takes the connection. Any other upgrade is answered in
 * HTTP/1.1, as if nobody had asked.
 */
export const useUpgrades = (
  app: FastifyInstance,
  isAsked: (raw: IncomingMessage) => boolean,
): Upgrades => {
  const asked = new WeakMap<IncomingMessage, Asked>();
  const { server } = app;
  Object.assign(server, { shouldUpgradeCallback: isAsked });
  server.on('upgrade', (raw, socket, head) => {
    const answer = new ServerResponse(raw);
    // Node has taken its own listener off: without one a long refusal would wait for ever.
    const drained = (): void => void answer.emit('drain');
    socket.on('drain', drained);
    asked.set(raw, { socket, head, drained });
    socket.on('error', () => socket.destroy());
    answer.shouldKeepAlive = false;
    answer.assignSocket(socket as Parameters<ServerResponse['assignSocket']>[0]);
    answer.once('finish', () => {
      socket.end();
      setTimeout(() => socket.destroy(), refusedMs).unref();
    });
    app.routing(raw, answer);
  });
  return {
    of: (raw) => asked.get(raw),
    take(raw, response) {
      const { socket, head, drained } = asked.get(raw)!;
      asked.delete(raw);
      socket.off('drain', drained);
      response.detachSocket(socket as Parameters<ServerResponse['detachSocket']>[0]);
      return { socket, head };
    },
  };
};

/** Where WebSockets are. */
const address = /^(?:\/api\/v1)?\/ws(?:[/?]|$)/;

/** WebSockets where they are served, and no other protocol. */
export const isWebSocket = ({ method, url, headers }: IncomingMessage): boolean =>
  method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket' && address.test(url ?? '');
