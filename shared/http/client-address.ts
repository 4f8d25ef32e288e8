import { isIPv6 } from 'node:net';

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
  if (!isIPv6(ip)) return ip;
  const groups = groupsOf(ip);
  if (groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff')
    return groups.slice(6).map(bytesOf).join('.');
  return `${groups.slice(0, 4).join(':')}::/64`;
};
