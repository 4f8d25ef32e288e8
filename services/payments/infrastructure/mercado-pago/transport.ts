import { classify, unclear, type Answer } from './answer.ts';
import type { Reader } from './reading.ts';

/** A worker asks again; a person's request never waits longer than this. */
const timeoutMaxMs = 10_000;
const answerBytesMax = 4 * 1024 * 1024;

export type TransportOptions = Readonly<{
  /** Such as `https://api.mercadopago.com`. */
  baseUrl: string;
  timeoutMs?: number;
  fetch?: typeof fetch;
}>;

export type Call<T> = Readonly<{
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  token?: string;
  key?: string;
  body?: object;
  headers?: Readonly<Record<string, string>>;
  read: (reader: Reader) => T;
  /** Of an answer that is no JSON: a file. */
  readText?: (text: string) => T;
}>;

/**
 * Whatever fetch throws, the effect is open. A lost answer is told from a call that never began, as
 * a log wants to know it.
 */
const faultOf = (error: unknown): Answer<never> => {
  const { name, message, cause } = error as Error & { cause?: { code?: string } };
  if (name === 'TimeoutError') return unclear('timeout', message);
  const code = cause?.code ?? '';
  const isUnreachable = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'].includes(code);
  return unclear(isUnreachable ? 'unreachable' : 'connection_lost', code || message);
};

/** The whole text, or undefined when it is longer than any answer of the API. */
const readWhole = async (response: Response): Promise<string | undefined> => {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).byteLength;
    if (bytes > answerBytesMax) return undefined;
    text += decoder.decode(chunk as Uint8Array, { stream: true });
  }
  return text + decoder.decode();
};

/** One call is one request: it is never repeated here, and a redirect is not followed. */
export const createTransport = ({
  baseUrl,
  timeoutMs = 8_000,
  fetch: send = fetch,
}: TransportOptions): (<T>(given: Call<T>) => Promise<Answer<T>>) => {
  if (!(timeoutMs > 0 && timeoutMs <= timeoutMaxMs))
    throw new RangeError(`a call to Mercado Pago takes at most ${timeoutMaxMs} ms`);
  const base = baseUrl.replace(/\/+$/, '');

  return async ({ method, path, token, key, body, headers, read, readText }) => {
    if (method !== 'GET' && !key) throw new Error(`${method} ${path} needs an idempotency key`);
    const request = {
      method,
      redirect: 'manual' as const,
      headers: {
        accept: 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(key !== undefined && { 'x-idempotency-key': key }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      // Made before the call: an amount that cannot be sent is a fault of ours, not of the network.
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    let text: string | undefined;
    let response: Response;
    try {
      response = await send(base + path, { ...request, signal: AbortSignal.timeout(timeoutMs) });
      text = await readWhole(response);
    } catch (error) {
      return faultOf(error);
    }
    const { status } = response;
    if (text === undefined) return unclear('too_large', `status ${status}`, status);
    const retryAfter = response.headers.get('retry-after');
    return classify({ status, text, retryAfter }, read, new Date(), readText);
  };
};
