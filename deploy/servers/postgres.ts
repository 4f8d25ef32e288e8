/** PostgreSQL 15 of Debian: one server; what is in it is made by postgres-contexts.ts. */
import * as fs from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { makeServerFolder, writeSecretFile, type ServersFolder } from './folder.ts';
import { runProgram, systemUser } from './processes.ts';
import { AccessRefused, createServerHandle, type ServerHandle } from './server.ts';

const programs = '/usr/lib/postgresql/15/bin';

/** Where the superuser logs in; the password is random and the folder's. */
export const adminOf = (folder: ServersFolder): pg.ClientConfig & { user: string } => ({
  host: '127.0.0.1',
  port: folder.ports.postgres,
  user: 'plaza_admin',
  password: folder.passwordOf('postgres plaza_admin'),
  database: 'postgres',
  connectionTimeoutMillis: 5000,
});

/** The server of a folder. Raises when its system user is missing. */
export const postgresServer = (folder: ServersFolder): ServerHandle => {
  const home = join(folder.path, 'postgres');
  const data = join(home, 'data');
  const user = systemUser('postgres');
  const log = join(home, 'postgres.log');

  const prepare = (): void => {
    makeServerFolder(home, user);
    if (!fs.existsSync(data)) initialise();
    // The whole configuration, so that a start by hand with pg_ctl is the same server.
    fs.writeFileSync(join(data, 'postgresql.conf'), configuration(folder.ports.postgres));
    // No process of this folder lives, or nothing would be prepared. After kill -9 the file names
    // a number that may be another program's by now, and PostgreSQL would then refuse to start.
    fs.rmSync(join(data, 'postmaster.pid'), { force: true });
  };

  /** Made aside and moved: the data is complete or absent, whatever interrupted the first start. */
  const initialise = (): void => {
    const partial = join(home, 'data.partial');
    fs.rmSync(partial, { recursive: true, force: true });
    const passwordFile = join(home, 'password');
    writeSecretFile(passwordFile, folder.passwordOf('postgres plaza_admin'), user);
    const access = ['-U', adminOf(folder).user, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
    const encoding = ['-E', 'UTF8', '--locale=C.UTF-8', '--data-checksums'];
    const command = [join(programs, 'initdb'), '-D', partial, ...access, ...encoding];
    runProgram({ command, env: {}, cwd: home, user });
    fs.rmSync(passwordFile);
    fs.renameSync(partial, data);
  };

  return createServerHandle({
    id: 'postgres',
    name: 'PostgreSQL',
    ports: [[folder.ports.postgres, '--postgres-port']],
    program: { command: [join(programs, 'postgres'), '-D', data], env: {}, cwd: home, user, log },
    // PostgreSQL writes its titles over its environment; but all its processes work in its data.
    owns: (it) => it.command === 'postgres' && it.cwd === data,
    // A child of a killed server looks like one without a parent: its title tells it apart.
    isMain: (it) => it.args[0] === join(programs, 'postgres'),
    prepare,
    ping: () => pingPostgres(adminOf(folder)),
    signals: { clean: 'SIGINT', immediate: 'SIGQUIT' },
  });
};

/** Nothing here trades durability for speed. */
const configuration = (port: number): string => `# Written at every start by scripts/servers.ts.
listen_addresses = '127.0.0.1'
port = ${port}
# Loopback only: the path of a socket may have 107 bytes, and that of this folder may have more.
unix_socket_directories = ''
max_connections = 200
shared_buffers = '128MB'
max_wal_size = '1GB'
wal_compression = on
jit = off
password_encryption = 'scram-sha-256'
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
log_checkpoints = off
log_line_prefix = '%m [%p] %q%u@%d %a '
log_min_duration_statement = '500ms'
# The values of a statement are people's data, which a log must not collect.
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
`;

const pingPostgres = async (address: pg.ClientConfig): Promise<void> => {
  const client = new pg.Client({ ...address, query_timeout: 5000 });
  // A server that is killed in between ends the connection after the answer: no crash of ours.
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
  } catch (error) {
    const wrongPassword = ['28P01', '28000'].includes((error as { code?: string }).code ?? '');
    if (wrongPassword) throw new AccessRefused((error as Error).message, { cause: error });
    throw error;
  } finally {
    // Not awaited: a frozen server never says goodbye.
    void client.end().catch(() => {});
  }
};
