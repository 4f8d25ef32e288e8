import { ConfigError, type Config } from '#shared/platform/config.ts';
import type { RunFile } from '../../server/run-file.ts';
import { printJson, styled, type Cli, type Command, type Output } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import {
  checkClock,
  checkFolder,
  checkMail,
  checkNode,
  checkPort,
  checkPostgres,
  checkSpace,
  type Check,
} from '../machine-checks.ts';
import { findRunning } from '../running.ts';
import { readServices } from '../services-state.ts';

/** Messages leave within milliseconds: what is older than this waits for something broken. */
const outboxAgeMaxSeconds = 60;
const marks = { ok: 'green', warning: 'yellow', failed: 'red' } as const;
const signs = { ok: '✔', warning: '!', failed: '✖' } as const;

const checkServices = async (cli: Cli, running: RunFile): Promise<readonly Check[]> => {
  const { doctor, duration } = cli.text;
  const { services } = await readServices(running);
  const ill = services.filter(({ state }) => state !== 'healthy').map(({ name }) => name);
  const isAnswering = services.length > 0 && ill.length === 0;
  const age = Math.round(Math.max(0, ...services.map((one) => one.outbox_age_seconds)));
  const pending = services.reduce((sum, one) => sum + one.outbox_pending, 0);
  const dead = services.reduce((sum, one) => sum + one.dead_letters, 0);
  return [
    {
      name: 'database',
      result: isAnswering ? 'ok' : 'failed',
      detail: isAnswering ? doctor.fine : doctor.unhealthy(ill.join(', ') || running.url),
    },
    {
      name: 'outbox',
      result: age <= outboxAgeMaxSeconds ? 'ok' : 'failed',
      detail:
        pending === 0
          ? doctor.waiting(0)
          : `${doctor.waiting(pending)}, ${doctor.oldest(duration(age))}`,
    },
    {
      name: 'deadLetters',
      result: dead === 0 ? 'ok' : 'failed',
      detail: doctor.waiting(dead),
    },
  ];
};

const checkAll = async (cli: Cli): Promise<readonly Check[]> => {
  let config: Config;
  try {
    config = cli.readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const detail = error.faults.join('; ');
    return [checkNode(), { name: 'configuration', result: 'failed', detail }];
  }
  const running = await findRunning(config.dataDirectory);
  const { doctor } = cli.text;
  return [
    { name: 'configuration', result: 'ok', detail: doctor.fine },
    checkNode(),
    await checkPostgres(cli),
    await checkFolder(cli, config),
    await checkSpace(cli, config),
    await checkClock(cli, config),
    await checkPort(cli, config, running),
    running
      ? { name: 'running', result: 'ok', detail: doctor.runs(running.pid) }
      : { name: 'running', result: 'warning', detail: doctor.runsNot },
    ...(running ? await checkServices(cli, running) : []),
    await checkMail(cli, config),
  ];
};

/** Looks at everything that tends to be wrong, and says of each fault how to mend it. */
const runDoctor: Command<Output> = async (cli, { output }) => {
  const { text } = cli;
  const checks = await checkAll(cli);
  const failed = checks.filter(({ result }) => result === 'failed');
  if (output === 'json') {
    const shown = checks.map((check) => ({
      check: check.name,
      result: check.result,
      detail: check.detail,
      fix: check.result === 'failed' ? text.checks[check.name].fix : null,
    }));
    printJson(cli, { is_fine: failed.length === 0, checks: shown });
  } else {
    const width = Math.max(...checks.map(({ name }) => text.checks[name].name.length));
    for (const { name, result, detail } of checks) {
      const sign = styled(marks[result], signs[result]);
      cli.print(`${sign} ${text.checks[name].name.padEnd(width)}  ${detail}`);
      if (result !== 'ok' && name !== 'running')
        cli.print(`  ${' '.repeat(width)}  → ${text.checks[name].fix}`);
    }
    cli.print();
    cli.print(failed.length === 0 ? text.doctorOk : text.doctorFailed(failed.length));
  }
  return failed.length === 0 ? exitCodes.ok : exitCodes.failed;
};

export default runDoctor;
