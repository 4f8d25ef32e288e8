/** The servers of the split system, all together: one folder, one call up, one down. */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lockFolder, makeFolder, openFolder, writeSecretFile } from './folder.ts';
import type { Ports, ServersFolder } from './folder.ts';
import { installPackages } from './packages.ts';
import { prepareContexts, postgresUrls, type Context } from './postgres-contexts.ts';
import { postgresServer } from './postgres.ts';
import { rabbitmqServer, rabbitmqUrl } from './rabbitmq.ts';
import { redisServer, redisUrl } from './redis.ts';
import type { ServerHandle, ServerId, Started } from './server.ts';

export type ServersOptions = Readonly<{
  /** The folder of everything; default `./data/servers`. */
  data?: string;
  /** Those that are not given stay as they were, at first `defaultPorts`. */
  ports?: Partial<Ports>;
  /** Whether root may install missing packages with apt-get; default true. */
  install?: boolean;
  /** Told what takes long, a line at a time. */
  log?: (line: string) => void;
}>;

/** What `servers.json` holds: where clients connect, passwords included. */
export type Connections = Readonly<{
  postgres: Readonly<{
    host: string;
    port: number;
    adminUrl: string;
    contexts: Readonly<Record<Context, Readonly<{ ownerUrl: string; url: string }>>>;
  }>;
  rabbitmq: Readonly<{ url: string }>;
  redis: Readonly<{ url: string }>;
}>;

export type Servers = Readonly<Record<ServerId, ServerHandle>> &
  Readonly<{ data: string; connectionsFile: string; connections: Connections }>;

export const defaultData = './data/servers';

const order: readonly ServerId[] = ['postgres', 'redis', 'rabbitmq'];

/** The handles in the order of a start. */
export const listServers = (servers: Servers): readonly ServerHandle[] =>
  order.map((id) => servers[id]);

const serversOf = (folder: ServersFolder): Servers => ({
  data: folder.path,
  connectionsFile: join(folder.path, 'servers.json'),
  connections: {
    postgres: { host: '127.0.0.1', port: folder.ports.postgres, ...postgresUrls(folder) },
    rabbitmq: { url: rabbitmqUrl(folder) },
    redis: { url: redisUrl(folder) },
  },
  postgres: postgresServer(folder),
  redis: redisServer(folder),
  rabbitmq: rabbitmqServer(folder),
});

/**
 * The handles of a folder that `startServers` made, for whoever did not start it; undefined when
 * there is no such folder. Starts nothing.
 */
export const openServers = (data: string = defaultData): Servers | undefined => {
  const folder = openFolder(resolve(data));
  return folder && serversOf(folder);
};

/**
 * Installs and starts what is missing, keeps what runs, and resolves when each server answers a
 * real request and every context has its database. Rejects with readable sentences: packages that
 * are missing, ports that are busy, the end of the log of a server that did not come up. The
 * others then run on; `stopServers` ends them.
 */
export const startServers = async (
  options: ServersOptions = {},
): Promise<{ servers: Servers; started: readonly Started[] }> => {
  const { data = defaultData, ports = {}, install = true, log = () => {} } = options;
  // Before the folder is made: its files belong to the packages' users.
  installPackages(install, log);
  const lock = lockFolder(data);
  try {
    await refuseToMove(data, ports);
    const folder = makeFolder(data, ports);
    const servers = serversOf(folder);
    const all = listServers(servers);
    const busy = (await Promise.all(all.map((server) => server.busyPorts()))).flat();
    if (busy.length > 0) throw new Error(busy.join('\n'));
    const started = await allOf(all, async (server) => {
      const outcome = await server.start();
      if (server.id === 'postgres') await prepareContexts(folder);
      if (!outcome.kept) log(`${server.name} answers after ${(outcome.ms / 1000).toFixed(1)} s.`);
      return outcome;
    });
    writeSecretFile(servers.connectionsFile, JSON.stringify(servers.connections, undefined, 2));
    return { servers, started };
  } finally {
    lock.release();
  }
};

/** A server that runs does not change its port: a new number would only be written down. */
const refuseToMove = async (data: string, ports: Partial<Ports>): Promise<void> => {
  const folder = openFolder(resolve(data));
  if (!folder) return;
  const moved = (Object.keys(ports) as (keyof Ports)[]).filter(
    (name) => ports[name] !== undefined && ports[name] !== folder.ports[name],
  );
  if (moved.length === 0) return;
  const running = listServers(serversOf(folder)).filter((server) => server.pid() !== undefined);
  if (running.length === 0) return;
  const were = moved.map((name) => `${name} ${folder.ports[name]}`).join(', ');
  throw new Error(`Servers are running with other ports (${were}). Stop them first.`);
};

/**
 * Stops the servers of a folder, those that use others first, and removes `servers.json`. Data and
 * passwords stay. Answers whether there was anything to stop. Rejects when a server had to be
 * killed, after all have been dealt with.
 */
export const stopServers = async ({
  data = defaultData,
}: Pick<ServersOptions, 'data'> = {}): Promise<boolean> => {
  const servers = openServers(data);
  if (!servers) return false;
  const lock = lockFolder(data);
  const failures: string[] = [];
  let any = false;
  try {
    for (const server of listServers(servers).toReversed()) {
      any ||= server.pid() !== undefined;
      await server.stop().catch((error: Error) => failures.push(error.message));
    }
    // Whoever reads this file may trust that the servers are up.
    rmSync(servers.connectionsFile, { force: true });
  } finally {
    lock.release();
  }
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return any;
};

/** Works on all at once; raises all failures together, when the last one is done. */
const allOf = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> => {
  const settled = await Promise.allSettled(items.map(work));
  const failures = settled.filter((it) => it.status === 'rejected').map((it) => it.reason as Error);
  const [first, ...others] = failures;
  if (first && others.length === 0) throw first;
  if (first) throw new AggregateError(failures, failures.map(({ message }) => message).join('\n'));
  return settled.filter((it) => it.status === 'fulfilled').map((it) => it.value);
};
