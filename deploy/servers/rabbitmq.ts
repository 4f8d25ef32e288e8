/** RabbitMQ 3.10 of Debian, with an Erlang name server of its own and without plugins. */
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from 'rabbitmq-client';
import { makeServerFolder, writeSecretFile, type ServersFolder } from './folder.ts';
import { systemUser } from './processes.ts';
import { AccessRefused, createServerHandle, type ServerHandle } from './server.ts';

const user = 'plaza';
/** Not "/", whose slash every client escapes in its own way. */
const virtualHost = 'plaza';

/** The URL of a client, with the password. */
export const rabbitmqUrl = (folder: ServersFolder): string =>
  `amqp://${user}:${folder.passwordOf('rabbitmq')}@127.0.0.1:${folder.ports.amqp}/${virtualHost}`;

/** The server of a folder. Raises when its system user is missing. */
export const rabbitmqServer = (folder: ServersFolder): ServerHandle => {
  const home = join(folder.path, 'rabbitmq');
  const runsAs = systemUser('rabbitmq');
  const { amqp, erlang, epmd } = folder.ports;
  const password = folder.passwordOf('rabbitmq');
  const configuration = join(home, 'rabbitmq.conf');
  const plugins = join(home, 'enabled_plugins');
  // Erlang keeps its environment readable, so all its processes are known by this.
  const markName = 'PLAZA_SERVER_FOLDER';

  const prepare = (): void => {
    makeServerFolder(home, runsAs);
    const cookie = join(home, '.erlang.cookie');
    if (!existsSync(cookie)) {
      writeSecretFile(cookie, folder.passwordOf('erlang cookie'), runsAs);
      chmodSync(cookie, 0o400);
    }
    writeSecretFile(
      configuration,
      // The first start makes this user in place of guest, which therefore never exists.
      `# Written at every start by scripts/servers.ts.
listeners.tcp.local = 127.0.0.1:${amqp}
default_user = ${user}
default_pass = ${password}
default_vhost = ${virtualHost}
log.file = rabbitmq.log
log.file.level = info
log.console = false
`,
      runsAs,
    );
    writeFileSync(plugins, '[].\n');
    // RabbitMQ stops at a file that names another's number, and after kill -9 it may be one.
    rmSync(join(home, 'rabbitmq.pid'), { force: true });
  };

  return createServerHandle({
    id: 'rabbitmq',
    name: 'RabbitMQ',
    ports: [
      [amqp, '--amqp-port'],
      [erlang, '--erlang-port'],
      [epmd, '--epmd-port'],
    ],
    program: {
      // Not the wrapper in /usr/sbin, which forces its own log folder and user.
      command: ['/usr/lib/rabbitmq/bin/rabbitmq-server'],
      cwd: home,
      user: runsAs,
      log: join(home, 'start.log'),
      env: {
        [markName]: home,
        HOME: home,
        // A name that does not change with the machine's: the data is bound to it.
        RABBITMQ_NODENAME: 'plaza@localhost',
        RABBITMQ_MNESIA_BASE: join(home, 'data'),
        RABBITMQ_LOG_BASE: join(home, 'log'),
        RABBITMQ_GENERATED_CONFIG_DIR: join(home, 'generated'),
        RABBITMQ_CONFIG_FILE: configuration,
        RABBITMQ_ADVANCED_CONFIG_FILE: join(home, 'advanced.config'),
        RABBITMQ_ENABLED_PLUGINS_FILE: plugins,
        RABBITMQ_PID_FILE: join(home, 'rabbitmq.pid'),
        // Nothing of /etc/rabbitmq.
        RABBITMQ_CONF_ENV_FILE: '/dev/null',
        RABBITMQ_DIST_PORT: String(erlang),
        // Loopback only, for Erlang's own traffic too.
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
        ERL_EPMD_ADDRESS: '127.0.0.1',
        ERL_EPMD_PORT: String(epmd),
        ERL_CRASH_DUMP: join(home, 'erl_crash.dump'),
        // The script then becomes Erlang instead of waiting for it as a shell in between.
        RUNNING_UNDER_SYSTEMD: 'true',
      },
    },
    owns: (it) => it.environment.includes(`${markName}=${home}`),
    isMain: (it) => it.command === 'beam.smp' && it.args.includes('rabbit'),
    isHelper: (it) => it.command === 'epmd',
    prepare,
    ping: () => pingRabbitmq(rabbitmqUrl(folder)),
    signals: { clean: 'SIGTERM', immediate: 'SIGKILL' },
  });
};

/** Opens a connection: listener, user, password and virtual host, where rabbitmqctl takes a second. */
const pingRabbitmq = (url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const connection = new Connection({ url, connectionTimeout: 5_000 });
    // It would try again by itself.
    const end = (): void => {
      clearTimeout(patience);
      connection.unsafeDestroy();
    };
    const fail = (error: Error & { code?: string }): void => {
      end();
      reject(error.code === 'ACCESS_REFUSED' ? new AccessRefused(error.message) : error);
    };
    const patience = setTimeout(fail, 5_000, new Error('no answer within 5 s'));
    connection.on('error', fail);
    connection.on('connection', () => {
      end();
      resolve();
    });
  });
