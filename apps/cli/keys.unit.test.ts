import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { readConfig, type Config } from '#shared/platform/config.ts';
import { runFilePath } from '../server/run-file.ts';
import type { Cli } from './cli.ts';
import { catalogues, type Language } from './language.ts';
import { runProgram } from './program.ts';
import { toEnvironment, toYaml } from './status-formats.ts';

const ana = { id: 'account-1', email: 'ana@example.com' };
const other = { id: 'account-2', email: 'ana@example.com.co' };
const oldKey = {
  id: 'key-1',
  name: 'Bodega',
  prefix: 'plaza_abcdefgh',
  scopes: ['products:read', 'stock:write'],
  created_at: '2026-11-01T10:00:00.000Z',
  expires_at: '2026-12-01T10:00:00.000Z',
  last_used_at: null,
};
const newKey = { ...oldKey, id: 'key-2', prefix: 'plaza_zzzzzzzz', key: 'plaza_zzzzzzzz_secret' };

describe('what the command line asks of the API', () => {
  let asked: string[] = [];
  let answers: Record<string, readonly [number, object?]> = {};
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/health/live') return reply.end('{}');
      const what = `${request.method} ${request.url!.replace('/api/v1', '')}`;
      const body = Buffer.concat(chunks).toString();
      asked.push(body === '' ? what : `${what} ${body}`);
      const [status, answer] = answers[what] ?? [404, { code: 'http.not_found' }];
      reply.writeHead(status, { 'content-type': 'application/json' });
      return reply.end(answer === undefined ? '' : JSON.stringify(answer));
    });
  });
  let data: string;
  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'plaza-cli-'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await mkdir(join(data, 'run'));
    const file = { pid: process.pid, url, startedAt: new Date().toISOString(), token: 'operator' };
    await writeFile(runFilePath(data), JSON.stringify(file));
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await rm(data, { recursive: true });
  });
  const path = '/auth/accounts/account-1/api-keys';
  beforeEach(() => {
    asked = [];
    answers = {
      'GET /users?role=admin&limit=100': [200, { items: [ana] }],
      'GET /users?q=ana%40example.com&limit=100': [200, { items: [other, ana] }],
      [`GET ${path}`]: [200, { items: [oldKey] }],
      [`POST ${path}`]: [201, newKey],
      [`DELETE ${path}/key-1`]: [204],
    };
  });
  const plaza = async (language: Language, ...args: readonly string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const cli: Cli = {
      text: catalogues[language],
      language,
      version: '1.2.3',
      print: (line = '') => void out.push(line),
      say: (line = '') => void err.push(line),
      isInteractive: { out: false, error: false, input: false },
      readConfig: () => ({ dataDirectory: data }) as Config,
    };
    const code = await runProgram(cli, args);
    return { code, out: out.join('\n'), err: err.join('\n') };
  };
  const made = ['--name', 'Bodega', '--scopes', 'products:read, stock:write'] as const;

  it('makes a key of the only administrator, and prints nothing but it', async () => {
    const { code, out, err } = await plaza('es', 'claves', 'crear', ...made, '--days', '30');
    assert.deepEqual([code, out], [0, newKey.key]);
    assert.match(err, /ana@example\.com[^]*no se vuelve a mostrar/);
    assert.deepEqual(asked, [
      'GET /users?role=admin&limit=100',
      `POST ${path} {"name":"Bodega","scopes":["products:read","stock:write"],"expires_in_days":30}`,
    ]);
  });

  it('means the account with exactly that address', async () => {
    const { code } = await plaza('en', 'keys', 'list', '--email', 'ANA@example.com');
    assert.equal(code, 0);
    assert.deepEqual(asked, ['GET /users?q=ana%40example.com&limit=100', `GET ${path}`]);
    answers['GET /users?q=ana%40example.com&limit=100'] = [200, { items: [other] }];
    const none = await plaza('en', 'keys', 'list', '--email', 'ana@example.com');
    assert.equal(none.code, 1);
    assert.match(none.err, /no account with the address ana@example\.com/);
  });

  it('does not guess among administrators', async () => {
    for (const items of [[], [ana, other]]) {
      answers['GET /users?role=admin&limit=100'] = [200, { items }];
      const { code, err } = await plaza('es', 'claves', 'listar');
      assert.equal(code, 2);
      assert.match(err, /--email/);
    }
  });

  it('lists keys without their text, as a table and as JSON', async () => {
    const { out } = await plaza('en', 'keys', 'list');
    assert.match(out, /plaza_abcdefgh +Bodega +2026-12-01 +– +products:read,stock:write/);
    const json = await plaza('en', 'keys', 'list', '-o', 'json');
    assert.deepEqual((JSON.parse(json.out) as { items: unknown }).items, [oldKey]);
    answers[`GET ${path}`] = [200, { items: [] }];
    assert.match((await plaza('es', 'claves', 'listar')).out, /no tiene claves/);
  });

  it('replaces a key by one like it before it ends the old one', async () => {
    const { code, out } = await plaza('en', 'keys', 'rotate', 'plaza_abcdefgh');
    assert.deepEqual([code, out], [0, newKey.key]);
    assert.deepEqual(asked.slice(2), [
      `POST ${path} {"name":"Bodega","scopes":["products:read","stock:write"],"expires_in_days":30}`,
      `DELETE ${path}/key-1`,
    ]);
    asked = [];
    answers[`POST ${path}`] = [409, { code: 'identity.too_many_keys' }];
    const full = await plaza('es', 'claves', 'rotar', 'key-1');
    assert.equal(full.code, 1);
    assert.match(full.err, /veinte claves/);
    assert.ok(!asked.some((one) => one.startsWith('DELETE')));
  });

  it('revokes a key by its beginning or its id', async () => {
    for (const name of ['plaza_abcdefgh', 'key-1']) {
      const { code, out } = await plaza('es', 'claves', 'anular', name);
      assert.equal(code, 0);
      assert.match(out, /plaza_abcdefgh anulada/);
      assert.equal(asked.at(-1), `DELETE ${path}/key-1`);
    }
    const { code, err } = await plaza('en', 'keys', 'revoke', 'plaza_other');
    assert.equal(code, 1);
    assert.match(err, /has no key plaza_other/);
  });

  it('refuses scopes and days that are none, before it asks anything', async () => {
    for (const [args, message] of [
      [['--name', 'x', '--scopes', 'orders:eat'], /no scope orders:eat\. There are: .*orders:read/],
      [['--name', 'x', '--scopes', ' , '], /A scope is missing/],
      [[...made, '--days', '400'], /from 1 to 365/],
      [[...made, '--days', '1.5'], /from 1 to 365/],
      [['--name', 'x'], /--scopes <list> is missing/],
    ] as const) {
      const { code, err } = await plaza('en', 'keys', 'create', ...args);
      assert.equal(code, 2, err);
      assert.match(err, message);
    }
    assert.deepEqual(asked, []);
  });

  it('places an order as the button of the back office does', async () => {
    const order = {
      id: 'o-1',
      number: 'PZ-000161',
      title: 'Ruana',
      total: '538.00',
      currency: 'MXN',
      correlation_id: 'c-1',
    };
    answers['POST /admin/simulated-orders'] = [201, order];
    const { code, out } = await plaza('es', 'disparar', 'order.placed');
    assert.equal(code, 0);
    assert.match(
      out,
      /Pedido PZ-000161 creado y pagado: Ruana, 538\.00 MXN\.[^]*--correlation c-1/,
    );
    const json = await plaza('en', 'trigger', 'order.placed', '-o', 'json');
    assert.deepEqual(JSON.parse(json.out), order);
    assert.deepEqual(asked[0], 'POST /admin/simulated-orders {}');
    assert.equal((await plaza('en', 'trigger', 'order.eaten')).code, 2);
    delete answers['POST /admin/simulated-orders'];
    const elsewhere = await plaza('es', 'disparar', 'order.placed');
    assert.equal(elsewhere.code, 1);
    assert.match(elsewhere.err, /ningún dinero es de verdad/);
  });
});

