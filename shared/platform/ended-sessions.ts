/** One session has ended; or all of an account that are older than `epoch`, but the one that stays. */
export type EndedSession =
  | Readonly<{ sessionId: string }>
  | Readonly<{ accountId: string; epoch: number; keptSessionId: string | null }>;

/** What of an access token tells which session it belongs to. */
export type SessionOfToken = Readonly<{
  /** The account. */
  id: string;
  sessionId?: string;
  epoch?: number;
}>;

export type TruthOfSessions = Readonly<{
  /** Everything that ended within the life of a token. */
  load: () => Promise<readonly EndedSession[]>;
  isEnded: (of: SessionOfToken) => Promise<boolean>;
}>;

/**
 * Sessions that ended while access tokens of theirs may still live. The truth is identity's; this is
 * how the others learn of it before those tokens end.
 */
export interface EndedSessions {
  /** Resolves when it is known wherever it must be known at once. Never raises. */
  tell(ended: EndedSession): Promise<void>;
  /** Identity says where the truth is, when it starts and when somebody had to ask. */
  standOn(truth: TruthOfSessions): Promise<void>;
  /**
   * Whether the token's session has ended. `isGuarded`: for sure, even where another process ended
   * it; else as far as this process has heard. Raises `http.unavailable` when nobody can say.
   */
  isEnded(of: SessionOfToken, isGuarded: boolean): boolean | Promise<boolean>;
}

/** No access token lives longer, an operator's too: nothing has to be remembered beyond. */
export const longestTokenMinutes = 60;
const pruneEveryMs = 60_000;

/** Where there is one process: what it is told is all there is to know. */
export const createMemoryEndedSessions = (now: () => number): EndedSessions => {
  type Known = Readonly<{ until: number; epoch: number; keptSessionId: string | null }>;
  const known = new Map<string, Known>();
  let prunedAt = now();
  const prune = (): void => {
    if (now() - prunedAt < pruneEveryMs) return;
    prunedAt = now();
    for (const [id, { until }] of known) if (until <= prunedAt) known.delete(id);
  };
  const add = (ended: EndedSession): void => {
    prune();
    const until = now() + longestTokenMinutes * 60_000;
    if ('sessionId' in ended) {
      known.set(ended.sessionId, { until, epoch: Infinity, keptSessionId: null });
      return;
    }
    const { accountId, epoch, keptSessionId } = ended;
    // Told twice, or in another order: the newest epoch says it all.
    if ((known.get(accountId)?.epoch ?? 0) <= epoch)
      known.set(accountId, { until, epoch, keptSessionId });
  };
  return {
    tell: async (ended) => add(ended),
    standOn: async ({ load }) => (await load()).forEach(add),
    isEnded({ id, sessionId, epoch = Infinity }) {
      if (known.size === 0) return false;
      if (sessionId !== undefined && known.has(sessionId)) return true;
      const account = known.get(id);
      return account !== undefined && epoch < account.epoch && sessionId !== account.keptSessionId;
    },
  };
};
