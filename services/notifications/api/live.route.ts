import { WebSocketServer } from 'ws';
import { Type } from 'typebox';
import { authError, httpError } from '#shared/http/errors.ts';
import type { Principal } from '#shared/http/principal.ts';
import type { Routes } from '#shared/http/server.ts';
import { isWebSocket, useUpgrades } from '#shared/http/upgrades.ts';
import type { EndedSessions } from '#shared/platform/ended-sessions.ts';
import type { LiveHub } from '../application/live-hub.ts';
import type { Tickets } from '../application/live.ts';
import { closeCodes, serveLiveSocket, type LiveLimits } from './live-socket.ts';

/** What we speak; echoed, while the ticket never is. */
const protocol = 'plaza.v1';

const ticketIn = (header: string | undefined): string | undefined => {
  const offered = (header ?? '').split(',').map((name) => name.trim());
  if (!offered.includes(protocol)) return undefined;
  return offered.find((name) => name.startsWith('ticket.'))?.slice('ticket.'.length);
};

type Ports = Readonly<{
  hub: LiveHub;
  tickets: Tickets<Principal>;
  endedSessions: EndedSessions;
  mayHear: (principal: Principal, topic: string) => boolean;
  /** Sites whose pages may connect: ours and those that were allowed. */
  isOurOrigin: (origin: string, host: string) => boolean;
  now: () => number;
  limits: LiveLimits;
  onTrouble: (error: unknown) => void;
}>;

/**
 * The WebSocket of live updates. Nobody is switched before they are known: a ticket or a token comes
 * with the handshake, and whoever has none gets a problem as from any other route.
 */
export const liveRoute =
  (ports: Ports): Routes =>
  async (app) => {
    const { tickets, endedSessions, isOurOrigin, limits } = ports;
    const upgrades = useUpgrades(app, isWebSocket);
    const server = new WebSocketServer({
      noServer: true,
      maxPayload: limits.messageBytes,
      perMessageDeflate: false,
      handleProtocols: () => protocol,
    });
    const ofAccount = new Map<string, number>();
    const count = (account: string, by: number): void => {
      const now = (ofAccount.get(account) ?? 0) + by;
      if (now > 0) ofAccount.set(account, now);
      else ofAccount.delete(account);
    };
    const open = new Set<Readonly<{ close: (code: number, reason: string) => void }>>();
    app.addHook('preClose', (done) => {
      for (const served of open) served.close(closeCodes.goingAway, 'going away');
      server.close();
      done();
    });

    app.get(
      '/ws',
      {
        config: { access: 'public' },
        schema: {
          operationId: 'openLiveSocket',
          summary: 'WebSocket of live updates; subprotocols plaza.v1 and ticket.<ticket>',
          tags: ['notifications'],
          response: {
            101: Type.Null({ description: 'the connection is a WebSocket from here on' }),
          },
        },
      },
      async (request, reply) => {
        if (!upgrades.of(request.raw)) {
          reply.header('upgrade', 'websocket');
          throw httpError('upgrade_required');
        }
        const origin = request.headers.origin ?? null;
        if (origin !== null && !isOurOrigin(origin, request.host))
          throw httpError('foreign_origin');
        const ticket = ticketIn(request.headers['sec-websocket-protocol']);
        const principal =
          request.principal ?? (ticket ? await tickets.redeem(ticket, origin) : undefined);
        if (!principal || request.principal?.scopes) throw authError('required');
        if (await endedSessions.isEnded(principal, true)) throw authError('session_ended');
        if ((ofAccount.get(principal.id) ?? 0) >= limits.socketsMax)
          throw httpError('too_many_requests', { retryAfterSeconds: 10 });

        reply.hijack();
        const { socket, head } = upgrades.take(request.raw, reply.raw);
        count(principal.id, 1);
        socket.once('close', () => count(principal.id, -1));
        server.handleUpgrade(request.raw, socket, head, (connected) => {
          const served = serveLiveSocket(connected, principal, ports);
          open.add(served);
          connected.once('close', () => open.delete(served));
        });
        return reply;
      },
    );
  };
