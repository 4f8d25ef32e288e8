import { createHash } from 'node:crypto';
import type { MailMessage } from './mail.ts';

/** A mail as it was captured; `at` is when. */
export type CapturedMessage = MailMessage & Readonly<{ at: string }>;

const lineBytesMax = 900;
const wordBytesMax = 42;

/** RFC 2047: text that is not plain ASCII as encoded words, none longer than 75 characters. */
const encodeHeader = (text: string): string => {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes('=?')) return text;
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > wordBytesMax) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  words.push(word);
  return words.map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join('\r\n ');
};

const decodeHeader = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?B\?([A-Za-z0-9+/=]*)\?=/g, (_, base64: string) =>
      Buffer.from(base64, 'base64').toString('utf8'),
    );

/** As it reads when no line is too long for mail, which keeps files readable; else in base64. */
const encodePart = (type: string, content: string): string => {
  const text = content.replace(/\r\n?/g, '\n');
  const isPlain = text.split('\n').every((line) => Buffer.byteLength(line) <= lineBytesMax);
  const body = isPlain
    ? text.replaceAll('\n', '\r\n')
    : Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
  return [
    `Content-Type: ${type}; charset=utf-8`,
    `Content-Transfer-Encoding: ${isPlain ? '8bit' : 'base64'}`,
    '',
    body,
  ].join('\r\n');
};

/** A mail as an RFC 5322 message: text, and HTML beside it. Headers are one line each of ours. */
export const encodeEml = (message: CapturedMessage): string => {
  const { id, to, subject, text, html, at } = message;
  const digest = createHash('sha256')
    .update(`${text}\n${html ?? ''}`)
    .digest('hex');
  const boundary = `plaza-${digest.slice(0, 40)}`;
  const oneLine = (value: string): string => value.replace(/\s+/g, ' ');
  const parts = [encodePart('text/plain', text)];
  if (html !== undefined) parts.push(encodePart('text/html', html));
  return [
    `Message-ID: <${id}@plaza>`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `X-Plaza-At: ${at}`,
    'From: Plaza <no-reply@localhost>',
    `To: ${encodeHeader(oneLine(to))}`,
    `Subject: ${encodeHeader(oneLine(subject))}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    ...parts.flatMap((part) => [`--${boundary}`, part]),
    `--${boundary}--`,
    '',
  ].join('\r\n');
};

const decodePart = (part: string): string => {
  const end = part.indexOf('\r\n\r\n');
  const body = part.slice(end + 4);
  return part.slice(0, end).includes('base64')
    ? Buffer.from(body, 'base64').toString('utf8')
    : body.replaceAll('\r\n', '\n');
};

/** Reads what `encodeEml` wrote; undefined for a file that is not such a mail. */
export const decodeEml = (eml: string): CapturedMessage | undefined => {
  const end = eml.indexOf('\r\n\r\n');
  const head = eml.slice(0, end).replace(/\r\n /g, ' ');
  const header = (name: string): string | undefined =>
    new RegExp(`^${name}: (.*)$`, 'm').exec(head)?.[1]?.trim();
  const id = /^<(.+)@plaza>$/.exec(header('Message-ID') ?? '')?.[1];
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1];
  const at = header('X-Plaza-At');
  if (end < 0 || id === undefined || boundary === undefined || at === undefined) return undefined;
  const [text, html] = eml
    .slice(end + 4)
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => decodePart(part.replace(/^\r\n/, '').replace(/\r\n$/, '')));
  return {
    id,
    to: decodeHeader(header('To') ?? ''),
    subject: decodeHeader(header('Subject') ?? ''),
    text: text ?? '',
    ...(html === undefined ? {} : { html }),
    at,
  };
};
