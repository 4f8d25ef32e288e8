import { enableCompileCache } from 'node:module';
import { join, relative, sep } from 'node:path';
import type { Config } from '#shared/platform/config.ts';
import { readDemoNote, writeDemoNote, type DemoNote } from '../../demo/note.ts';
import type { RunFile } from '../../server/run-file.ts';
import type { StartedPlaza } from '../../server/start-plaza.ts';
import { CliError, printJson, styled, type Cli, type Command } from '../cli.ts';
import { isShopEmpty } from '../demo-child.ts';
import { fillDemo } from '../fill-demo.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { wordError, wordNotices } from '../notices.ts';
import { ownDataFolder } from '../owner-lock.ts';
import { createOwnShop, type Parts } from '../own-shop.ts';
import { ApiProblem, askJson, findRunning, readRunFile } from '../running.ts';
import { readServices } from '../services-state.ts';
import { logPath, rotateLog, watchErrors } from '../server-log.ts';
import { tableLines, type Table } from '../table.ts';

const otherStartsWithinMs = 60_000;
/**
 * The promise is three seconds, besides the time to drain; what is not done by then is cut off, which
 * loses nothing.
 */
const stopWithinMs = 2_600;
/**
 * A start that is broken off has nothing to say goodbye to, and has already waited for the modules that
 * were being read when the signal came.
 */
const breakOffWithinMs = 300;

const shortPath = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') || near === '' ? path : `.${sep}${near}`;
};

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!;

const shortNode = (): string => process.versions.node.split('.').slice(0, 2).join('.');

/** The link for the first administrator; null once there is one. */
const createSetupUrl = async (cli: Cli, running: RunFile): Promise<string | null> => {
  // Where identity does not run there is no token for the operator, and nobody to ask for a link.
  if (running.token === '') return null;
  try {
    const path = '/api/v1/auth/setup-links';
    const { token } = await askJson<{ token: string }>(running, path, { method: 'POST', body: {} });
    return `${running.url}/${cli.text.setupPath}/${token}`;
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'identity.admin_exists') return null;
    throw error;
  }
};

const demoStates: Readonly<Record<DemoNote['state'], Table['demo']>> = {
  begun: 'filling',
  done: 'ready',
  cleared: 'none',
};

const tableOf = async (
  cli: Cli,
  config: Config,
  running: RunFile,
  start: Readonly<{ seconds: number | null; notices: readonly string[] }>,
): Promise<Table> => {
  // A gateway may stand before what is behind it does.
  const { services } = await readServices(running);
  const setupUrl = await createSetupUrl(cli, running);
  const note = await readDemoNote(config.dataDirectory);
  const isNew = config.withDemo && config.target === 'all' && start.seconds !== null;
  const { demoCountryWith } = await import('../../demo/countries/demo-countries.ts');
  const hasExample = demoCountryWith(config.currency) !== undefined;
  // A shop with an owner is filled only when that was begun before it had one.
  const isOver = note?.state === 'done' || note?.state === 'cleared';
  const mayFill = isNew && hasExample && !isOver && (setupUrl !== null || note !== undefined);
  const fills = mayFill && (await isShopEmpty(running));
  const { url } = running;
  const hasPages =
    ['all', 'web'].includes(config.target) && !start.notices.includes(cli.text.noticeNoPages);
  return {
    version: cli.version,
    node: process.versions.node,
    pid: running.pid,
    url,
    api: `${url}/api/v1`,
    reference: `${url}/docs`,
    health: `${url}/health`,
    admin: hasPages ? `${url}/admin` : null,
    system: hasPages ? `${url}/sistema` : null,
    mail: hasPages ? `${url}/sistema/correo` : null,
    data: config.dataDirectory,
    service_count: services.filter(({ state }) => state === 'healthy').length,
    ready_after_seconds: start.seconds === null ? null : Math.round(start.seconds * 10) / 10,
    is_already_running: start.seconds === null,
    demo: fills ? 'filling' : demoStates[note?.state ?? 'cleared'],
    demo_country: note?.state === 'done' ? (note.country ?? 'CO') : null,
    currency: config.currency,
    setup_url: setupUrl,
    notices: start.notices,
  };
};

const showTable = (cli: Cli, table: Table, asJson: boolean): void => {
  if (asJson) return printJson(cli, table);
  for (const line of tableLines(cli, table)) cli.print(line);
};

