import { useQuery, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { readFailure, unreachable, type Failure } from '../api/problems.ts';

type Answer<Body> = Readonly<{ data?: Body | undefined; error?: unknown; response: Response }>;

/** A request that was refused, as an error that carries what to show. */
export class RequestFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** The body of an answer, or `RequestFailed`. An answer without a body is `undefined`. */
export const bodyOf = async <Body>(
  asking: Promise<Answer<Body>>,
  fields: readonly string[] = [],
): Promise<Body> => {
  const answer = await asking.catch(() => undefined);
  if (!answer) throw new RequestFailed(unreachable());
  if (!answer.response.ok)
    throw new RequestFailed(readFailure(answer.response, answer.error, fields));
  return answer.data as Body;
};

export type Loaded<Body> = Readonly<{
  data: Body | undefined;
  /** Why there is nothing, or nothing newer, to show. */
  failure: Failure | undefined;
  isLoading: boolean;
  retry: () => void;
}>;

/** Asks for what a part of a page shows; asked again when `key` is invalidated. */
export const useLoaded = <Body>(
  key: QueryKey,
  ask: (signal: AbortSignal) => Promise<Answer<Body>>,
  options: Readonly<{ everyMs?: number | false; isEnabled?: boolean }> = {},
): Loaded<Body> => {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => bodyOf(ask(signal)),
    retryDelay: 400,
    retry: (count, fault) =>
      count < 1 &&
      fault instanceof RequestFailed &&
      (fault.failure.status === 0 || fault.failure.status >= 500),
    refetchInterval: options.everyMs ?? false,
    enabled: options.isEnabled ?? true,
  });
  return {
    data,
    failure: error instanceof RequestFailed ? error.failure : error ? unreachable() : undefined,
    isLoading: isPending,
    retry: () => void refetch(),
  };
};

export type Sending = Readonly<{
  isBusy: boolean;
  failure: Failure | undefined;
  /** Sends unless something is on its way; answers whether it was done. */
  send: (work: () => Promise<unknown>) => Promise<boolean>;
  clear: () => void;
}>;

/** Sends a change: one at a time, and what is stale after it is asked for again. */
export const useSending = (...stale: readonly QueryKey[]): Sending => {
  const queries = useQueryClient();
  const [failure, setFailure] = useState<Failure>();
  const [isBusy, setBusy] = useState(false);
  const isRunning = useRef(false);
  const send = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (isRunning.current) return false;
    isRunning.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
      await Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
      return true;
    } catch (error) {
      setFailure(error instanceof RequestFailed ? error.failure : unreachable());
      return false;
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  };
  return { isBusy, failure, send, clear: useCallback(() => setFailure(undefined), []) };
};
