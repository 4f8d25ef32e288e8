/**
 * Small messages to every process that listens now. One may be lost with a connection, so nothing
 * may depend on it alone: whoever listens knows another way to the truth, and looks there after a gap.
 */
export interface FanOut {
  /** Hands the message to who listens in this process, at once, and to all others. Never raises. */
  publish: (topic: string, message: unknown) => void;
  /**
   * The same, and resolves when every process that listens has handled it; one that does not say so
   * is waited for 250 ms, and none while the connection is away.
   */
  publishAndWait: (topic: string, message: unknown) => Promise<void>;
  /** `onGap` is called when messages may have been missed. */
  subscribe: (topic: string, handle: (message: unknown) => void, onGap?: () => void) => void;
}

/** Where there is one process, its subscribers are all there are. */
export const createMemoryFanOut = (): FanOut => {
  const handlers = new Map<string, ((message: unknown) => void)[]>();
  const publish: FanOut['publish'] = (topic, message) => {
    for (const handle of handlers.get(topic) ?? []) handle(message);
  };
  return {
    publish,
    publishAndWait: async (topic, message) => publish(topic, message),
    subscribe: (topic, handle) =>
      void handlers.set(topic, [...(handlers.get(topic) ?? []), handle]),
  };
};

/**
 * Rows were taken away by who owns the database, past every service: whoever remembers any forgets
 * them all. The message says nothing.
 */
export const rowsRemoved = 'platform.rows-removed';
