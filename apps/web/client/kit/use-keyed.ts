import { useRef } from 'react';
import { RequestFailed } from './use-request.ts';

/** Nobody knows what became of a request that was not answered, or by a server that broke. */
const isUnclear = (error: unknown): boolean =>
  !(error instanceof RequestFailed) || error.failure.status === 0 || error.failure.status >= 500;

/**
 * Gives what is sent a key that stays the same until its outcome is known: another try after a lost
 * answer is the same request, and nothing is done twice. What was refused, or has changed, is a new one.
 */
export const useKeyed = () => {
  const last = useRef<Readonly<{ of: string; key: string }>>(undefined);
  return async <Done>(body: unknown, work: (key: string) => Promise<Done>): Promise<Done> => {
    const of = JSON.stringify(body);
    if (last.current?.of !== of) last.current = { of, key: crypto.randomUUID() };
    try {
      const done = await work(last.current.key);
      last.current = undefined;
      return done;
    } catch (error) {
      if (!isUnclear(error)) last.current = undefined;
      throw error;
    }
  };
};
