import type { Logger } from '#shared/telemetry/logger.ts';

const everyMs = 2_000;

/** Reads every few seconds what other processes have changed. What it answers is called at the end. */
export const followPolicy = (refresh: () => Promise<void>, log: Logger): (() => Promise<void>) => {
  let reading = Promise.resolve();
  const again = (): void => {
    reading = refresh().catch((error: unknown) =>
      log.warn({ err: error }, 'policy of second factors not read again yet'),
    );
  };
  const timer = setInterval(again, everyMs);
  return async () => {
    clearInterval(timer);
    await reading;
  };
};
