import type { IncomingMessage } from 'node:http';
import type { Asked } from './exchange.ts';

/** Of one hop (RFC 9110 7.6.1); besides them those that `Connection` names. */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
];
/** The gateway's own server has answered `Expect`; lengths and host are written anew. */
const ofRequest = new Set([...hopByHop, 'expect', 'content-length', 'host', 'x-request-id']);
/** The id is the gateway's, and so is whether the client's connection stays. */
const ofAnswer = new Set([...hopByHop, 'x-request-id', 'alt-svc']);
/**
 * What only this process may say of a caller to the services behind it, and what would have them
 * read another method or address than was checked here.
 */
const ours =
  /^(x-forwarded-.*|forwarded|via|x-real-ip|x-client-ip|true-client-ip|remote-.*|x-(user|account|principal|auth|plaza|role)s?(-.*)?|x-http-method(-override)?|x-method-override|x-original-(url|host|method)|x-rewrite-url)$/;

/** Names a client may make up; beyond it they are looked at each time. */
const namesMax = 1_000;

/** A header's name in lower case, or '' when it does not go through; worked out once a spelling. */
const createNames = (isDropped: (name: string) => boolean) => {
  const names = new Map<string, string>();
  return (name: string): string => {
    const known = names.get(name);
    if (known !== undefined) return known;
    const lower = name.toLowerCase();
    const through = isDropped(lower) ? '' : lower;
    if (names.size < namesMax) names.set(name, through);
    return through;
  };
};
// Some servers take `_` for `-`: what is spoofed in one spelling is in the other.
const requestName = createNames(
  (name) => ofRequest.has(name) || ours.test(name.replaceAll('_', '-')),
);
const answerName = createNames((name) => ofAnswer.has(name));

const named = (connection: string | undefined): ReadonlySet<string> | undefined => {
  if (connection === undefined || connection === 'keep-alive' || connection === 'close')
    return undefined;
  return new Set(connection.split(',').map((name) => name.trim().toLowerCase()));
};

/** How the body of a request is framed: its length in bytes, or of a length that nobody knows. */
export type BodyFraming = 'none' | 'chunked' | number;

export const bodyFraming = ({ headers }: IncomingMessage): BodyFraming => {
  if (headers['transfer-encoding'] !== undefined) return 'chunked';
  const length = headers['content-length'];
  return length === undefined ? 'none' : Number(length);
};

const framingLine = (framing: BodyFraming, method: string): string => {
  if (framing === 'chunked') return 'transfer-encoding: chunked\r\n';
  if (framing !== 'none') return `content-length: ${framing}\r\n`;
  return method === 'POST' || method === 'PUT' || method === 'PATCH' ? 'content-length: 0\r\n' : '';
};

/**
 * The head of a request for a service, to be written as Latin-1: every header but those of one hop,
 * and of the caller only what this process knows itself. `upgrade`: the protocol asked for, if the
 * connection shall become one of that.
 */
export const requestHead = (
  { raw, id, ip, protocol, host }: Asked,
  framing: BodyFraming,
  upgrade?: string,
): string => {
  const { headers, rawHeaders } = raw;
  const method = raw.method!;
  const dropped = named(headers.connection);
  let head = `${method} ${raw.url!} HTTP/1.1\r\nhost: ${headers.host ?? ''}\r\n`;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = requestName(rawHeaders[i]!);
    if (name === '' || dropped?.has(name)) continue;
    head += `${name}: ${rawHeaders[i + 1]!}\r\n`;
  }
  if (upgrade !== undefined) head += `connection: Upgrade\r\nupgrade: ${upgrade}\r\n`;
  return (
    `${head}${framingLine(framing, method)}x-request-id: ${id}\r\n` +
    `x-forwarded-for: ${ip}\r\nx-forwarded-proto: ${protocol}\r\n` +
    `x-forwarded-host: ${host}\r\n\r\n`
  );
};

/** Calls `pass` with each header, its name in lower case, of a service's answer that is the client's to have. */
export const passAnswerHeaders = (
  headers: readonly string[],
  pass: (name: string, value: string) => void,
): void => {
  let dropped: ReadonlySet<string> | undefined;
  for (let i = 0; i < headers.length; i += 2)
    if (headers[i]!.length === 10 && headers[i]!.toLowerCase() === 'connection')
      dropped = named(headers[i + 1]!.toLowerCase());
  for (let i = 0; i < headers.length; i += 2) {
    const name = answerName(headers[i]!);
    if (name === '' || dropped?.has(name)) continue;
    pass(name, headers[i + 1]!);
  }
};
