import { browserApi } from '../api/client.ts';

export type LiveEvent = Readonly<{
  event: string;
  seq: string;
  data: Readonly<Record<string, unknown>>;
}>;

type Listener = Readonly<{
  onEvent: (event: LiveEvent) => void;
  /** Something may have been missed: what is shown is to be asked for again. */
  onReset: () => void;
}>;

const firstWaitMs = 1_000;
const longestWaitMs = 30_000;
const protocol = 'plaza.v1';

/** Twice as long after each failure, and never at the same moment as everybody else. */
export const waitAfter = (failures: number, random: number): number =>
  Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures, 5)) * (0.5 + random / 2);

/**
 * Listens to a topic as long as the page is open: goes on where it was after a break, and says when it
 * cannot know what it missed. Answers how to stop.
 */
export const listenLive = (topic: string, { onEvent, onReset }: Listener): (() => void) => {
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let after: string | undefined;
  let failures = 0;
  let isOver = false;
  let isOpening = false;

  const hear = (text: string): void => {
    const message = JSON.parse(text) as Readonly<{ type: string; seq?: string }> & LiveEvent;
    if (message.type === 'subscribed') {
      failures = 0;
      after ??= message.seq;
    } else if (message.type === 'reset') {
      after = message.seq;
      onReset();
    } else if (message.type === 'event') {
      after = message.seq;
      onEvent(message);
    }
  };
  const later = (): void => {
    clearTimeout(timer);
    if (isOver) return;
    const random = crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
    timer = setTimeout(() => void open(), waitAfter(failures, random));
    failures += 1;
  };
  const open = async (): Promise<void> => {
    if (isOver || isOpening || socket) return;
    isOpening = true;
    const ticket = await browserApi()
      .POST('/api/v1/ws/ticket', { body: {} as never })
      .catch(() => undefined);
    isOpening = false;
    if (isOver) return;
    // Who is not signed in any more is not asked for again; the page says so itself.
    if (ticket?.response.status === 401) return;
    if (!ticket?.data) return later();
    const url = `${location.origin.replace(/^http/, 'ws')}/ws`;
    const opened = new WebSocket(url, [protocol, `ticket.${ticket.data.ticket}`]);
    socket = opened;
    opened.addEventListener('open', () =>
      opened.send(
        JSON.stringify({ type: 'subscribe', topic, ...(after === undefined ? {} : { after }) }),
      ),
    );
    opened.addEventListener('message', ({ data }) => hear(String(data)));
    opened.addEventListener('close', () => {
      socket = undefined;
      later();
    });
  };
  /** A tab that wakes or a network that is back waits for nothing. */
  const wake = (): void => {
    if (document.visibilityState !== 'visible' || socket) return;
    clearTimeout(timer);
    void open();
  };
  addEventListener('online', wake);
  document.addEventListener('visibilitychange', wake);
  void open();
  return () => {
    isOver = true;
    clearTimeout(timer);
    removeEventListener('online', wake);
    document.removeEventListener('visibilitychange', wake);
    socket?.close();
  };
};
