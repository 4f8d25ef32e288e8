import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ConfigError, readConfig } from '#shared/platform/config.ts';
import { noteAllSealed, readOrCreateSecrets } from '#shared/platform/secret.ts';
import { columns, type Cli } from './cli.ts';
import { usernameOf } from './commands/admin-create.ts';
import { catalogues, chooseLanguage, type Language } from './language.ts';
import { wordNotices } from './notices.ts';
import { ownDataFolder } from './owner-lock.ts';
import { runProgram } from './program.ts';
import { renderReference, renderSpanishReference } from './reference.ts';
import { errorOf } from './server-log.ts';
import { tableLines, type Table } from './table.ts';

const createCli = (language: Language) => {
  const out: string[] = [];
  const err: string[] = [];
  const cli: Cli = {
    text: catalogues[language],
    language,
    version: '1.2.3',
    print: (line = '') => void out.push(line),
    say: (line = '') => void err.push(line),
    isInteractive: { out: false, error: false, input: false },
    readConfig: () => {
      throw new ConfigError(['PLAZA_PORT="x": must be a whole number']);
    },
  };
  return { cli, out, err };
};

describe('the language', () => {
  it('is the one chosen for Plaza, else the terminal’s, else English', () => {
    for (const [environment, expected] of [
      [{}, 'en'],
      [{ LANG: 'C.UTF-8' }, 'en'],
      [{ LANG: 'es_CO.UTF-8' }, 'es'],
      [{ LANG: 'es_CO.UTF-8', LC_ALL: 'en_US.UTF-8' }, 'en'],
      [{ LANG: 'en_US', LC_MESSAGES: 'es' }, 'es'],
      [{ LANG: 'en_US', PLAZA_LANGUAGE: 'es' }, 'es'],
      [{ LANG: 'est_EE' }, 'en'],
      [{ LANG: '', LC_ALL: '' }, 'en'],
    ] as const)
      assert.equal(chooseLanguage(environment), expected, JSON.stringify(environment));
  });

  it('says everything differently in each, with the same values', () => {
    const same: string[] = [];
    const walk = (es: unknown, en: unknown, path: string): void => {
      if (typeof es === 'object' && es !== null) {
        for (const [key, value] of Object.entries(es))
          walk(value, (en as Record<string, unknown>)[key], `${path}.${key}`);
      } else if (es === en && typeof es === 'string') same.push(path);
    };
    walk(catalogues.es, catalogues.en, '');
    const equalInBoth = ['.labels.api', '.checks.node.name', '.checks.postgres.name'];
    // Titles of the help are the library's own in English.
    assert.deepEqual(same, equalInBoth);
  });
});

describe('the program', () => {
  it('answers wrong words with exit code 2, in the person’s language', async () => {
    for (const [args, es, en] of [
      [['nada'], /No existe la orden nada/, /no command nada/],
      [['status', '--nada'], /No existe la opción --nada/, /no option --nada/],
      [['import'], /Falta el argumento files/, /argument files is missing/],
      [['status', '-o', 'xml'], /no acepta ese valor/, /does not take this value/],
      [['stop', 'now'], /Sobran/, /too many/],
      [[], /Falta la orden/, /command is missing/],
      [['admin'], /Falta la orden/, /command is missing/],
      [['events', 'replay'], /Di qué mensajes/, /Name the letters/],
      [['events', 'replay', 'one', '--all'], /Di qué mensajes/, /Name the letters/],
    ] as const)
      for (const [language, pattern] of [['es', es] as const, ['en', en] as const]) {
        const { cli, out, err } = createCli(language);
        assert.equal(await runProgram(cli, args), 2, args.join(' '));
        assert.match(err.join('\n'), pattern);
        assert.deepEqual(out, []);
      }
  });

  it('names every wrong setting, with exit code 2', async () => {
    const { cli, err } = createCli('es');
    assert.equal(await runProgram(cli, ['estado']), 2);
    assert.match(err.join('\n'), /configuración tiene errores[^]*PLAZA_PORT/);
  });

  it('shows its help in the person’s language', async () => {
    const { cli, out } = createCli('es');
    assert.equal(await runProgram(cli, ['eventos', 'seguir', '--help']), 0);
    assert.match(out.join('\n'), /^Uso: plaza events follow/);
    assert.match(out.join('\n'), /Opciones:/);
  });

  it('prints its version as JSON', async () => {
    const { cli, out } = createCli('en');
    assert.equal(await runProgram(cli, ['version', '-o', 'json']), 0);
    assert.equal((JSON.parse(out.join('\n')) as { version: string }).version, '1.2.3');
  });

  for (const [page, made] of [
    ['cli.md', renderReference(createCli('en').cli)],
    ['cli.es.md', renderSpanishReference(createCli('es').cli)],
  ] as const)
    it(`is what docs/reference/${page} says`, () => {
      const path = new URL(`../../docs/reference/${page}`, import.meta.url);
      if (process.env['UPDATE_REFERENCE']) writeFileSync(path, made);
      assert.equal(readFileSync(path, 'utf8'), made, 'run it with UPDATE_REFERENCE=1');
    });
});

