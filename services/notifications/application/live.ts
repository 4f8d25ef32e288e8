/** What happened, for one topic; twice of the same message and topic is once. */
export type LiveEvent = Readonly<{
  topic: string;
  messageId: string;
  /** What people do with it is read from the API: here is only what happened to what. */
  event: string;
  data: Readonly<Record<string, unknown>>;
  happenedAt: string;
}>;

/** As it was stored; `seq` grows along a topic. */
export type StoredLiveEvent = LiveEvent & Readonly<{ seq: bigint }>;

export interface LiveLog {
  /** Stored in a moment, with others, and told to all who listen. A crash before loses it. */
  tell(events: readonly LiveEvent[]): void;
  /** The newest there is. */
  newest(): Promise<bigint>;
  /** What came behind `seq` over all topics, in order, at most `limit`. */
  after(seq: bigint, limit: number): Promise<readonly StoredLiveEvent[]>;
  /**
   * What came behind `seq` in one topic. Undefined: some of it is gone, more than `limit` came, or
   * there never was such a `seq`.
   */
  missed(
    topic: string,
    seq: bigint,
    limit: number,
  ): Promise<readonly StoredLiveEvent[] | undefined>;
  /** Takes away what is older than an hour, and tickets that nobody used. */
  prune(): Promise<void>;
}

export interface Tickets<Holder> {
  /** Single use, for some seconds. */
  issue(
    holder: Holder,
    origin: string | null,
  ): Promise<Readonly<{ ticket: string; seconds: number }>>;
  /** Whose it is, once; undefined when it is used, too old, unknown, or of another origin. */
  redeem(ticket: string, origin: string | null): Promise<Holder | undefined>;
}
