/** The back end as a process of its own, for images and supervisors; `plaza start` is for people. */
import { ConfigError, readConfig } from '#shared/platform/config.ts';
import { withKeptSettings } from '#shared/platform/kept-settings.ts';
import { within } from '#shared/platform/within.ts';
import { createLogger } from '#shared/telemetry/logger.ts';
import { startPlaza } from './start-plaza.ts';

/** After the drain. */
const stopWithinMs = 25_000;

try {
  const config = readConfig(withKeptSettings(process.env));
  const log = createLogger({ level: config.logLevel });
  const plaza = await startPlaza(config, log);
  log.info({ url: plaza.url, notices: plaza.notices }, 'plaza is ready');
  let isStopping = false;
  const stop = (signal: string): void => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping');
    // What was acknowledged is on disk: nobody waits for ever for a client that reads slowly.
    within(config.drainSeconds * 1000 + stopWithinMs, plaza.stop()).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Started with a channel, as the split system does: it ends with whoever started it.
  if (process.connected) process.once('disconnect', () => stop('disconnect'));
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