describe('the secret', () => {
  it('is replaced and forgotten by commands, while no process has the folder', async () => {
    const PLAZA_DATA = mkdtempSync(join(tmpdir(), 'plaza-cli-'));
    const run = async (...words: string[]) => {
      const { cli, out, err } = createCli('en');
      const own = { ...cli, readConfig: () => readConfig({ PLAZA_DATA }) };
      const code = await runProgram(own, ['secret', ...words]);
      return { code, said: [...out, ...err].join('\n') };
    };
    assert.match((await run('rotate')).said, /no secret in/);
    const [first] = await readOrCreateSecrets(PLAZA_DATA);
    const lock = ownDataFolder(PLAZA_DATA)!;
    for (const word of ['rotate', 'forget']) {
      const { code, said } = await run(word);
      assert.equal(code, 1);
      assert.match(said, /Stop it first/);
    }
    lock.release();
    assert.deepEqual(await readOrCreateSecrets(PLAZA_DATA), [first]);
    assert.equal((await run('cambiar')).code, 0);
    const secrets = await readOrCreateSecrets(PLAZA_DATA);
    assert.deepEqual(secrets.slice(1), [first]);
    assert.deepEqual(await run('forget'), {
      code: 1,
      said: 'The previous secret is still needed. Start Plaza once, then try again.',
    });
    await noteAllSealed(PLAZA_DATA, secrets);
    assert.equal((await run('forget')).code, 0);
    assert.deepEqual(await readOrCreateSecrets(PLAZA_DATA), [secrets[0]]);
  });
});

describe('the table', () => {
  const table: Table = {
    version: '1.2.3',
    node: '26.10.0',
    pid: 42,
    url: 'http://localhost:8000',
    api: 'http://localhost:8000/api/v1',
    reference: 'http://localhost:8000/docs',
    health: 'http://localhost:8000/health',
    admin: 'http://localhost:8000/admin',
    system: 'http://localhost:8000/sistema',
    mail: 'http://localhost:8000/sistema/correo',
    data: '/tmp/data',
    service_count: 6,
    ready_after_seconds: 1.84,
    is_already_running: false,
    demo: 'filling',
    demo_country: null,
    currency: 'COP',
    setup_url: 'http://localhost:8000/setup/abc',
    notices: ['Port 8000 is busy: using 8001', 'another'],
  };

  it('has at most twenty lines with everything in it, heading included', () => {
    const { cli } = createCli('es');
    const lines = tableLines(cli, table);
    assert.ok(lines.length + 2 <= 20, `${lines.length}`);
    assert.match(lines.join('\n'), /6 servicios listos en 1,8 s/);
    assert.match(lines.join('\n'), /Sistema +http:\/\/localhost:8000\/sistema\n/);
    const alone = tableLines(cli, { ...table, admin: null, system: null, mail: null }).join('\n');
    assert.doesNotMatch(alone, /sistema|admin\b(?! crear)/, 'no address of a page where none is');
    assert.match(alone, /\/health/);
  });

  it('shows no setup link once there is an administrator', () => {
    const { cli } = createCli('en');
    const text = tableLines(cli, { ...table, setup_url: null }).join('\n');
    assert.doesNotMatch(text, /setup|admin create/);
    assert.match(text, /6 services ready in 1.8 s/);
  });

  it('words what the platform noticed, several busy ports as one', () => {
    const notices = [
      'The server was not stopped cleanly; it recovered.',
      'port 8000 is busy, trying 8001',
      'port 8001 is busy, trying 8002',
      'Something new.',
    ];
    assert.deepEqual(wordNotices(catalogues.es, notices), [
      'El puerto 8000 está ocupado: uso el 8002',
      'La última vez no se cerró bien; los datos se recuperaron',
      'Something new.',
    ]);
  });
});

describe('small parts', () => {
  it('make a user name of an address', () => {
    assert.equal(usernameOf('Ana.Núñez+tienda@example.com'), 'ana.nunez-tienda');
    assert.equal(usernameOf('a@example.com'), 'a--');
    assert.equal(usernameOf(`${'x'.repeat(60)}@example.com`).length, 32);
  });

  it('align columns', () => {
    assert.deepEqual(
      columns([
        ['a', 'bb'],
        ['ccc', 'd'],
      ]),
      ['a    bb', 'ccc  d'],
    );
  });

  it('find the errors in a log, as one line', () => {
    const line = { level: 'error', msg: 'PostgreSQL ended', reason: 'by signal SIGKILL\nmore' };
    assert.equal(errorOf(JSON.stringify(line)), 'PostgreSQL ended: by signal SIGKILL');
    assert.equal(errorOf('{"level":"info","msg":"request"}'), undefined);
    assert.equal(errorOf('half a li'), undefined);
  });
});
