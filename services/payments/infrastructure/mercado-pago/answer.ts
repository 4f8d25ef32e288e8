import { OffSchema, parseWire, readerOf, WireNumber, type Reader } from './reading.ts';

/** Why Mercado Pago refused, as far as somebody can act on it. */
export type RefusalReason =
  | 'too_many_refunds'
  | 'refund_too_old'
  | 'not_refundable'
  | 'partial_not_supported'
  | 'wrong_state'
  /** Try again later with the same key, and tell a person. */
  | 'collector_lacks_money'
  /** The fee needs a token that was obtained by OAuth. */
  | 'fee_needs_oauth'
  | 'grant_invalid'
  | 'token_refused'
  | 'forbidden'
  | 'not_found'
  | 'invalid_request';

export type UnclearReason =
  | 'timeout'
  | 'unreachable'
  | 'connection_lost'
  | 'server_error'
  | 'conflict'
  | 'redirected'
  | 'too_large'
  | 'not_json'
  | 'off_schema';

export type Cause = Readonly<{ code: string; description: string }>;

/**
 * How a call ended. `unclear` says nothing about the effect: after a mutation the provider is read
 * before anything is concluded, and the call is repeated with the same key only.
 */
export type Answer<T> =
  | Readonly<{ is: 'ok'; value: T }>
  | Readonly<{
      is: 'refused';
      reason: RefusalReason;
      status: number;
      causes: readonly Cause[];
      message: string;
    }>
  | Readonly<{ is: 'rate_limited'; retryAfterMs: number | null }>
  | Readonly<{ is: 'unclear'; why: UnclearReason; status: number | null; message: string }>;

const reasonsByCode: ReadonlyMap<string, RefusalReason> = new Map([
  ['2018', 'wrong_state'],
  ['2022', 'too_many_refunds'],
  ['2024', 'refund_too_old'],
  ['15016', 'refund_too_old'],
  ['2025', 'not_refundable'],
  ['2027', 'not_refundable'],
  ['2030', 'collector_lacks_money'],
  ['2031', 'collector_lacks_money'],
  ['2059', 'fee_needs_oauth'],
  ['3024', 'partial_not_supported'],
  ['invalid_grant', 'grant_invalid'],
]);

const reasonsByStatus: ReadonlyMap<number, RefusalReason> = new Map([
  [401, 'token_refused'],
  [403, 'forbidden'],
  [404, 'not_found'],
]);

/** A request of the last minute, or a service behind that did not answer: it may have been done. */
const unclearCodes: ReadonlySet<string> = new Set(['2001', '2004', '2007']);
/** Timed out there, the same key at work, locked, too early, a dependency failed. */
const unclearStatuses: ReadonlySet<number> = new Set([408, 409, 423, 424, 425]);

const textOf = (value: unknown): string => {
  if (value instanceof WireNumber) return value.text;
  return typeof value === 'string' ? value : '';
};

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

/** `cause` is a list, one object or missing; the Orders API calls it `errors`. */
const causesOf = (body: unknown): readonly Cause[] => {
  const found = member(body, 'cause') ?? member(body, 'errors') ?? [];
  return (Array.isArray(found) ? found : [found])
    .map((one: unknown) => ({
      code: textOf(member(one, 'code')),
      description: textOf(member(one, 'description') ?? member(one, 'message')),
    }))
    .filter(({ code, description }) => code !== '' || description !== '');
};

/** Seconds or a date (RFC 9110); null when it is neither. */
const retryAfterMs = (header: string | null, now: Date): number | null => {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
};

export const unclear = (
  why: UnclearReason,
  message: string,
  status: number | null = null,
): Answer<never> => ({ is: 'unclear', why, status, message });

const refusal = (status: number, body: unknown): Answer<never> => {
  const causes = causesOf(body);
  const message = textOf(member(body, 'message'));
  // The word of OAuth, and the code that some answers carry beside `cause`.
  const codes = [...causes.map(({ code }) => code), textOf(member(body, 'error'))];
  if (codes.some((code) => unclearCodes.has(code))) return unclear('conflict', message, status);
  const reason =
    codes.map((code) => reasonsByCode.get(code)).find((found) => found !== undefined) ??
    reasonsByStatus.get(status) ??
    'invalid_request';
  return { is: 'refused', reason, status, causes, message };
};

const readInto = <T>(status: number, read: () => T): Answer<T> => {
  try {
    return { is: 'ok', value: read() };
  } catch (error) {
    if (!(error instanceof OffSchema)) throw error;
    return unclear('off_schema', error.message, status);
  }
};

/** Judges a complete HTTP answer. Statuses that a gateway before the API may give tell nothing. */
export const classify = <T>(
  response: Readonly<{ status: number; text: string; retryAfter: string | null }>,
  read: (reader: Reader) => T,
  now: Date,
  readText?: (text: string) => T,
): Answer<T> => {
  const { status, text } = response;
  if (status === 429)
    return { is: 'rate_limited', retryAfterMs: retryAfterMs(response.retryAfter, now) };
  if (status >= 500) return unclear('server_error', `status ${status}`, status);
  if (unclearStatuses.has(status)) return unclear('conflict', `status ${status}`, status);
  if (status >= 300 && status < 400) return unclear('redirected', `status ${status}`, status);
  if (readText && status < 300) return readInto(status, () => readText(text));
  let body: unknown;
  try {
    body = parseWire(text);
  } catch {
    return unclear('not_json', `status ${status}`, status);
  }
  if (status >= 400) return refusal(status, body);
  // A bare list, as that of refunds, reads like a page.
  const page = Array.isArray(body) ? { elements: body as unknown[] } : body;
  return readInto(status, () => read(readerOf(page)));
};
