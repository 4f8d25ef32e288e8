import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ConfigError, readConfig } from './config.ts';

const name = (rest: string): string => `PLAZA_MERCADOPAGO_${rest}`;
const token = 'APP_USR-1234567890-secret';
const secret = 'a-webhook-secret-0123';
const whole = { [name('ACCESS_TOKEN')]: token, [name('WEBHOOK_SECRET')]: secret };
const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.faults;
  }
};

describe('the configuration of Mercado Pago', () => {
  it('is none without its variables', () => {
    assert.equal(readConfig({}).mercadoPago, undefined);
  });

  it('is read, also from files, and is live unless it says otherwise', () => {
    assert.deepEqual(readConfig(whole).mercadoPago, {
      accessToken: token,
      webhookSecret: secret,
      baseUrl: 'https://api.mercadopago.com',
      isLive: true,
      isSplitting: false,
      application: undefined,
    });
    const application = { [name('CLIENT_ID')]: '1234567890', [name('CLIENT_SECRET')]: secret };
    assert.deepEqual(readConfig({ ...whole, ...application }).mercadoPago?.application, {
      clientId: '1234567890',
      clientSecret: secret,
      authorizationUrl: 'https://auth.mercadopago.com/authorization',
    });
    const path = join(mkdtempSync(join(tmpdir(), 'plaza-config-')), 'token');
    writeFileSync(path, `${token}\n`);
    const environment = {
      [name('ACCESS_TOKEN_FILE')]: path,
      [name('WEBHOOK_SECRET')]: secret,
      [name('MODE')]: 'test',
      [name('BASE_URL')]: 'http://127.0.0.1:9000/',
    };
    assert.partialDeepStrictEqual(readConfig(environment).mercadoPago, {
      accessToken: token,
      isLive: false,
      baseUrl: 'http://127.0.0.1:9000',
    });
  });

  for (const [why, change, at] of [
    ['the webhook secret is missing', { [name('WEBHOOK_SECRET')]: '' }, 'WEBHOOK_SECRET'],
    ['the webhook secret is short', { [name('WEBHOOK_SECRET')]: 'abc' }, 'WEBHOOK_SECRET'],
    ['the token is missing', { [name('ACCESS_TOKEN')]: '' }, 'ACCESS_TOKEN'],
    ['the token has a space', { [name('ACCESS_TOKEN')]: `${token} and` }, 'ACCESS_TOKEN'],
    ['the address is not encrypted', { [name('BASE_URL')]: 'http://example.com' }, 'BASE_URL'],
    ['the mode is no mode', { [name('MODE')]: 'real' }, 'MODE'],
    ['a test token is live', { [name('ACCESS_TOKEN')]: 'TEST-1234567890-abcdef' }, 'MODE'],
    ['it is of something that there is not', { [name('PUBLIC_KEY')]: '12' }, 'PUBLIC_KEY'],
    ['the application has no secret', { [name('CLIENT_ID')]: '12' }, 'CLIENT_SECRET'],
    ['the application has no id', { [name('CLIENT_SECRET')]: secret }, 'CLIENT_ID'],
    [
      'the page of consent is not encrypted',
      { [name('AUTHORIZATION_URL')]: 'http://example.com/authorization' },
      'AUTHORIZATION_URL',
    ],
    ['the file is not there', { [name('ACCESS_TOKEN_FILE')]: '/nowhere' }, 'ACCESS_TOKEN'],
    ['a name is misspelt', { [name('ACESS_TOKEN')]: token }, 'ACESS_TOKEN'],
  ] as const) {
    it(`is refused, and quotes no secret, when ${why}`, () => {
      const faults = faultsOf({ ...whole, ...change });
      assert.ok(
        faults.some((fault) => fault.startsWith(name(at))),
        faults.join('; '),
      );
      for (const fault of faults)
        assert.ok(!fault.includes(token) && !fault.includes(secret), fault);
    });
  }
});
