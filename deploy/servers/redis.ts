/** Redis 7 of Debian. What it holds survives kill -9 but for its last second. */
import { createConnection } from 'node:net';
import { join } from 'node:path';
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
    ping: () => pingRedis(folder.ports.redis, folder.passwordOf('redis')),
    signals: { clean: 'SIGTERM', immediate: 'SIGKILL' },
  });
};

const pingRedis = (port: number, password: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = createConnection({ host: '127.0.0.1', port });
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(5000, () => fail(new Error('no answer within 5 s')));
    socket.on('error', fail);
    socket.on('close', () => reject(new Error('the connection was closed')));
    socket.setEncoding('utf8').on('data', (text: string) => {
      answer += text;
      if (answer.includes('+PONG\r\n')) resolve();
      else if (/-(WRONGPASS|NOAUTH)/.test(answer)) return fail(new AccessRefused(answer.trim()));
      // -LOADING: it still reads its data.
      else if (answer.split('\r\n').length <= 2) return;
      else return fail(new Error(answer.trim()));
      socket.end();
    });
    socket.write(`AUTH ${password}\r\nPING\r\n`);
  });
