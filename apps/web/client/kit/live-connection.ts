/** What happened, as the socket tells it. `seq` is null where nothing is kept to go on from. */
export type LiveEvent = Readonly<{
  id: string;
  event: string;
  data: Readonly<Record<string, unknown>>;
  happenedAt: string;
  seq: string | null;
}>;

export type LiveState = 'connecting' | 'live' | 'polling';

type Listener = Readonly<{
  onEvent: (event: LiveEvent) => void;
  /** Something may have been missed: what is shown is read anew. */
  onGap: () => void;
}>;

type Ports = Readonly<{
  /** A ticket for one socket; undefined for who is not signed in, raises when none is to be had. */
  ticket: () => Promise<string | undefined>;
  open: (protocols: readonly string[]) => WebSocket;
  random?: () => number;
}>;

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
/** After so many failures it is said that the page asks by itself. */
const failuresUntilPolling = 3;
const pollMs = 15_000;

const random = (): number => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;

type Told =
  | Readonly<{ type: 'subscribed' | 'reset'; topic: string; seq: string }>
  | Readonly<{
      type: 'event';
      topic: string;
      seq: string | null;
      id: string;
      event: string;
      data: Readonly<Record<string, unknown>>;
      happened_at: string;
    }>
  | Readonly<{ type: 'welcome' | 'unsubscribed' | 'refused' | 'error' }>;

/**
 * One socket for all that a tab listens to. It comes again by itself, ever more slowly, goes on from
 * where each topic was, and says when something may have been missed. While it is away for long,
 * listeners are told to look for themselves every fifteen seconds.
 */
export class LiveConnection {
  readonly #ports: Ports;
  readonly #topics = new Map<string, { listeners: Set<Listener>; seq: string | null }>();
  readonly #watchers = new Set<() => void>();
  #socket: WebSocket | undefined;
  #state: LiveState = 'connecting';
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #polling: ReturnType<typeof setInterval> | undefined;
  #isOpening = false;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  get state(): LiveState {
    return this.#state;
  }

  /** Called whenever `state` changes; answers how to stop. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Listens to a topic; answers how to stop. */
  listen(topic: string, listener: Listener): () => void {
    const known = this.#topics.get(topic);
    if (known) known.listeners.add(listener);
    else {
      this.#topics.set(topic, { listeners: new Set([listener]), seq: null });
      if (this.#state === 'live') this.#say({ type: 'subscribe', topic });
    }
    void this.#connect();
    return () => {
      const of = this.#topics.get(topic);
      of?.listeners.delete(listener);
      if (of?.listeners.size !== 0) return;
      this.#topics.delete(topic);
      if (this.#topics.size === 0) this.#end();
      else if (this.#state === 'live') this.#say({ type: 'unsubscribe', topic });
    };
  }

  /** The network is back, or somebody looks again: no more waiting. */
  hurry(): void {
    if (this.#socket || this.#topics.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#connect();
  }

  async #connect(): Promise<void> {
    if (this.#socket || this.#isOpening || this.#timer !== undefined) return;
    this.#isOpening = true;
    try {
      const ticket = await this.#ports.ticket();
      // Who is not signed in any more is not asked for again; the page says so itself.
      if (this.#topics.size === 0 || ticket === undefined) return;
      const socket = this.#ports.open(['plaza.v1', `ticket.${ticket}`]);
      this.#socket = socket;
      socket.addEventListener('open', () => this.#opened());
      socket.addEventListener('message', ({ data }) => this.#hear(String(data)));
      socket.addEventListener('close', () => {
        if (this.#socket === socket) this.#lost();
      });
    } catch {
      this.#lost();
    } finally {
      this.#isOpening = false;
    }
  }

  #opened(): void {
    this.#failures = 0;
    clearInterval(this.#polling);
    this.#polling = undefined;
    this.#become('live');
    for (const [topic, { seq }] of this.#topics)
      this.#say({ type: 'subscribe', topic, ...(seq === null ? {} : { after: seq }) });
  }

  #lost(): void {
    this.#socket = undefined;
    if (this.#topics.size === 0) return;
    this.#failures += 1;
    const isLong = this.#failures >= failuresUntilPolling;
    this.#become(isLong ? 'polling' : 'connecting');
    if (isLong) this.#polling ??= setInterval(() => this.#tellGap(), pollMs);
    const most = Math.min(longestPauseMs, firstPauseMs * 2 ** (this.#failures - 1));
    const pauseMs = most * (0.5 + (this.#ports.random ?? random)() / 2);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#connect();
    }, pauseMs);
  }

  #hear(text: string): void {
    const told = JSON.parse(text) as Told;
    if (told.type === 'subscribed' || told.type === 'reset') {
      const of = this.#topics.get(told.topic);
      if (!of) return;
      const isAgain = of.seq !== null;
      of.seq = told.seq;
      if (told.type === 'reset' && isAgain) for (const { onGap } of of.listeners) onGap();
      return;
    }
    if (told.type !== 'event') return;
    const of = this.#topics.get(told.topic);
    if (!of) return;
    if (told.seq !== null) of.seq = told.seq;
    const { id, event, data, happened_at: happenedAt, seq } = told;
    for (const { onEvent } of of.listeners) onEvent({ id, event, data, happenedAt, seq });
  }

  #say(message: object): void {
    this.#socket?.send(JSON.stringify(message));
  }

  #tellGap(): void {
    for (const { listeners } of this.#topics.values()) for (const { onGap } of listeners) onGap();
  }

  #become(state: LiveState): void {
    if (this.#state === state) return;
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }

  #end(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#polling);
    this.#timer = undefined;
    this.#polling = undefined;
    this.#failures = 0;
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
    this.#become('connecting');
  }
}
