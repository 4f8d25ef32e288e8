import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { limitKeyOf } from '#shared/http/client-address.ts';
import { httpError } from '#shared/http/errors.ts';
import { isWebSocket, useUpgrades } from '#shared/http/upgrades.ts';
import type { AnswerHead } from './answer-parser.ts';
import type { Asked } from './exchange.ts';
import { passAnswerHeaders } from './headers.ts';

export type TunnelLimits = Readonly<{
  /** A side that sends nothing for so long is gone: live ones answer pings, which come more often. */
  quietMs: number;
  /** What the other side has to finish in when one has ended. */
  closingMs: number;
  perClientMax: number;
  max: number;
}>;

const usualLimits: TunnelLimits = {
  quietMs: 120_000,
  closingMs: 5_000,
  perClientMax: 100,
  max: 10_000,
};

/** Joins two sockets until one has ended, the other had its time, or a side says nothing. */
const join = (
  client: Duplex,
  service: Duplex,
  { quietMs, closingMs }: TunnelLimits,
  onOver: () => void,
): (() => void) => {
  let closing: NodeJS.Timeout | undefined;
  const end = (): void => {
    client.end();
    service.end();
    closing ??= setTimeout(destroy, closingMs);
  };
  const destroy = (): void => {
    clearTimeout(closing);
    client.destroy();
    service.destroy();
  };
  for (const [from, to] of [
    [client, service],
    [service, client],
  ] as const) {
    const quiet = setTimeout(destroy, quietMs);
    from.on('data', () => quiet.refresh());
    from.on('error', () => from.destroy());
    from.on('end', end);
    from.on('close', () => {
      clearTimeout(quiet);
      if (!to.destroyed) return end();
      clearTimeout(closing);
      return onOver();
    });
    from.pipe(to);
  }
  return end;
};

/**
 * WebSockets through the gateway. The handshake is an ordinary request up to the service's answer:
 * limits of the client, hygiene of headers, and a refusal that is passed on as it is. From 101 on it
 * is bytes both ways.
 */
export const createTunnels = (app: FastifyInstance, some: Partial<TunnelLimits> = {}) => {
  const limits = { ...usualLimits, ...some };
  const upgrades = useUpgrades(app, isWebSocket);
  const open = new Set<() => void>();
  const byClient = new Map<string, number>();
  let total = 0;

  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    for (const end of open) end();
    done();
  });

  const count = (client: string, by: number): void => {
    total += by;
    const now = (byClient.get(client) ?? 0) + by;
    if (now > 0) byClient.set(client, now);
    else byClient.delete(client);
  };

  return {
    get size() {
      return open.size;
    },
    /**
     * Whether a request asks to become a WebSocket; raises when its client has too many, those counted
     * that are still being asked for.
     */
    isAsked({ raw, ip }: Asked): boolean {
      const upgrade = upgrades.of(raw);
      if (!upgrade) return false;
      const client = limitKeyOf(ip);
      if ((byClient.get(client) ?? 0) >= limits.perClientMax)
        throw httpError('too_many_requests', { retryAfterSeconds: 10 });
      if (isClosing || total >= limits.max)
        throw httpError('unavailable', { retryAfterSeconds: 10 });
      count(client, 1);
      upgrade.socket.once('close', () => count(client, -1));
      return true;
    },
    /** The service has agreed with `answer`; `rest` is what it said behind that. */
    open({ raw, response, id }: Asked, answer: AnswerHead, service: Duplex, rest: Buffer): void {
      const { socket, head } = upgrades.take(raw, response);
      let lines = `HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n`;
      passAnswerHeaders(answer.headers, (name, value) => (lines += `${name}: ${value}\r\n`));
      socket.write(`${lines}x-request-id: ${id}\r\n\r\n`, 'latin1');
      if (rest.length > 0) socket.write(rest);
      if (head.length > 0) service.write(head);
      const end = join(socket, service, limits, () => void open.delete(end));
      open.add(end);
      if (isClosing) end();
    },
  };
};

export type Tunnels = ReturnType<typeof createTunnels>;
