import type { Platform } from '#shared/platform/module.ts';
import type { Resealing } from './pg-resealing.ts';

const againMs = 10 * 60_000;

type Told = Pick<Platform, 'log' | 'noteSealed'>;

/** Seals everything anew, and says when former secrets are needed no more. */
export const resealNow = async (resealing: Resealing, { log, noteSealed }: Told): Promise<void> => {
  const resealed = await resealing.run();
  await noteSealed();
  log.info(
    { resealed },
    'everything is sealed with the new secret; once every process uses it, the previous one can go: ' +
      'mailed codes that are open then count no more',
  );
};

/**
 * Again while there are former secrets: another process may still have sealed with one of them after
 * this one looked. What it answers is called at the end.
 */
export const keepResealing = (resealing: Resealing, { log }: Told): (() => Promise<void>) => {
  if (!resealing.isNeeded) return async () => {};
  let running: Promise<unknown> = Promise.resolve();
  const again = (): void => {
    running = resealing
      .run()
      .then((resealed) => {
        if (resealed > 0) log.info({ resealed }, 'sealed with the new secret since');
      })
      .catch((error: unknown) => log.warn({ err: error }, 'not sealed anew yet'));
  };
  const timer = setInterval(again, againMs);
  return async () => {
    clearInterval(timer);
    await running;
  };
};
