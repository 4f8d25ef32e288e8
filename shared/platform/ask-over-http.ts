import type { Discovery } from './discovery.ts';
import type { Answer, ContextName, Platform } from './module.ts';
import { parseJson } from '../kernel/parse-json.ts';

const timeoutMs = 3_000;

/**
 * Asks another context at the addresses it has now, one after another round the ring; one that
 * does not answer gives way to the next when asking twice does no harm. Nothing answers: throws,
 * and the caller says what it does without.
 */
export const askOverHttp = (
  discovery: Discovery,
  authorizationFor?: (context: ContextName) => Promise<string>,
): Platform['ask'] => {
  let turn = 0;
  return async (context, method, path, body): Promise<Answer> => {
    const known = discovery.addressesOf(context);
    if (known.length === 0) {
      discovery.lookAgain(context);
      throw new Error(`no address is known of ${context}`);
    }
    const route = path.startsWith('/.') ? path : `/api/v1${path}`;
    const tries = method === 'GET' ? known.length : 1;
    turn += 1;
    const authorization = await authorizationFor?.(context);
    let fault: unknown;
    for (let i = 0; i < tries; i++) {
      try {
        const reply = await fetch(`${known[(turn + i) % known.length]}${route}`, {
          method,
          signal: AbortSignal.timeout(timeoutMs),
          headers: {
            ...(authorization === undefined ? {} : { authorization }),
            ...(body ? { 'content-type': 'application/json' } : {}),
          },
          ...(body ? { body: JSON.stringify(body) } : {}),
        });
        const text = await reply.text();
        return { status: reply.status, body: text === '' ? null : parseJson(text) };
      } catch (error) {
        fault = error;
      }
    }
    discovery.lookAgain(context);
    throw new Error(`${context} does not answer`, { cause: fault });
  };
};
