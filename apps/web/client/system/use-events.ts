import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { useLive, type LiveEvent } from '../kit/use-live.ts';
import { useLoaded, type Loaded } from '../kit/use-request.ts';
import { mergeEvents, type ShownEvent } from './event-rows.ts';
import { useShared } from './use-system.ts';

type Stored = AnswerOf<'/api/v1/admin/events', 'get'>['items'][number];

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

export type Events = Readonly<{
  events: readonly ShownEvent[];
  stored: Loaded<{ missing?: string[] }>;
  /** How many came since one looks. */
  arrived: number;
  /** How many of them came since the list stands still. */
  waiting: number;
}>;

type Live = Readonly<{ rows: readonly ShownEvent[]; arrived: number }>;

/** What the socket tells, at most once a frame, and what is stored of it later. */
const useRows = (prefix: string, stored: readonly ShownEvent[], askAgain: () => void): Live => {
  const [live, setLive] = useState<Live>({ rows: [], arrived: 0 });
  const heard = useRef<ShownEvent[]>([]);
  const frame = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      cancelAnimationFrame(frame.current);
      clearTimeout(timer.current);
    },
    [],
  );
  // What is stored is kept beside what was heard: the next answer tells of the newest only.
  useEffect(() => {
    setLive(({ rows, arrived }) => ({ rows: mergeEvents(rows, stored), arrived }));
  }, [stored]);
  useLive(
    'operator',
    (event) => {
      const row = ofLive(event);
      if (row.type.startsWith(prefix)) heard.current.push(row);
      frame.current ||= requestAnimationFrame(() => {
        frame.current = 0;
        const news = heard.current.splice(0);
        if (news.length > 0)
          setLive(({ rows, arrived }) => ({
            rows: mergeEvents(rows, news),
            arrived: arrived + news.length,
          }));
      });
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        askAgain();
      }, askAgainMs);
    },
    askAgain,
  );
  const rows = useMemo(
    () => mergeEvents(live.rows, stored).filter(({ type }) => type.startsWith(prefix)),
    [live.rows, stored, prefix],
  );
  return { rows, arrived: live.arrived };
};

/**
 * The newest events, those of this moment with them. While the page pauses, or somebody reads further
 * down (`isReading`), the list stands still and what comes is counted.
 */
export const useEvents = (type: string | undefined, isReading = false): Events => {
  const { isPaused } = useShared();
  const queries = useQueryClient();
  const prefix = type ?? '';
  const query = { limit: 100, ...(type === undefined ? {} : { type: `${type}*` }) };
  const stored = useLoaded(['events', prefix], (signal) =>
    browserApi().GET('/api/v1/admin/events', { params: { query }, signal }),
  );
  const items = stored.data?.items;
  const storedRows = useMemo(() => (items ?? []).map(ofStored), [items]);
  const askAgain = useCallback(
    () => void queries.invalidateQueries({ queryKey: ['events'] }),
    [queries],
  );
  const live = useRows(prefix, storedRows, askAgain);
  const isHeld = (isPaused || isReading) && live.rows.length > 0;
  const [held, setHeld] = useState<Live & { prefix: string }>();
  if (isHeld && held?.prefix !== prefix) setHeld({ ...live, prefix });
  if (!isHeld && held) setHeld(undefined);
  const still = isHeld && held?.prefix === prefix ? held : live;
  return {
    events: still.rows,
    stored,
    arrived: live.arrived,
    waiting: live.arrived - still.arrived,
  };
};
