import type { Logger } from '../telemetry/logger.ts';

const everyMs = 1_000;

/**
 * Calls `chain` every second, which puts into a chain of hashes what was committed since. What is
 * left when the process dies is the next one's. Answers what ends it.
 */
export const keepChained = (
  chain: () => Promise<void>,
  log: Logger,
  sentence: string,
): (() => Promise<void>) => {
  let chaining = Promise.resolve();
  const begin = (): void => {
    chaining = chaining.then(chain).catch((error: unknown) => log.warn({ err: error }, sentence));
  };
  const timer = setInterval(begin, everyMs);
  return async () => {
    clearInterval(timer);
    await chaining;
  };
};
