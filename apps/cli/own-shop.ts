import type { Config } from '#shared/platform/config.ts';
import { createInstallation, type OwnInstallation } from '#shared/platform/installation.ts';
import type { Logger } from '#shared/telemetry/logger.ts';
import type { StartedPlaza } from '../server/start-plaza.ts';
import type { Cli } from './cli.ts';
import { takeOver, type TakenOver } from './take-over.ts';

/** What must be ended with the process, as far as it has come. */
export type Parts = {
  plaza: Promise<StartedPlaza | undefined>;
  isStarted: boolean;
  demo: { stop: () => Promise<void> } | undefined;
};

/** So long the answer to the choice, and the page that waits, have to reach the browser. */
const answeredAfterMs = 700;

/** The shop that this process serves, which may become another while it does. */
export const createOwnShop = (
  options: Readonly<{
    cli: Cli;
    logger: Logger;
    parts: Parts;
    tell: (line: string) => void;
    fill: (config: Config) => Parts['demo'];
    isEnding: () => boolean;
    onFailed: (error: unknown) => void;
  }>,
) => {
  const { cli, logger, parts, tell, fill, isEnding, onFailed } = options;
  let running: Config;
  let installation: OwnInstallation | undefined;
  let isShown = false;
  let isChosen = false;

  const start = async (config: Config, beforeListening?: () => Promise<void>) => {
    const { startPlaza } = await import('../server/start-plaza.ts');
    running = config;
    installation =
      config.target === 'all'
        ? createInstallation({ config, isCurrencyFixed: cli.isCurrencyFixed ?? true, onChosen })
        : undefined;
    return startPlaza(config, logger, {
      ...(installation ? { installation } : {}),
      ...(beforeListening ? { beforeListening } : {}),
    });
  };

  /** Finishes what was chosen; nothing, when nothing was. */
  const finish = async (): Promise<TakenOver | undefined> => {
    const plaza = await parts.plaza;
    if (!plaza || !installation?.isPreparing()) return undefined;
    const { demo } = parts;
    parts.demo = undefined;
    await demo?.stop();
    const taking = takeOver({ cli, config: running, plaza, tell, start });
    parts.plaza = taking.then(
      (taken) => taken?.plaza ?? plaza,
      () => undefined,
    );
    const taken = await taking;
    installation.settle();
    return taken;
  };

  const finishAndFill = async (): Promise<void> => {
    try {
      const taken = await finish();
      if (taken?.withExample === true && !isEnding()) parts.demo = fill(taken.config);
    } catch (error) {
      onFailed(error);
    }
  };

  function onChosen(): void {
    isChosen = true;
    if (isShown) setTimeout(() => void finishAndFill(), answeredAfterMs);
  }

  return {
    start: (config: Config) => start(config),
    finish,
    /** People have been shown where it is; what was chosen meanwhile is taken over now. */
    shown: (): void => {
      isShown = true;
      if (isChosen) void finishAndFill();
    },
    config: () => running,
  };
};
