import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { Resolver } from 'node:dns/promises';
import { isIPv4 } from 'node:net';

const typeOf = { a: 1, aaaa: 28 } as const;
const codes = { ok: 0, failed: 2, none: 3 } as const;

/** What the name server says of every name it is asked: addresses, or how it fails. */
export type Zone = Map<string, readonly string[] | 'failed' | 'none' | 'silent'>;

const bytesOf = (ip: string): Buffer =>
  isIPv4(ip)
    ? Buffer.from(ip.split('.').map(Number))
    : Buffer.from(
        new URL(`http://[${ip}]`).hostname
          .slice(1, -1)
          .replace('::', `:${'0:'.repeat(9 - ip.split(':').length)}`)
          .split(':')
          .filter((part) => part !== '')
          .map((part) => part.padStart(4, '0'))
          .join(''),
        'hex',
      );

/** The name in a question (RFC 1035 4.1.2), and where its type stands. */
const readName = (message: Buffer): { name: string; end: number } => {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at]!; length > 0; length = message[at]!) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), end: at + 1 };
};

/** A name server over UDP that answers A and AAAA from `zone`, and a resolver that asks only it. */
export const startDns = async (zone: Zone) => {
  const socket = createSocket('udp4');
  let questions = 0;
  socket.on('message', (message, from) => {
    questions += 1;
    socket.emit('asked');
    const { name, end } = readName(message);
    const type = message.readUInt16BE(end);
    const known = zone.get(name) ?? 'none';
    if (known === 'silent') return;
    const ips =
      typeof known === 'string'
        ? []
        : known.filter((ip) => (isIPv4(ip) ? typeOf.a : typeOf.aaaa) === type);
    const head = Buffer.alloc(12);
    message.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180 | (typeof known === 'string' ? codes[known] : codes.ok), 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(ips.length, 6);
    const answers = ips.map((ip) => {
      const data = bytesOf(ip);
      const fixed = Buffer.alloc(12);
      fixed.writeUInt16BE(0xc00c, 0);
      fixed.writeUInt16BE(type, 2);
      fixed.writeUInt16BE(1, 4);
      fixed.writeUInt32BE(5, 6);
      fixed.writeUInt16BE(data.length, 10);
      return Buffer.concat([fixed, data]);
    });
    const answer = Buffer.concat([head, message.subarray(12, end + 4), ...answers]);
    socket.send(answer, from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const names = new Resolver({ timeout: 100, tries: 1 });
  names.setServers([`127.0.0.1:${socket.address().port}`]);
  return {
    names,
    questions: () => questions,
    /** Resolves when so many more questions have come, which two seconds must do for. */
    async asked(more: number): Promise<void> {
      const signal = AbortSignal.timeout(2_000);
      for (let i = 0; i < more; i++) await once(socket, 'asked', { signal });
    },
    stop: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };
};
