import type { Upstream } from './upstreams.ts';
import { parseJson } from '#shared/kernel/parse-json.ts';

/** No address of the service answered in time. */
export class Away extends Error {
  override readonly name = 'Away';
}

export type Question = Readonly<{
  method?: 'GET' | 'POST';
  /** The caller's own: services decide by it themselves. */
  authorization?: string | undefined;
  withinMs?: number;
}>;

export type ServiceAnswer = Readonly<{ status: number; body: unknown }>;

const usuallyWithinMs = 5_000;

/** Asks one address; raises when it does not answer, or not in JSON. */
export const askAddress = async (
  address: string,
  path: string,
  { method = 'GET', authorization, withinMs = usuallyWithinMs }: Question = {},
): Promise<ServiceAnswer> => {
  const reply = await fetch(address + path, {
    method,
    signal: AbortSignal.timeout(withinMs),
    ...(authorization === undefined ? {} : { headers: { authorization } }),
  });
  const text = await reply.text();
  return { status: reply.status, body: text === '' ? null : parseJson(text) };
};

/**
 * Asks a service for the gateway itself: one of its replicas, the next when that does not answer.
 * Only for what may be asked twice. Raises `Away`.
 */
export const askService = async (
  upstream: Upstream,
  path: string,
  question?: Question,
): Promise<ServiceAnswer> => {
  let fault: unknown;
  for (const { url } of upstream.candidates())
    try {
      return await askAddress(url, path, question);
    } catch (error) {
      fault = error;
    }
  throw new Away(`${upstream.context} does not answer`, { cause: fault });
};
