import { columns, printJson, styled, type Cli, type Command } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { findRunning } from '../running.ts';
import { readServices, type ServiceState } from '../services-state.ts';
import { toEnvironment, toYaml, type StatusFormat, type StatusReport } from '../status-formats.ts';

const printReport = (
  cli: Cli,
  report: StatusReport,
  format: Exclude<StatusFormat, 'text'>,
): void => {
  if (format === 'json') printJson(cli, report);
  else cli.print(format === 'yaml' ? toYaml(report) : toEnvironment(report));
};

/** The state of each service; the exit code says it too. */
const status: Command<Readonly<{ output?: StatusFormat }>> = async (cli, { output = 'text' }) => {
  const { text } = cli;
  const { dataDirectory } = cli.readConfig();
  const running = await findRunning(dataDirectory);
  if (!running) {
    if (output === 'text') cli.say(text.notRunning(dataDirectory));
    else printReport(cli, { is_running: false, data: dataDirectory }, output);
    return exitCodes.notRunning;
  }
  const { version, startedAt, uptimeSeconds, services } = await readServices(running);
  const isHealthy = services.every(({ state }) => state === 'healthy');
  if (output !== 'text') {
    const report = {
      is_running: true,
      status: isHealthy ? 'healthy' : 'unhealthy',
      version,
      pid: running.pid,
      url: running.url,
      api: `${running.url}/api/v1`,
      data: dataDirectory,
      started_at: startedAt,
      uptime_seconds: uptimeSeconds,
      services: Object.fromEntries(services.map(({ name, ...rest }) => [name, rest])),
    };
    printReport(cli, report, output);
  } else {
    cli.print(text.statusLine(version, running.url, running.pid));
    cli.print(text.uptime(text.duration(uptimeSeconds)));
    cli.print();
    const row = ({ name, state, outbox_pending: pending, dead_letters: dead }: ServiceState) => [
      name,
      text.states[state] ?? state,
      String(pending),
      String(dead),
    ];
    const [head, ...rest] = columns([text.statusColumns, ...services.map(row)]);
    cli.print(styled('bold', head!));
    for (const line of rest) cli.print(line);
  }
  return isHealthy ? exitCodes.ok : exitCodes.failed;
};

export default status;
