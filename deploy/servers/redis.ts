/** Redis 7 of Debian. What it holds survives kill -9 but for its last second. */
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { makeServerFolder, writeSecretFile, type ServersFolder } from './folder.ts';
import { systemUser } from './processes.ts';
import { AccessRefused, createServerHandle, type ServerHandle } from './server.ts';

/** The URL of a client, with the password. */
export const redisUrl = (folder: ServersFolder): string =>
  `redis://:${folder.passwordOf('redis')}@127.0.0.1:${folder.ports.redis}`;

/** The server of a folder. Raises when its system user is missing. */
export const redisServer = (folder: ServersFolder): ServerHandle => {
  const home = join(folder.path, 'redis');
  const user = systemUser('redis');
  const configuration = join(home, 'redis.conf');
  const log = join(home, 'redis.log');
  return createServerHandle({
    id: 'redis',
    name: 'Redis',
    ports: [[folder.ports.redis, '--redis-port']],
    program: { command: ['redis-server', configuration], env: {}, cwd: home, user, log },
    // It writes its title over its environment, like PostgreSQL, and works in its data too.
    owns: (it) => it.command === 'redis-server' && it.cwd === home,
    // The others are children that write the data out.
    isMain: (it, own) => !own.some(({ pid }) => pid === it.parent),
    prepare: () => {
      makeServerFolder(home, user);
      writeSecretFile(
        configuration,
        `# Written at every start by scripts/servers.ts.
bind 127.0.0.1
port ${folder.ports.redis}
dir "${home}"
pidfile "${join(home, 'redis.pid')}"
daemonize no
requirepass ${folder.passwordOf('redis')}
appendonly yes
appendfsync everysec
# Nothing is only here: what is used least goes when it is full.
maxmemory 256mb
maxmemory-policy allkeys-lru
# The log of writes is enough: no dump beside it, which would fork now and then.
save ""
`,
        user,
      );
    },
    ping: () => pingRedis(redisUrl(folder)),
    signals: { clean: 'SIGTERM', immediate: 'SIGKILL' },
  });
};

const pingRedis = async (url: string): Promise<void> => {
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: 5_000,
    commandTimeout: 5_000,
    // Whether it still reads its data is what the ping asks.
    enableReadyCheck: false,
  });
  // What fails is told by the promise of who waits for it.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    const { message } = error as Error;
    throw /^(WRONGPASS|NOAUTH)/.test(message) ? new AccessRefused(message) : error;
  } finally {
    client.disconnect();
  }
};
