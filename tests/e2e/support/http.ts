import assert from 'node:assert/strict';

export type Json = Record<string, unknown>;
export type Reply = Readonly<{ status: number; text: string; body: Json; headers: Headers }>;
export type Request = Readonly<{
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`. */
  path: string;
  token?: string;
  body?: object;
  headers?: Readonly<Record<string, string>>;
}>;

const patienceMs = 20_000;

/** One request; throws only when no answer came. */
export const send = async (url: string, request: Request): Promise<Reply> => {
  const { method, path, token, body, headers } = request;
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(patienceMs),
  });
  const text = await answer.text();
  const isJson = /json/.test(answer.headers.get('content-type') ?? '');
  const parsed = isJson && text !== '' ? (JSON.parse(text) as Json) : {};
  return { status: answer.status, text, body: parsed, headers: answer.headers };
};

/** The body of an answer that must have this status. */
export const must = (status: number, request: Request, reply: Reply): Json => {
  const what = `${request.method} ${request.path}: ${reply.status} ${reply.text.slice(0, 500)}`;
  assert.equal(reply.status, status, what);
  return reply.body;
};

/** What a sandbox card is asked to do, by its number (README of payments). */
export const cards = {
  approved: '4242424242424242',
  declined: '4000000000000002',
  answerLost: '4000000000001018',
  requestLost: '4000000000001026',
  toldTwice: '4000000000001034',
  late: '4000000000001042',
} as const;

export const payBody = (orderId: string, number: string): object => ({
  order_id: orderId,
  payment_method: { type: 'card', number, expiry_month: 12, expiry_year: 2099 },
});

export type MailItem = Readonly<{ to: string; subject: string; text: string }>;

/** The captured mailbox, newest first. */
export const readMails = async (url: string, token: string): Promise<readonly MailItem[]> => {
  const request = { method: 'GET', path: '/admin/mails?limit=100', token } as const;
  return must(200, request, await send(url, request))['items'] as MailItem[];
};

/** The code that was mailed to an address last. */
export const codeIn = (mails: readonly MailItem[], email: string): string | undefined =>
  mails
    .filter(({ to }) => to === email)
    .map(({ text }) => /\b\d{8}\b/.exec(text)?.[0])
    .find((code) => code !== undefined);
