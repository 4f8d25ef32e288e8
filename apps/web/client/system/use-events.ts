import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { useLive, type LiveEvent } from '../kit/use-live.ts';
import { useLoaded, type Loaded } from '../kit/use-request.ts';
import { useShared } from './use-system.ts';

type Stored = AnswerOf<'/api/v1/admin/events', 'get'>['items'][number];

/** An event as the lists show it; of one that has just passed nobody knows yet when all have it. */
export type ShownEvent = Readonly<{
  id: string;
  type: string;
  source: string;
  time: string;
  correlationId: string;
  tookMs: number | null;
}>;

const keptMax = 500;
/** What has passed is asked for again when it had the time to be taken. */
const askAgainMs = 1_500;

const ofStored = (event: Stored): ShownEvent => ({
  id: event.id,
  type: event.type,
  source: event.source.slice(1),
  time: event.time,
  correlationId: event.correlation_id,
  tookMs:
    event.sent_at === null
      ? null
      : Math.max(0, new Date(event.sent_at).getTime() - new Date(event.time).getTime()),
});

const ofLive = ({ id, event, data, happenedAt }: LiveEvent): ShownEvent => ({
  id,
  type: event,
  source: String(data['source']).slice(1),
  time: happenedAt,
  correlationId: String(data['correlation_id']),
  tookMs: null,
});

/** The newest events, those of this moment with them, at most once a frame. */
export const useEvents = (
  type: string | undefined,
): Readonly<{ events: readonly ShownEvent[]; stored: Loaded<{ missing?: string[] }> }> => {
  const { isPaused } = useShared();
  const queries = useQueryClient();
  const query = { limit: 100, ...(type === undefined ? {} : { type: `${type}*` }) };
  const stored = useLoaded(['events', type ?? ''], (signal) =>
    browserApi().GET('/api/v1/admin/events', { params: { query }, signal }),
  );
  const [live, setLive] = useState<readonly ShownEvent[]>([]);
  const arrived = useRef<ShownEvent[]>([]);
  const frame = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const askAgain = useCallback(
    () => void queries.invalidateQueries({ queryKey: ['events'] }),
    [queries],
  );
  useEffect(
    () => () => {
      cancelAnimationFrame(frame.current);
      clearTimeout(timer.current);
    },
    [],
  );
  useLive(
    isPaused ? undefined : 'operator',
    (event) => {
      arrived.current.push(ofLive(event));
      frame.current ||= requestAnimationFrame(() => {
        frame.current = 0;
        const news = arrived.current.splice(0).toReversed();
        setLive((now) => [...news, ...now].slice(0, keptMax));
      });
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        askAgain();
      }, askAgainMs);
    },
    askAgain,
  );
  const events = useMemo(() => {
    const byId = new Map<string, ShownEvent>();
    for (const event of live)
      if (type === undefined || event.type.startsWith(type)) byId.set(event.id, event);
    for (const event of stored.data?.items ?? []) byId.set(event.id, ofStored(event));
    return [...byId.values()].toSorted((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0));
  }, [live, stored.data, type]);
  return { events, stored };
};
