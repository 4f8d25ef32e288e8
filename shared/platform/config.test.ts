import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readConfig, type ConfigError } from './config.ts';

const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    return (error as ConfigError).faults;
  }
};

describe('readConfig', () => {
  it('needs nothing', () => {
    assert.partialDeepStrictEqual(readConfig({}), { target: 'all', port: 8000, currency: 'COP' });
  });

  it('names every wrong value at once', () => {
    assert.throws(
      () => readConfig({ PLAZA_PORT: '80a', PLATFORM: 'cloud', PLAZA_SMTP_URL: 'http://x' }),
      (error: ConfigError) => {
        assert.equal(error.faults.length, 3);
        assert.match(error.message, /PLAZA_PORT="80a": must be a whole number from 0 to 65535/);
        return true;
      },
    );
  });

  it('reads for whom a second factor is required, and names what it does not know', () => {
    const of = (value: string) => readConfig({ PLAZA_SECOND_FACTOR: value }).secondFactor;
    assert.deepEqual(readConfig({}).secondFactor, { mode: 'optional', roles: [] });
    assert.deepEqual(of('off'), { mode: 'off', roles: [] });
    assert.deepEqual(of('required:admin, support'), {
      mode: 'required',
      roles: ['support', 'admin'],
    });
    assert.equal(of('required').roles.length, 5);
    for (const wrong of ['on', 'required:', 'required:root', 'required:admin:x', 'optional:admin'])
      assert.match(
        faultsOf({ PLAZA_SECOND_FACTOR: wrong }).join(),
        /PLAZA_SECOND_FACTOR=".*": must be off, optional, required/,
        wrong,
      );
  });

  it('takes origins for passkeys, of the domain of the public address', () => {
    const PLAZA_PUBLIC_URL = 'https://plaza.example.com';
    const of = (value: string) => ({ PLAZA_PUBLIC_URL, PLAZA_PASSKEY_ORIGINS: value });
    const origins = 'https://plaza.example.com, https://shop.plaza.example.com:8443';
    assert.deepEqual(readConfig(of(origins)).passkeyOrigins, origins.split(', '));
    assert.deepEqual(readConfig({}).passkeyOrigins, []);
    for (const wrong of [
      'plaza.example.com',
      'https://plaza.example.com/',
      'ftp://plaza.example.com',
    ])
      assert.match(faultsOf(of(wrong)).join(), /PLAZA_PASSKEY_ORIGINS=.* is no origin/, wrong);
    for (const foreign of ['https://example.com', 'https://evilplaza.example.com'])
      assert.match(
        faultsOf(of(foreign)).join(),
        /PLAZA_PASSKEY_ORIGINS: .* is not of the domain/,
        foreign,
      );
    assert.deepEqual(faultsOf({ PLAZA_PASSKEY_ORIGINS: 'http://localhost:3000' }), []);
  });

  it('serves the pages alone with a secret and the address of the API, and no server of data', () => {
    const secret = Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7)).toString('base64url');
    const alone = { PLATFORM: 'distributed', TARGET: 'web', PLAZA_SECRET: secret };
    const config = readConfig({ ...alone, PLAZA_API_URL: 'http://gateway:8000' });
    assert.equal(config.apiUrl, 'http://gateway:8000');
    assert.equal(config.servers?.secrets[0].length, 32);
    assert.throws(() => readConfig(alone), /PLAZA_API_URL: is missing/);
    const without = { ...alone, PLAZA_SECRET: '', PLAZA_API_URL: 'http://gateway:8000' };
    assert.throws(() => readConfig(without), /PLAZA_SECRET/);
  });

  it('runs a part only where it is told of the rest', () => {
    assert.deepEqual(faultsOf({ TARGET: 'orders' }), [
      'TARGET: runs everything unless PLATFORM=distributed says where the rest is',
    ]);
    assert.deepEqual(faultsOf({ TARGET: 'orders,shop' }), [
      'TARGET="orders,shop": must be all, gateway, web, or some of identity, users, catalog, orders, payments, notifications',
    ]);
  });

  describe('distributed', () => {
    const secret = randomBytes(32).toString('base64url');
    const orders = {
      PLATFORM: 'distributed',
      TARGET: 'orders',
      PLAZA_SECRET: secret,
      PLAZA_ORDERS_DATABASE_URL: 'postgres://orders_service:k7Qz@127.0.0.1:15432/orders',
      PLAZA_RABBITMQ_URL: 'amqp://plaza_user:t5Wx@127.0.0.1:25673',
      PLAZA_REDIS_URL: 'rediss://:r9Lp@127.0.0.1:16379',
      PLAZA_SERVICES:
        'identity=http://a:1,users=http://f:1,catalog=http://b:1,catalog=http://c:1/,payments=http://d:1,notifications=http://e:1',
    };

    it('needs its own database, the broker, the secret and where the others are', () => {
      const { servers } = readConfig(orders);
      assert.equal(servers?.databaseUrls.get('orders'), orders.PLAZA_ORDERS_DATABASE_URL);
      assert.deepEqual(servers.serviceUrls.get('catalog'), ['http://b:1', 'http://c:1']);
      assert.equal(servers.secrets[0].length, 32);
      const missing = faultsOf({ PLATFORM: 'distributed', TARGET: 'orders' }).join('\n');
      for (const name of [
        'PLAZA_ORDERS_DATABASE_URL: is missing',
        'PLAZA_RABBITMQ_URL: is missing',
        'PLAZA_REDIS_URL: is missing',
        'PLAZA_SERVICES: says nothing of identity, users, catalog, payments, notifications',
        'PLAZA_SECRET: must be at least 32 bytes',
      ])
        assert.ok(missing.includes(name), missing);
      assert.ok(!missing.includes('PLAZA_CATALOG'), missing);
    });

    it('refuses what is empty, short or what everybody tries first, and never quotes it', () => {
      for (const [name, value, fault] of [
        ['PLAZA_SECRET', 'c2hvcnQ', /at least 32 bytes/],
        ['PLAZA_SECRET', Buffer.alloc(32, 7).toString('base64url'), /not random/],
        ['PLAZA_RABBITMQ_URL', 'amqp://guest:guest@localhost', /everybody tries first/],
        ['PLAZA_RABBITMQ_URL', 'amqp://plaza@localhost', /has no password/],
        ['PLAZA_REDIS_URL', 'redis://127.0.0.1:6379', /has no password/],
        ['PLAZA_REDIS_URL', 'redis://:Secret@127.0.0.1:6379', /everybody tries first/],
        ['PLAZA_REDIS_URL', 'http://:hunter2@127.0.0.1:6379', /begins with redis:.* or rediss:/],
        ['PLAZA_REDIS_PREFIX', 'a b', /1 to 40 of a-z/],
        ['PLAZA_ORDERS_DATABASE_URL', 'mysql://a:hunter2@localhost/x', /begins with postgres:/],
        ['PLAZA_SERVICES', 'identity=ftp://x', /is not <context>=<http address>/],
        ['PLAZA_SERVICES', 'identity=http://x:1/api', /must end behind the port/],
        ['PLAZA_SERVICES', 'identity=dns+https://x:1', /must be dns\+http:/],
        ['PLAZA_SERVICES', 'identity=dns+http://10.0.0.1:1', /has no name to look up/],
        ['PLAZA_SERVICES', 'identity=dns+http://[::1]:1', /has no name to look up/],
      ] as const) {
        const text = faultsOf({ ...orders, [name]: value }).join('\n');
        assert.match(text, fault);
        assert.ok(!text.includes('hunter2') && !text.includes('c2hvcnQ'), text);
      }
    });

    it('takes previous secrets beside the one that counts', () => {
      const [one, two] = [randomBytes(32), randomBytes(40)];
      const given = [one, two].map((bytes) => bytes.toString('base64url'));
      const read = (text: string) => readConfig({ ...orders, PLAZA_PREVIOUS_SECRET: text });
      assert.deepEqual(read(given.join(' ')).servers?.secrets.slice(1), [one, two]);
      assert.deepEqual(readConfig(orders).servers?.secrets.slice(1), []);
      for (const [text, fault] of [
        ['c2hvcnQ', /PLAZA_PREVIOUS_SECRET: must be at least 32 bytes/],
        [`${given[0]} c2hvcnQ`, /PLAZA_PREVIOUS_SECRET: must be at least 32 bytes/],
        [secret, /PLAZA_PREVIOUS_SECRET: is PLAZA_SECRET itself/],
      ] as const)
        assert.match(faultsOf({ ...orders, PLAZA_PREVIOUS_SECRET: text }).join(), fault);
      const path = join(mkdtempSync(join(tmpdir(), 'plaza-config-')), 'secret');
      writeFileSync(path, `${given.join('\n')}\n`);
      const { servers } = readConfig({ ...orders, PLAZA_PREVIOUS_SECRET_FILE: path });
      assert.deepEqual(servers?.secrets.slice(1), [one, two]);
    });

    it('lets a gateway do without a database and the broker, and not without Redis', () => {
      const { PLAZA_REDIS_URL, PLAZA_SERVICES } = orders;
      const gateway = {
        PLATFORM: 'distributed',
        TARGET: 'gateway',
        PLAZA_SERVICES: `${PLAZA_SERVICES},orders=http://f:1`,
      };
      assert.deepEqual(faultsOf(gateway), [
        'PLAZA_REDIS_URL: is missing; PLAZA_REDIS_URL_FILE may name a file instead',
      ]);
      const { servers } = readConfig({ ...gateway, PLAZA_REDIS_URL });
      assert.deepEqual([servers?.redisUrl, servers?.redisPrefix], [PLAZA_REDIS_URL, 'plaza']);
    });

    it('reads secrets from files', () => {
      const path = join(mkdtempSync(join(tmpdir(), 'plaza-config-')), 'secret');
      writeFileSync(path, `${secret}\n`);
      const { PLAZA_SECRET: _, ...others } = orders;
      const { servers } = readConfig({ ...others, PLAZA_SECRET_FILE: path });
      assert.equal(servers?.secrets[0].toString('base64url'), secret);
      assert.match(
        faultsOf({ ...others, PLAZA_SECRET_FILE: '/nowhere' }).join(),
        /PLAZA_SECRET_FILE="\/nowhere": ENOENT/,
      );
      assert.match(faultsOf({ ...orders, PLAZA_SECRET_FILE: path }).join(), /give one of them/);
    });
  });

  it('names a setting that does not exist, so that a typo is not silence', () => {
    assert.throws(() => readConfig({ PLAZA_PROT: '1' }), /PLAZA_PROT: no such setting/);
  });
});
