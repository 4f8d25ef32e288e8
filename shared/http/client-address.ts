import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import proxyAddr from '@fastify/proxy-addr';

/** Who calls, as the connection says it, or a proxy that is trusted to know better. */
export type Callers = Readonly<{
  ipOf: (raw: IncomingMessage) => string;
  protocolOf: (raw: IncomingMessage) => string;
  hostOf: (raw: IncomingMessage) => string;
}>;

/** Whether the address is that of a proxy whose word counts; false: there are none. */
export const trustIn = (
  proxies: readonly string[],
): ((address: string, hop: number) => boolean) | false =>
  proxies.length > 0 && proxyAddr.compile([...proxies]);

const lastOf = (header: string): string => header.slice(header.lastIndexOf(',') + 1).trim();

/** The same that Fastify's request says of its `ip`, `protocol` and `host`; a test holds them equal. */
export const createCallers = (trusts: ReturnType<typeof trustIn>): Callers => {
  const direct: Callers = {
    ipOf: ({ socket }) => socket.remoteAddress ?? '',
    protocolOf: ({ socket }) => ('encrypted' in socket && socket.encrypted ? 'https' : 'http'),
    hostOf: ({ headers }) => headers.host ?? '',
  };
  if (!trusts) return direct;
  const told = (raw: IncomingMessage, name: string): string | undefined => {
    const header = raw.headers[name];
    if (typeof header !== 'string' || header === '') return undefined;
    return trusts(direct.ipOf(raw), 0) ? lastOf(header) : undefined;
  };
  return {
    ipOf: (raw) => proxyAddr.all(raw, trusts).at(-1) ?? '',
    protocolOf: (raw) => told(raw, 'x-forwarded-proto') ?? direct.protocolOf(raw),
    hostOf: (raw) => told(raw, 'x-forwarded-host') ?? direct.hostOf(raw),
  };
};

/** The eight groups of an address, in lower case and without leading zeros. */
const groupsOf = (ip: string): readonly string[] => {
  // A zone (`fe80::1%eth0`) says which of our own interfaces it came by.
  const { hostname } = new URL(`http://[${ip.split('%', 1)[0]}]`);
  const [head, tail] = hostname
    .slice(1, -1)
    .split('::')
    .map((part) => part.split(':').filter(Boolean));
  if (!tail) return head!;
  return [...head!, ...Array<string>(8 - head!.length - tail.length).fill('0'), ...tail];
};

const bytesOf = (group: string): string => {
  const value = Number.parseInt(group, 16);
  return `${value >> 8}.${value & 255}`;
};

/**
 * What limits count a client by: its IPv4 address, also when mapped into IPv6 (`::ffff:192.0.2.1`),
 * or the /64 of its IPv6 address (`2001:db8:0:1::/64`), since one household has all of that. What
 * is no address counts as it is.
 */
export const limitKeyOf = (ip: string): string => {
  // Node's own test is a long pattern, and most addresses are told by one character.
  if (!ip.includes(':') || !isIPv6(ip)) return ip;
  const groups = groupsOf(ip);
  if (groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff')
    return groups.slice(6).map(bytesOf).join('.');
  return `${groups.slice(0, 4).join(':')}::/64`;
};
