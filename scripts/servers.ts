/**
 * The real servers of the split system on one Debian machine, for CI, for tests and for a person:
 *
 *     node scripts/servers.ts up | down | status [--data ./data/servers] [-o json]
 *     node scripts/servers.ts start | stop | kill postgres|rabbitmq|redis
 *
 * PostgreSQL 15, RabbitMQ 3.10 and Redis 7 of Debian, on loopback, with random passwords.
 */
import { parseArgs } from 'node:util';
import type { Ports } from '../deploy/servers/folder.ts';
import {
  defaultData,
  listServers,
  openServers,
  startServers,
  stopServers,
  type Servers,
} from '../deploy/servers/servers.ts';
import type { ServerHandle } from '../deploy/servers/server.ts';

const usage = `usage: node scripts/servers.ts <command> [options]

  up                    install and start what is missing, keep what runs
  down                  stop all; data and passwords stay
  status                ask each; exit code 1 unless all answer
  start <server>        start one of postgres, rabbitmq, redis
  stop <server>         stop one; --immediate: PostgreSQL without a checkpoint, others killed
  kill <server>         send --signal (default SIGKILL) to all its processes; --main: to one

  --data <folder>       default ${defaultData}                    PLAZA_SERVERS_DATA
  -o, --output json     a machine readable answer
  --no-install          never call apt-get
  --postgres-port, --amqp-port, --erlang-port, --epmd-port, --redis-port <number>
                        remembered by the folder                 PLAZA_SERVERS_POSTGRES_PORT …

up writes the connection URLs to <data>/servers.json.`;

const parse = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string', default: process.env['PLAZA_SERVERS_DATA'] ?? defaultData },
      output: { type: 'string', short: 'o', default: 'table' },
      'no-install': { type: 'boolean', default: false },
      immediate: { type: 'boolean', default: false },
      main: { type: 'boolean', default: false },
      signal: { type: 'string', default: 'SIGKILL' },
      'postgres-port': { type: 'string' },
      'amqp-port': { type: 'string' },
      'erlang-port': { type: 'string' },
      'epmd-port': { type: 'string' },
      'redis-port': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
type Options = ReturnType<typeof parse>['values'];

const portNames = ['postgres', 'amqp', 'erlang', 'epmd', 'redis'] as const;

/** Only the ports that were asked for, by option or else by environment. */
const portsOf = (options: Options): Partial<Ports> =>
  Object.fromEntries(
    portNames
      .map((name) => {
        const variable = `PLAZA_SERVERS_${name.toUpperCase()}_PORT`;
        return [name, options[`${name}-port`] ?? process.env[variable]] as const;
      })
      .filter(([, text]) => text !== undefined && text !== '')
      .map(([name, text]) => [name, Number(text)]),
  );

const print = (options: Options, answer: unknown, rows: readonly object[], end: string): void => {
  if (options.output === 'json') console.log(JSON.stringify(answer, undefined, 2));
  else {
    console.table(rows);
    console.log(end);
  }
};

const up = async (options: Options): Promise<number> => {
  const since = performance.now();
  const { servers, started } = await startServers({
    data: options.data,
    ports: portsOf(options),
    install: !options['no-install'],
    log: (line) => console.error(line),
  });
  const rows = started.map(({ id, pid, kept, ms }) => {
    const { name: server, port, log } = servers[id];
    return { server, port, pid, state: kept ? 'kept' : 'started', ms, log };
  });
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  const answer = { connections: servers.connectionsFile, servers: rows };
  print(options, answer, rows, `Up in ${seconds} s. Connections: ${servers.connectionsFile}`);
  return 0;
};

const status = async (options: Options): Promise<number> => {
  const servers = openServers(options.data);
  const found = await Promise.all((servers ? listServers(servers) : []).map((it) => it.status()));
  const isUp = found.length > 0 && found.every(({ state }) => state === 'running');
  const rows = found.map(({ name: server, port, state, pid, detail }) => ({
    server,
    port,
    state,
    ...(pid !== undefined && { pid }),
    ...(detail !== undefined && { detail }),
  }));
  print(options, { isUp, servers: rows }, rows, isUp ? 'All servers answer.' : 'Not up.');
  return isUp ? 0 : 1;
};

const one = (servers: Servers | undefined, id: string | undefined): ServerHandle => {
  if (!servers) throw new Error('There are no servers in this folder: use up first.');
  const server = listServers(servers).find((it) => it.id === id);
  if (!server) throw new Error(`Name one of postgres, rabbitmq, redis, not ${id ?? 'nothing'}.`);
  return server;
};

/** Runs a command line; resolves with the exit code. Rejects with what to tell the person. */
const run = async (args: readonly string[]): Promise<number> => {
  const { values: options, positionals } = parse(args);
  const [command, id] = positionals;
  const say = (did: string): number => {
    if (options.output === 'json') console.log(JSON.stringify({ did }));
    else console.log(did);
    return 0;
  };
  const chosen = (): ServerHandle => one(openServers(options.data), id);
  if (options.help) return say(usage);
  switch (command) {
    case 'up':
      return up(options);
    case 'down':
      return say((await stopServers({ data: options.data })) ? 'Stopped.' : 'Nothing was running.');
    case 'status':
      return status(options);
    case 'start': {
      const { kept, pid, ms } = await chosen().start();
      return say(`${kept ? 'Kept' : 'Started'} ${id}: process ${pid}, ${ms} ms.`);
    }
    case 'stop':
      await chosen().stop(options.immediate ? 'immediate' : 'clean');
      return say(`Stopped ${id}.`);
    case 'kill':
      await chosen().kill(options.signal as NodeJS.Signals, options.main ? 'main' : 'tree');
      return say(`Sent ${options.signal} to ${id}.`);
    default:
      console.error(usage);
      return 2;
  }
};

if (import.meta.main) {
  try {
    process.exitCode = await run(process.argv.slice(2));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