/** Another process has the folder: shows the table of the Plaza that runs there, or will. */
const joinRunning = async (cli: Cli, config: Config, asJson: boolean): Promise<ExitCode> => {
  const end = performance.now() + otherStartsWithinMs;
  for (let isTold = false; performance.now() < end; isTold = true) {
    const running = await findRunning(config.dataDirectory);
    if (running) {
      showTable(cli, await tableOf(cli, config, running, { seconds: null, notices: [] }), asJson);
      return exitCodes.ok;
    }
    if (!isTold) cli.say(`  ${cli.text.waitingForOther}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new CliError(cli.text.otherDidNotStart(config.dataDirectory), exitCodes.failed);
};

type Tell = (line: string) => void;

/**
 * The end of the process, whatever brings it: a signal, a fault, once. What does not stop in time
 * is cut off; PostgreSQL ends with its parent, and what was confirmed is on disk.
 */
const createEnding = (cli: Cli, config: Config, parts: Parts, tell: Tell) => {
  const { text } = cli;
  const { drainSeconds, target } = config;
  const howToStart =
    target === 'all' ? 'npm start' : `npx plaza start ${target.replaceAll(',', ' ')}`;
  const { promise, resolve } = Promise.withResolvers<ExitCode>();
  let isEnding = false;
  const end = (code: ExitCode, why?: string): void => {
    if (isEnding) return;
    isEnding = true;
    if (why !== undefined) cli.say(`  ${styled('red', '✖')} ${why}`);
    tell(`\n  ${text.stopping}`);
    const { isStarted } = parts;
    const patience = setTimeout(
      () => {
        tell(`  ${isStarted ? text.stoppedHard(howToStart) : text.stopped(howToStart)}`);
        resolve(code);
      },
      isStarted ? drainSeconds * 1000 + stopWithinMs : breakOffWithinMs,
    );
    const stopAll = async (): Promise<void> => {
      await parts.demo?.stop();
      await (await parts.plaza)?.stop();
    };
    stopAll()
      .then(
        () => {
          tell(`  ${text.stopped(howToStart)}`);
          resolve(code);
        },
        (error: unknown) => {
          cli.say(text.unexpected(messageOf(error)));
          resolve(exitCodes.failed);
        },
      )
      .finally(() => clearTimeout(patience));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => end(exitCodes.ok));
  return { end, ended: promise, isEnding: (): boolean => isEnding };
};

/** Shows the table of a Plaza that has just started, and begins the example when it belongs there. */
const welcome = async (
  cli: Cli,
  config: Config,
  plaza: StartedPlaza,
  start: Readonly<{ asJson: boolean; startedAt: number; tell: Tell; log: string }>,
): Promise<Parts['demo']> => {
  const running = await readRunFile(config.dataDirectory);
  const seconds = (performance.now() - start.startedAt) / 1000;
  const notices = wordNotices(cli.text, plaza.notices);
  const table = await tableOf(cli, config, running!, { seconds, notices });
  showTable(cli, table, start.asJson);
  if (table.demo !== 'filling') return undefined;
  await writeDemoNote(config.dataDirectory, { state: 'begun' });
  return fillDemo(cli, config, start.log, start.tell);
};

/** Serves until a signal or a fault ends it; answers the exit code. */
const serve = async (
  cli: Cli,
  config: Config,
  asJson: boolean,
  startedAt: number,
): Promise<ExitCode> => {
  const log = logPath(config.dataDirectory);
  const shownLog = shortPath(log);
  // With --json standard output holds the table and nothing else.
  const tell = asJson ? cli.say : cli.print;
  const started = Promise.withResolvers<StartedPlaza | undefined>();
  const parts: Parts = { plaza: started.promise, isStarted: false, demo: undefined };
  const { end, ended, isEnding } = createEnding(cli, config, parts, tell);

  await rotateLog(log).catch(() => {});
  const { createLogger } = await import('#shared/telemetry/logger.ts');
  const logger = createLogger({ level: config.logLevel, destination: log });
  const crash = (error: unknown): void => {
    logger.fatal({ err: error }, 'the process has a fault');
    end(exitCodes.failed, cli.text.crashed(messageOf(error), shownLog));
  };
  const shop = createOwnShop({
    cli,
    logger,
    parts,
    tell,
    fill: (own) => fillDemo(cli, own, log, tell),
    isEnding,
    onFailed: (error) => end(exitCodes.failed, cli.text.startFailed(messageOf(error))),
  });
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);

  const work = async (): Promise<ExitCode> => {
    try {
      started.resolve(await shop.start(config));
      parts.isStarted = true;
    } catch (error) {
      started.resolve(undefined);
      logger.error({ err: error }, 'plaza did not start');
      if (isEnding()) return ended;
      cli.say(`  ${styled('red', '✖')} ${cli.text.startFailed(messageOf(error))}`);
      return exitCodes.failed;
    }
    if (isEnding()) return ended;
    // A choice that a crash cut off is finished before anybody is shown the shop.
    await shop.finish();
    if (isEnding()) return ended;
    const plaza = (await parts.plaza)!;
    const demo = await welcome(cli, shop.config(), plaza, { asJson, startedAt, tell, log });
    if (isEnding()) await demo?.stop();
    else parts.demo = demo;
    shop.shown();
    watchErrors(log, (error) => {
      const words = wordError(cli.text, error);
      cli.say(`  ${styled('red', '✖')} ${cli.text.logged(words, shownLog)}`);
    });
    return ended;
  };
  const working = work().catch((error: unknown) => {
    end(exitCodes.failed, cli.text.unexpected(messageOf(error)));
    return ended;
  });
  // An end that was asked for in the middle of a start does not wait for the start.
  return Promise.race([ended, working]);
};

/** Starts everything in this process and stays in front until it is stopped. */
const start: Command<Readonly<{ json?: boolean; targets: readonly string[] }>> = async (
  cli,
  { json = false, targets },
) => {
  const startedAt = performance.now();
  const config = cli.readConfig(targets.length > 0 ? { TARGET: targets.join(',') } : {});
  const { dataDirectory } = config;
  const heading =
    config.platform === 'embedded'
      ? cli.text.heading(cli.version, shortNode(), shortPath(dataDirectory))
      : cli.text.headingOfPart(cli.version, shortNode(), config.target);
  if (!json) cli.print(`\n  ${styled('bold', heading)}`);
  const lock = ownDataFolder(dataDirectory);
  if (!lock) return joinRunning(cli, config, json);
  enableCompileCache(join(dataDirectory, 'cache'));
  const code = await serve(cli, config, json, startedAt);
  lock.release();
  // What a hurried stop left open must not keep the process.
  process.exit(code);
};

export default start;