describe('the formats of plaza status', () => {
  const report = {
    is_running: true,
    status: 'healthy',
    version: '1.2.3',
    pid: 41,
    url: 'http://localhost:8000',
    api: 'http://localhost:8000/api/v1',
    data: "./ana's shop/$(rm -rf x)\n`y`",
    services: { orders: { state: 'healthy', outbox_pending: 0 }, none: {} },
  };

  it('are YAML in which every text is quoted', () => {
    assert.equal(
      toYaml(report),
      [
        'is_running: true',
        'status: "healthy"',
        'version: "1.2.3"',
        'pid: 41',
        'url: "http://localhost:8000"',
        'api: "http://localhost:8000/api/v1"',
        String.raw`data: "./ana's shop/$(rm -rf x)\n${'`y`'}"`,
        'services:',
        '  orders:',
        '    state: "healthy"',
        '    outbox_pending: 0',
        '  none: {}',
      ].join('\n'),
    );
  });

  it('are lines that a shell sources to the letter, and that Plaza takes for no setting', () => {
    const script = `${toEnvironment(report)}\nprintf '%s|' "$PLAZA_URL" "$PLAZA_PID" "$PLAZA_STATUS" "$PLAZA_DATA"`;
    const { stdout, stderr } = spawnSync('sh', ['-eu', '-c', script], { encoding: 'utf8' });
    assert.equal(stderr, '');
    assert.equal(stdout, `${report.url}|41|healthy|${report.data}|`);
    const names = toEnvironment({ ...report, data: 'x' })
      .split('\n')
      .map((line) => line.split('=', 2) as [string, string]);
    assert.deepEqual(names.map(([name]) => name).toSorted(), [
      'PLAZA_API',
      'PLAZA_DATA',
      'PLAZA_IS_RUNNING',
      'PLAZA_PID',
      'PLAZA_STATUS',
      'PLAZA_URL',
      'PLAZA_VERSION',
    ]);
    assert.equal(readConfig(Object.fromEntries(names)).dataDirectory, resolve('x'));
    assert.throws(() => readConfig({ PLAZA_UNKNOWN: 'x' }), /PLAZA_UNKNOWN/);
  });
});
