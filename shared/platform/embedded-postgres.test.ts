import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, delimiter, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';

const isRoot = process.getuid?.() === 0;
const onlyLinux = process.platform !== 'linux' && 'needs /proc and setpriv';

const query = async (server: EmbeddedPostgres, text: string): Promise<unknown[][]> => {
  const { host, port, user, password } = server;
  const client = new pg.Client({ host, port, user, password, database: 'postgres', ssl: false });
  await client.connect();
  try {
    return (await client.query({ text, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    // A killed child of nobody may stay as a zombie in a container without an init.
    return !/^\d+ \(.*\) Z/.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

const until = async (isTrue: () => boolean, what: string): Promise<void> => {
  for (let tries = 0; tries < 500; tries += 1) {
    if (isTrue()) return;
    await sleep(20);
  }
  assert.fail(`${what} did not happen within 10 seconds`);
};

/** Runs a module in a Node of its own, with `start` and `pg` in reach; prints come as lines. */
const runNode = (body: string, directory: string, path = ''): [ChildProcess, string[]] => {
  const code = `
    import { startEmbeddedPostgres } from ${JSON.stringify(import.meta.resolve('./embedded-postgres.ts'))};
    import pg from ${JSON.stringify(import.meta.resolve('pg'))};
    const start = () => startEmbeddedPostgres({ directory: ${JSON.stringify(directory)} });
    ${body}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PATH: `${path}${delimiter}${process.env['PATH']}` },
  });
  const lines: string[] = [];
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  return [child, lines];
};

const insertForEver = `
  const server = await start();
  const { host, port, user, password } = server;
  const client = new pg.Client({ host, port, user, password, database: 'postgres' });
  await client.connect();
  console.log(server.pid);
  await client.query('create table rows (id int)');
  for (let id = 1; ; id += 1) {
    await client.query('insert into rows values ($1)', [id]);
    console.log(id);
  }`;

describe('embedded PostgreSQL', { timeout: 60_000 }, () => {
  let root: string;
  let template: string;
  let firstNotices: readonly string[];

  before(async () => {
    root = fs.mkdtempSync(join(tmpdir(), 'plaza pg '));
    // Another user must get through to the directory below, in the test without namespaces.
    fs.chmodSync(root, 0o711);
    template = join(root, 'the template');
    const server = await startEmbeddedPostgres({ directory: relative(process.cwd(), template) });
    firstNotices = server.notices;
    await query(server, 'create table kept as select 42 as answer');
    await server.stop();
  });
  after(() => fs.rmSync(root, { recursive: true, force: true, maxRetries: 5 }));

  /** A directory with a cluster, in which `kept` holds 42, without waiting for initdb. */
  const copyOfTemplate = (name: string): string => {
    const directory = join(root, name);
    fs.cpSync(template, directory, { recursive: true });
    fs.chmodSync(join(directory, 'data'), 0o700);
    return directory;
  };
  const starting = async <T>(
    directory: string,
    use: (server: EmbeddedPostgres) => Promise<T>,
    options: { preferredPort?: number; settings?: Record<string, string> } = {},
  ): Promise<T> => {
    const server = await startEmbeddedPostgres({ directory, ...options });
    try {
      return await use(server);
    } finally {
      await server.stop();
    }
  };
  const assertKept = async (server: EmbeddedPostgres): Promise<void> =>
    assert.deepEqual(await query(server, 'select answer from kept'), [[42]]);
  /** A folder for PATH in which a program exists and always fails. */
  const without = (program: string): string => {
    const path = fs.mkdtempSync(join(root, 'path-'));
    fs.writeFileSync(join(path, program), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    fs.chmodSync(path, 0o755);
    return path;
  };

  it('keeps data over a restart, in a directory with spaces given relatively', async () => {
    assert.deepEqual(firstNotices, []);
    await starting(template, async (server) => {
      await assertKept(server);
      assert.deepEqual(
        [server.host, server.user, server.adopted],
        ['127.0.0.1', 'plaza_admin', false],
      );
      assert.deepEqual(server.notices, []);
    });
  });

  it('makes a durable UTF-8 cluster with checksums, a password and a socket of its own', async () => {
    await starting(template, async (server) => {
      const shown = await query(
        server,
        `select name || '=' || setting from pg_settings where name in (
           'fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums',
           'listen_addresses', 'unix_socket_directories', 'log_min_duration_statement')
         union all select datlocprovider::text || ' ' || datlocale || ' ' || pg_encoding_to_char(encoding)
           from pg_database where datname = 'template1'
         order by 1`,
      );
      assert.deepEqual(shown.flat(), [
        'b C.UTF-8 UTF8',
        'data_checksums=on',
        'fsync=on',
        'full_page_writes=on',
        'listen_addresses=127.0.0.1',
        'log_min_duration_statement=500',
        'synchronous_commit=on',
        `unix_socket_directories=${fs.realpathSync(template)}`,
      ]);
      const overSocket = await query({ ...server, host: server.socket! }, 'select 1');
      assert.deepEqual(overSocket, [[1]]);
      assert.equal(
        fs.statSync(join(server.socket!, `.s.PGSQL.${server.port}`)).mode & 0o777,
        0o700,
      );
      await assert.rejects(query({ ...server, password: 'guess' }, 'select 1'), { code: '28P01' });
    });
    const { mode } = fs.statSync(join(template, 'superuser-password'));
    assert.equal(mode & 0o777, 0o600);
  });

  it('takes extra settings, and quotes the log when PostgreSQL refuses one', async () => {
    const workMem = await starting(template, (server) => query(server, 'show work_mem'), {
      settings: { work_mem: '7MB' },
    });
    assert.deepEqual(workMem, [['7MB']]);
    const settings = { shared_buffers: 'a lot' };
    await assert.rejects(
      startEmbeddedPostgres({ directory: template, settings }),
      /invalid value for parameter "shared_buffers": "a lot"/,
    );
  });

  it('leaves nothing that keeps the process alive, and stops twice without complaint', async () => {
    const [child, lines] = runNode(
      `const before = process.listenerCount('exit');
       const server = await start();
       await Promise.all([server.stop(), server.stop()]);
       await server.stop();
       console.log(server.pid, process.listenerCount('exit') - before);`,
      template,
    );
    const late = setTimeout(() => child.kill('SIGKILL'), 8000);
    const [code, signal] = await once(child, 'close');
    clearTimeout(late);
    assert.deepEqual([code, signal], [0, null]);
    const [pid, listeners] = lines[0]!.split(' ').map(Number);
    assert.equal(listeners, 0);
    assert.equal(isAlive(pid!), false);
  });

  it('loses no acknowledged row when Node is killed while inserting', async () => {
    const directory = copyOfTemplate('node killed');
    const [child, lines] = runNode(insertForEver, directory);
    await until(() => lines.length > 300, 'the 300th insert');
    child.kill('SIGKILL');
    // At once: the old server may still be shutting down.
    const [server] = await Promise.all([
      startEmbeddedPostgres({ directory }),
      once(child, 'close'),
    ]);
    try {
      const acknowledged = Number(lines.at(-1));
      const [[count, highest]] = (await query(
        server,
        'select count(*)::int, max(id) from rows',
      )) as [[number, number]];
      assert.ok(highest >= acknowledged, `${highest} of ${acknowledged} rows`);
      assert.equal(count, highest);
      assert.notEqual(server.pid, Number(lines[0]));
      assert.equal(isAlive(Number(lines[0])), false);
    } finally {
      await server.stop();
    }
  });

  it('goes down by itself when Node is killed', { skip: onlyLinux }, async () => {
    const [child, lines] = runNode(insertForEver, copyOfTemplate('dies too'));
    await until(() => lines.length > 1, 'the first insert');
    child.kill('SIGKILL');
    await until(() => !isAlive(Number(lines[0])), 'the end of PostgreSQL');
  });

  it('replaces a server whose owner died and left it running', { skip: onlyLinux }, async () => {
    const directory = copyOfTemplate('orphan');
    const [child, lines] = runNode(insertForEver, directory, without('setpriv'));
    await until(() => lines.length > 10, 'the 10th insert');
    child.kill('SIGKILL');
    await once(child, 'close');
    const orphan = Number(lines[0]);
    await sleep(300);
    assert.ok(isAlive(orphan), 'the case needs a server that outlived its owner');
    await starting(directory, async (server) => {
      assert.ok(!isAlive(orphan));
      assert.match(server.notices.join(), new RegExp(`process ${orphan}\\) was stopped`));
      await assertKept(server);
    });
  });

  it('says that PostgreSQL was killed, and recovers at the next start', async () => {
    const directory = copyOfTemplate('postgres killed');
    const server = await startEmbeddedPostgres({ directory });
    await query(server, 'create table recovered as select 1 as one');
    process.kill(server.pid, 'SIGKILL');
    assert.match(await server.ended, /ended by signal SIGKILL.*\n.*ready to accept connections/s);
    await server.stop();
    await starting(directory, async (again) => {
      assert.deepEqual(await query(again, 'select one from recovered'), [[1]]);
      assert.deepEqual(again.notices, [
        `A stale pid file of process ${server.pid} was removed.`,
        'The server was not stopped cleanly; it recovered.',
      ]);
    });
  });

  it('removes a pid file that names an unrelated process, and leaves that alone', async () => {
    const directory = copyOfTemplate('stale');
    const assertRemoved = async (pid: number): Promise<void> => {
      const lines = [pid, join(directory, 'data'), 1, 5432, '', '127.0.0.1', '', 'ready'];
      fs.writeFileSync(join(directory, 'data', 'postmaster.pid'), `${lines.join('\n')}\n`);
      await starting(directory, async (server) => {
        await assertKept(server);
        assert.deepEqual(server.notices, [`A stale pid file of process ${pid} was removed.`]);
      });
      assert.ok(isAlive(pid));
    };
    // Not PostgreSQL, though its arguments name the directory.
    const args = ['-e', 'setInterval(() => {}, 1000)', join(directory, 'data')];
    const bystander = spawn(process.execPath, args, { stdio: 'ignore' });
    try {
      await assertRemoved(bystander.pid!);
    } finally {
      bystander.kill('SIGKILL');
    }
    // PostgreSQL, but of another directory.
    await starting(template, (other) => assertRemoved(other.pid));
  });

  it('takes the next port when the preferred one is busy, and says so', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      await starting(
        template,
        async (server) => {
          assert.ok(server.port > port && server.port <= port + 100, `${server.port}`);
          assert.deepEqual(server.notices, [`Port ${port} is busy, using ${server.port}.`]);
          await assertKept(server);
        },
        { preferredPort: port },
      );
    } finally {
      other.close();
    }
    const used = await starting(template, async (server) => server.port, { preferredPort: port });
    assert.equal(used, port);
  });

  it('refuses the directory of another major version and touches nothing', async () => {
    const directory = join(root, 'old');
    fs.mkdirSync(join(directory, 'data'), { recursive: true });
    fs.writeFileSync(join(directory, 'data', 'PG_VERSION'), '13\n');
    await assert.rejects(
      startEmbeddedPostgres({ directory }),
      /made by PostgreSQL 13, but the one installed here is PostgreSQL 18.*Nothing was touched/,
    );
    assert.deepEqual(fs.readdirSync(directory, { recursive: true }), ['data', 'data/PG_VERSION']);
  });

  it('redoes an interrupted initdb, but never replaces what it does not know', async () => {
    const interrupted = join(root, 'interrupted');
    const partial = join(interrupted, 'data.partial-1');
    fs.mkdirSync(partial, { recursive: true });
    fs.writeFileSync(join(partial, 'PG_VERSION'), '18\n');
    await starting(interrupted, (server) => query(server, 'select 1'));
    assert.ok(!fs.existsSync(partial));

    const unknown = join(root, 'unknown');
    fs.mkdirSync(join(unknown, 'data'), { recursive: true });
    fs.writeFileSync(join(unknown, 'data', 'diary.txt'), 'mine');
    await assert.rejects(startEmbeddedPostgres({ directory: unknown }), /not a PostgreSQL data/);
    assert.equal(fs.readFileSync(join(unknown, 'data', 'diary.txt'), 'utf8'), 'mine');
  });

  it('runs one server for two starters at once, who part in any order', async () => {
    const directory = join(root, 'two at once');
    const guestProcess = `const server = await start();
      console.log(server.pid, server.adopted);
      if (server.adopted) { await server.stop(); console.log('let go'); }
      else { setTimeout(() => server.stop(), 1500); }`;
    const [child, lines] = runNode(guestProcess, directory);
    const closed = once(child, 'close');
    const servers = await Promise.all([1, 2].map(() => startEmbeddedPostgres({ directory })));
    await until(() => lines.length > 0, 'the start of the other process');
    const [pid, wasAdopted] = lines[0]!.split(' ');
    const adopted = [...servers.map((server) => String(server.adopted)), wasAdopted];
    assert.deepEqual(adopted.toSorted(), ['false', 'true', 'true']);
    assert.deepEqual(new Set([...servers.map((server) => server.pid), Number(pid)]).size, 1);
    const guest = servers.find((server) => server.adopted)!;
    const owner = servers.find((server) => !server.adopted);
    if (owner) {
      await closed;
      assert.equal(lines[1], 'let go');
      // The guest in the other process has stopped: the owner's server must not.
      await query(guest, 'select 1');
      await owner.stop();
    }
    assert.match(await guest.ended, /started by another process, ended/);
    await closed;
    await Promise.all(servers.map((server) => server.stop()));
    assert.ok(!isAlive(Number(pid)));
  });

  it('tells what is wrong with the password file', async () => {
    const directory = copyOfTemplate('password');
    const password = join(directory, 'superuser-password');
    const refused = (message: RegExp) =>
      assert.rejects(startEmbeddedPostgres({ directory }), message);
    fs.writeFileSync(password, '\0\0\0\0\0\0\0\0\0');
    await refused(/superuser-password is damaged/);
    fs.rmSync(password);
    await refused(/superuser-password is missing or unreadable/);
    fs.writeFileSync(password, 'of-another-database\n');
    await refused(/does not accept the password/);
    // It neither left a server behind nor the directory locked.
    fs.copyFileSync(join(template, basename(password)), password);
    await starting(directory, async (server) => {
      assert.deepEqual(server.notices, []);
      await assertKept(server);
    });
  });

  it('tells that a directory cannot be used', async () => {
    const file = join(root, 'a file');
    fs.writeFileSync(file, '');
    const directory = join(file, 'below');
    await assert.rejects(startEmbeddedPostgres({ directory }), /cannot be used.*ENOTDIR/);
    if (isRoot) return; // Modes do not stop root.
    const readOnly = join(root, 'read only');
    fs.mkdirSync(readOnly, { mode: 0o500 });
    await assert.rejects(startEmbeddedPostgres({ directory: readOnly }), /cannot be used.*EACCES/);
  });

  it('keeps its log bounded', async () => {
    const log = join(template, 'postgres.log');
    fs.truncateSync(log, 11 * 1_048_576);
    await starting(template, assertKept);
    assert.ok(fs.statSync(log).size < 10_000);
    assert.ok(fs.existsSync(`${log}.1`));
  });

  const needsRoot = onlyLinux || (!isRoot && 'needs root');
  it('runs as nobody where root has no user namespaces', { skip: needsRoot }, async () => {
    const start = `const server = await start(); console.log(JSON.stringify(server));`;
    // A directory of root's, made with a namespace before, and a new one.
    for (const directory of [copyOfTemplate('was root'), join(root, 'new nobody')]) {
      const [child, lines] = runNode(start, directory, without('unshare'));
      await until(() => lines.length > 0, `the start in ${directory}`);
      const server = JSON.parse(lines[0]!);
      assert.equal(fs.statSync(`/proc/${server.pid}`).uid, 65_534);
      assert.equal(fs.statSync(join(directory, 'data')).uid, 65_534);
      assert.match(server.notices[0], /refuses to run as root/);
      await query(server, 'select 1');
      child.kill('SIGKILL');
      await once(child, 'close');
      // And back: with namespaces again, the server keeps running as the owner of its files.
      await starting(directory, async ({ pid }) => {
        assert.equal(fs.statSync(`/proc/${pid}`).uid, 65_534);
      });
    }
  });
});
