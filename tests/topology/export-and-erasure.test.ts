import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import sharp from 'sharp';
import { exportParts } from '#contracts/personal-data.ts';
import { contextNames } from '#shared/platform/config.ts';
import { scanDatabase, scanTexts, type Found } from '#shared/testing/scan-for-values.ts';
import { createLogger, type Logger } from '#shared/telemetry/logger.ts';
import { startTestPlaza, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { modules } from '../../apps/server/targets.ts';
import { createOperatorTokens } from '../../services/identity/module.ts';
import { findFaults } from './invariants.ts';

type Json = Record<string, unknown>;
type Person = Readonly<{ id: string; token: string; refresh: string }>;

/** Values that nothing else in the house has. */
const zoraida = {
  email: 'zoraida.quintanilla.9931@example.net',
  username: 'zquintanilla9931',
  fullName: 'Zoraida Quintañilla Ñuflez',
  phone: '+573219931774',
  userAgent: 'Navegador-Distintivo/9931',
  ip: '203.0.113.199',
  street: 'Calle Distintiva 9931 # 7-71',
  recipient: 'Tía Zenobia Quintañilla',
  document: '9931774201',
  description: 'Tejido por Zoraida en el patio 9931',
  reason: 'Se mojaron en la bodega de Zoraida',
  deliveredTo: 'Portería de Quintañilla 9931',
  calledAt: '+573129931775',
  importFile: 'inventario-de-zoraida-9931.csv',
} as const;
const values: readonly string[] = Object.values(zoraida);
/** In the database; the rest is where it is said. */
const password = 'una clave larga 9931 xQ';

/** The files of a tar archive, by path. */
const untar = (archive: Buffer): ReadonlyMap<string, Buffer> => {
  const files = new Map<string, Buffer>();
  for (let at = 0; archive[at] !== 0;) {
    const path = archive.toString('latin1', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 135), 8);
    files.set(path, archive.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
};

describe('a person who leaves', () => {
  let plaza: TestPlaza;
  let client: pg.Client;
  let folder: string;
  let log: Logger;
  let admin: Person;
  let person: Person;
  let other: Person;
  let bought: string;
  let methodId: string;

  const call = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    options: Readonly<{
      as?: Person;
      body?: object | Buffer;
      headers?: Record<string, string>;
      isHers?: boolean;
    }> = {},
  ) => {
    const { as, body, headers = {}, isHers = as === person && as !== undefined } = options;
    return plaza.app.inject({
      method,
      url: `/api/v1${url}`,
      ...(isHers ? { remoteAddress: zoraida.ip } : {}),
      headers: {
        ...(as ? { authorization: `Bearer ${as.token}` } : {}),
        ...(isHers ? { 'user-agent': zoraida.userAgent } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body }),
    });
  };
  const must = async (status: number, reply: ReturnType<typeof call>): Promise<Json> => {
    const { statusCode, body } = await reply;
    assert.equal(statusCode, status, body);
    return body === '' ? {} : (JSON.parse(body) as Json);
  };
  const signUp = async (of: Json, isHers = false): Promise<Person> => {
    const body = { ...of, password, confirm_password: password };
    await must(201, call('POST', '/auth/register', { body, isHers }));
    await plaza.settle();
    const mail = plaza.mails.findLast(
      ({ to, text }) => to === of['email'] && /\b\d{8}\b/.test(text),
    );
    const code = /\b\d{8}\b/.exec(mail!.text)![0];
    const verify = { email: of['email'], code };
    const tokens = await must(200, call('POST', '/auth/verify-email', { body: verify, isHers }));
    await plaza.settle();
    const { id } = tokens['account'] as { id: string };
    return { id, token: String(tokens['access_token']), refresh: String(tokens['refresh_token']) };
  };
  /** Roles come by an administrator, as in life, and with the next sign-in. */
  const giveRoles = async (
    to: Person,
    username: string,
    roles: readonly string[],
    isHers = false,
  ) => {
    await must(200, call('PUT', `/users/${to.id}/roles`, { as: admin, body: { roles } }));
    const body = { username, password };
    const tokens = await must(200, call('POST', '/auth/login', { body, isHers }));
    return {
      id: to.id,
      token: String(tokens['access_token']),
      refresh: String(tokens['refresh_token']),
    };
  };
  const makeProduct = async (
    as: Person,
    more: Json,
  ): Promise<{ id: string; variantId: string }> => {
    const body = { price: '48900.00', stock: 10, status: 'active', ...more };
    const product = await must(201, call('POST', '/products', { as, body }));
    await plaza.settle();
    const [variant] = product['variants'] as { id: string }[];
    return { id: String(product['id']), variantId: variant!.id };
  };
  /** Only hers goes somewhere. */
  const delivery = (as: Person): object =>
    as === person
      ? {
          contact: {
            full_name: zoraida.fullName,
            phone_number: zoraida.calledAt,
            document: { country: 'CO', type: 'CC', number: zoraida.document },
          },
          shipping: {
            method_id: methodId,
            address: {
              full_name: zoraida.recipient,
              country: 'CO',
              fields: {
                department: 'Antioquia',
                municipality: 'Medellín',
                street: zoraida.deliveredTo,
              },
            },
          },
        }
      : {};
  const buy = async (as: Person, variantId: string): Promise<string> => {
    await must(
      200,
      call('POST', '/cart/add', { as, body: { variant_id: variantId, quantity: 1 } }),
    );
    const headers = { 'idempotency-key': `pedido-${as.id}` };
    const order = await must(201, call('POST', '/orders', { as, headers, body: delivery(as) }));
    await plaza.settle();
    const card = { type: 'card', number: '4242424242424242', expiry_month: 12, expiry_year: 2099 };
    const body = { order_id: order['id'], payment_method: card };
    await must(
      201,
      call('POST', '/payments', { as, body, headers: { 'idempotency-key': `pago-${as.id}` } }),
    );
    await plaza.settle();
    return String(order['id']);
  };
  const end = async (orderId: string): Promise<void> => {
    for (const status of ['shipped', 'delivered'])
      await must(200, call('PUT', `/orders/${orderId}/status`, { as: admin, body: { status } }));
    await plaza.settle();
  };
  const form = (name: string, type: string, bytes: Buffer) => {
    const head = `--xx\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`;
    return {
      body: Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--xx--\r\n')]),
      headers: { 'content-type': 'multipart/form-data; boundary=xx' },
    };
  };
  const books = async () => {
    const ledger = await must(200, call('GET', '/ledger/verify', { as: admin }));
    const { rows: orders } = await plaza
      .pool('orders')
      .query('select id, number, buyer_id, status, total_minor, currency from orders order by id');
    const { rows: lines } = await plaza
      .pool('payments')
      .query('select * from journal_lines order by entry_id, line_no');
    const { rows: balances } = await plaza
      .pool('payments')
      .query('select * from ledger_accounts order by id, currency');
    return { faults: ledger['faults'], orders, lines, balances };
  };
  const scan = async (): Promise<readonly Found[]> => {
    const { found, tables, rows } = await scanDatabase(client, values);
    assert.ok(tables > 80 && rows > 200, `only ${tables} tables with ${rows} rows were read`);
    return [
      ...found,
      ...scanTexts(
        plaza.mails.map((mail) => ['a mail', JSON.stringify(mail)] as const),
        values,
      ),
      ...scanTexts(plaza.files, values),
    ];
  };
  const exportOf = (as: Person) => call('GET', '/users/me/export', { as });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plaza-log-'));
    // The most that an installation may ask for.
    log = createLogger({ level: 'debug', destination: join(folder, 'plaza.log') });
    plaza = await startTestPlaza({ modules, strict: true, keysFromIdentity: true, log });
    client = new pg.Client(plaza.admin);
    await client.connect();
    const operator = await createOperatorTokens({
      pool: plaza.pool('identity'),
      deriveKeys: plaza.deriveKeysOf('identity'),
      clock: plaza.clock,
    }).issue(5);
    const headers = { authorization: `Bearer ${operator}` };
    const body = { email: 'admin@example.com', username: 'admin', password };
    const made = await must(201, call('POST', '/auth/admins', { headers, body }));
    const tokens = await must(
      200,
      call('POST', '/auth/login', { body: { username: 'admin', password } }),
    );
    admin = { id: String(made['id']), token: String(tokens['access_token']), refresh: '' };
    await plaza.settle();
  });
  after(async () => {
    await client.end();
    await plaza.stop();
    await rm(folder, { recursive: true });
  });

  it('has left traces in every context', async () => {
    const { email, username, fullName, phone } = zoraida;
    person = await signUp({ email, username, full_name: fullName, phone_number: phone }, true);
    person = await giveRoles(person, username, ['customer', 'seller'], true);
    other = await signUp({ email: 'otra@example.com', username: 'otra' });
    await must(200, call('PUT', '/users/me/preferences', { as: person, body: { region: 'CO' } }));
    await must(
      201,
      call('POST', '/users/me/addresses', {
        as: person,
        body: {
          full_name: zoraida.recipient,
          country: 'CO',
          fields: { department: 'Nariño', municipality: 'Pasto', street: zoraida.street },
          document: { type: 'CC', number: zoraida.document },
        },
      }),
    );
    const picture = await sharp({
      create: { width: 300, height: 200, channels: 3, background: '#b35' },
    })
      .png()
      .toBuffer();
    await must(
      200,
      call('POST', '/users/me/avatar', { as: person, ...form('yo.png', 'image/png', picture) }),
    );
    // She sells, with a picture, a correction of stock and an import, and buys of another.
    const own = await makeProduct(person, { title: 'Ruana', description: zoraida.description });
    await must(
      201,
      call('POST', `/products/${own.id}/images`, {
        as: person,
        ...form('ruana.png', 'image/png', picture),
      }),
    );
    await must(
      200,
      call('POST', `/products/${own.id}/stock/remove`, {
        as: person,
        body: { quantity: 1, kind: 'damaged', reason: zoraida.reason },
      }),
    );
    const csv = Buffer.from('Handle,Title,Variant Price,Variant SKU\nchal,Chal,10000,CH-1\n');
    const imported = await call('POST', '/products/import', {
      as: person,
      ...form(zoraida.importFile, 'text/csv', csv),
    });
    assert.ok(imported.statusCode < 300, imported.body);
    const { id: cupId, variantId } = await makeProduct(admin, { title: 'Taza' });
    await must(204, call('PUT', `/users/me/favourites/${cupId}`, { as: person }));
    const method = {
      name: { es: 'Envío', en: 'Shipping' },
      prices: [{ currency: 'COP', price: '0' }],
      days_min: 1,
      days_max: 2,
    };
    const added = await must(201, call('POST', '/shipping-methods', { as: admin, body: method }));
    methodId = String(added['id']);
    bought = await buy(person, variantId);
    const sold = await buy(other, own.variantId);
    await end(sold);
    await must(
      200,
      call('POST', '/cart/add', { as: person, body: { variant_id: variantId, quantity: 2 } }),
    );
    // A message that died with her address in it.
    await plaza.pool('notifications').query(
      `insert into dead_letters (consumer, message_id, message, error, attempts)
       values ('x', uuidv7(), $1, 'e', 6)`,
      [
        JSON.stringify({
          type: 'identity.account-registered.v1',
          data: { accountId: person.id, email, username, fullName },
        }),
      ],
    );
    await plaza.settle();
    const found = await scan();
    const seen = new Set(found.map(({ value }) => value));
    assert.deepEqual(
      values.filter((value) => !seen.has(value)),
      [],
      'the scan sees each of them',
    );
    const places = new Set(found.map(({ where }) => where));
    for (const place of [
      'identity.accounts',
      'identity.account_events',
      'identity.sessions',
      'identity.outbox',
      'users.profiles',
      'users.addresses',
      'notifications.recipients',
      'notifications.dead_letters',
      'catalog.products',
      'catalog.imports',
      'a mail',
    ])
      assert.ok(places.has(place), `${place} is not among ${[...places].join(', ')}`);
  });

  it('is given everything that every context holds, in one archive', async () => {
    assert.deepEqual(Object.keys(exportParts).toSorted(), [...contextNames].toSorted());
    assert.equal((await exportOf(person)).statusCode, 404);
    const first = await must(202, call('POST', '/users/me/export', { as: person }));
    assert.equal(first['status'], 'collecting');
    const again = await must(202, call('POST', '/users/me/export', { as: person }));
    assert.equal(again['id'], first['id'], 'one at a time');
    const early = await call('GET', `/users/me/export/${String(first['id'])}/archive`, {
      as: person,
    });
    assert.ok([409, 200].includes(early.statusCode));
    await plaza.settle();
    const ready = await must(200, exportOf(person));
    assert.partialDeepStrictEqual(ready, {
      status: 'ready',
      progress: { done: contextNames.length, total: contextNames.length },
      waiting_for: [],
    });
    const url = String(ready['archive']).replace('/api/v1', '');
    assert.equal((await call('GET', url, { as: other })).statusCode, 404, 'hers alone');
    assert.equal((await call('GET', url)).statusCode, 401);
    const reply = await call('GET', url, { as: person });
    assert.equal(reply.headers['content-type'], 'application/gzip');
    assert.match(String(reply.headers['cache-control']), /no-store/);
    const files = untar(gunzipSync(reply.rawPayload));
    const read = (path: string) =>
      JSON.parse(files.get(path)?.toString('utf8') ?? 'null') as Json[];
    const { email, fullName, phone } = zoraida;
    assert.partialDeepStrictEqual(read('identity/account.json'), [
      { email, username: zoraida.username },
    ]);
    assert.ok(read('identity/sessions.json').length >= 2);
    assert.partialDeepStrictEqual(read('users/profile.json'), [
      { full_name: fullName, phone_number: phone, region: 'CO' },
    ]);
    assert.partialDeepStrictEqual(read('users/addresses.json'), [{ recipient: zoraida.recipient }]);
    assert.ok(
      read('catalog/products.json').some(({ description }) =>
        String(description).includes(zoraida.description),
      ),
    );
    assert.partialDeepStrictEqual(read('catalog/imports.json'), [
      { file_name: zoraida.importFile },
    ]);
    assert.partialDeepStrictEqual(read('catalog/favourites.json'), [{ title: 'Taza' }]);
    assert.partialDeepStrictEqual(read('orders/orders.json'), [{ orderId: bought }]);
    assert.ok((read('orders/orders.json')[0]!['history'] as Json[]).length >= 3);
    assert.equal(read('orders/cart.json').length, 1);
    assert.equal(read('orders/sales.json').length, 1);
    assert.partialDeepStrictEqual(read('payments/payments.json'), [{ order_id: bought }]);
    assert.ok(read('payments/ledger.json').length > 0);
    assert.partialDeepStrictEqual(read('notifications/recipient.json'), [{ email }]);
    assert.ok(read('notifications/notices.json').length > 0);
    const images = [...files].filter(([path]) => path.endsWith('.webp'));
    assert.equal(images.length, 2);
    for (const [, bytes] of images) assert.equal((await sharp(bytes).metadata()).format, 'webp');
    const all = [...files.values()].map((bytes) => bytes.toString('utf8')).join('\n');
    assert.ok(!/argon2|password|hash|secret/i.test(all), 'no secret of the house');
    assert.ok(!all.includes('otra@example.com') && !all.includes(other.id), 'nothing of others');
    for (const value of values.filter((one) => one !== zoraida.reason))
      assert.ok(all.includes(value), value);
  });

  it('stays while goods or money are under way, or without her user name', async () => {
    const erase = (confirm: string) =>
      call('DELETE', '/users/me', { as: person, body: { confirm } });
    const wrong = await erase('otra');
    assert.equal(wrong.json<Json>()['code'], 'users.confirmation_differs');
    const open = await erase(zoraida.username);
    assert.partialDeepStrictEqual(open.json(), { status: 409, code: 'users.orders_open', open: 1 });
    for (const context of ['orders', 'payments'])
      assert.equal(
        (await call('GET', `/${context}/accounts/${person.id}/open`, { as: admin })).statusCode,
        404,
        'for contexts only',
      );
    await end(bought);
    assert.equal((await scan()).length > 10, true);
  });

  it('does not leave over what she has earned, and is paid first', async () => {
    const body = { confirm: zoraida.username };
    const refused = await call('DELETE', '/users/me', { as: person, body });
    assert.equal(refused.json<Json>()['code'], 'users.money_under_way');
    // As payouts of everybody would have it, in their rows and in the books.
    await client.query(`set search_path to payments`);
    await client.query(`
      with destination as (
        insert into payout_destinations (id, account_id, country, type, bank_code, number_last4, sealed,
          created_at, usable_at, replaced_at)
        select uuidv7(), s.seller_id, 'CO', 'savings', '007', '0000', '', now(),
          now() + interval '3 days', now()
        from (select distinct seller_id from transfers) s returning id, account_id
      ), payout as (
        insert into payouts (id, seller_id, amount_minor, currency, status, rail, destination_id,
          requested_by, created_at, updated_at)
        select uuidv7(), t.seller_id, sum(t.net_minor), t.currency, 'paid', 'sandbox', min(d.id::text)::uuid,
          'schedule', now(), now()
        from transfers t join destination d on d.account_id = t.seller_id
        group by t.seller_id, t.currency returning id, seller_id
      ), listed as (
        insert into payout_transfers (payout_id, transfer_id, net_minor)
        select p.id, t.id, t.net_minor from payout p join transfers t using (seller_id)
      )
      update transfers t set payout_id = p.id from payout p where p.seller_id = t.seller_id`);
    await client.query(`
      select post_entry(jsonb_build_object('id', uuidv7(), 'causeType', 'payout', 'causeId', uuidv7(),
        'about', '{}'::jsonb, 'lines', jsonb_build_array(
          jsonb_build_object('account', id, 'currency', currency, 'side', 'debit',
            'amountMinor', balance_minor::text),
          jsonb_build_object('account', 'provider:sandbox', 'currency', currency, 'side', 'credit',
            'amountMinor', balance_minor::text))), now())
      from ledger_accounts where id like 'seller:%' and balance_minor > 0`);
    await client.query('reset search_path');
  });

  it('is forgotten everywhere, and the books are as they were', async () => {
    const before = await books();
    assert.deepEqual(before.faults, []);
    assert.ok(before.lines.length >= 4 && before.orders.length >= 2);
    const body = { confirm: zoraida.username };
    const replies = await Promise.all([
      call('DELETE', '/users/me', { as: person, body }),
      call('DELETE', '/users/me', { as: person, body }),
    ]);
    const taken = replies.filter(({ statusCode }) => statusCode === 202);
    // The second may come when nobody is there any more.
    for (const { statusCode, body: text } of replies)
      assert.ok([202, 401, 404].includes(statusCode), text);
    const [one, ...same] = taken.map((reply) => reply.json<Json>()['id']);
    assert.ok(one, replies[0].body);
    assert.ok(
      same.every((id) => id === one),
      'asked twice, erased once',
    );
    await plaza.settle();

    const erasures = await must(200, call('GET', '/users/erasures', { as: admin }));
    assert.partialDeepStrictEqual(erasures['items'], [
      { id: one, account_id: person.id, status: 'completed', waiting_for: [] },
    ]);
    assert.deepEqual(await scan(), []);
    assert.deepEqual(await books(), before);
    const faults = await findFaults(plaza.pool, async () => []);
    // The one that was planted to be forgotten.
    assert.deepEqual(faults, ['no_letter_is_dead: dead letter of x: e']);
    // Of all files only pictures of others would be left, and there are none.
    assert.deepEqual([...plaza.files.keys()], []);
    for (const table of ['favourites', 'favourite_lists']) {
      const kept = await plaza.pool('catalog').query(`select from ${table}`);
      assert.equal(kept.rowCount, 0, table);
    }
    const { rows } = await plaza
      .pool('payments')
      .query('select card_last4 from payments where buyer_id = $1', [person.id]);
    assert.deepEqual(rows, [{ card_last4: '0000' }]);
  });

  it('cannot come back as who she was, nor be learnt again from what comes late', async () => {
    const { email, username, fullName } = zoraida;
    const login = await call('POST', '/auth/login', { body: { username, password } });
    assert.equal(login.statusCode, 401);
    const refresh = { refresh_token: person.refresh };
    assert.equal((await call('POST', '/auth/refresh', { body: refresh })).statusCode, 401);
    // Her access token would live some minutes more.
    assert.equal((await call('GET', '/users/me', { as: person })).statusCode, 401);
    assert.equal((await exportOf(person)).statusCode, 401);
    assert.equal((await call('GET', `/users/${person.id}`, { as: admin })).statusCode, 404);
    for (const [context, name] of [
      ['users', 'create-profile-when-account-registered'],
      ['notifications', 'learn-recipient-when-account-registered'],
    ] as const) {
      const { module } = plaza.contexts.find((one) => one.name === context)!;
      const reaction = module.reactions.find((one) => one.name === name)!;
      const registeredAt = new Date().toISOString();
      const data = {
        accountId: person.id,
        email,
        username,
        fullName,
        language: 'es',
        registeredAt,
      };
      await reaction.handle({
        id: crypto.randomUUID(),
        aggregate_version: 1,
        correlation_id: crypto.randomUUID(),
        traceparent: null,
        data,
      } as never);
    }
    await plaza.pool('users').query(
      `insert into dead_letters (consumer, message_id, message, error, attempts)
       values ('late', uuidv7(), $1, 'e', 6)`,
      [JSON.stringify({ data: { accountId: person.id, email, username, fullName } })],
    );
    assert.deepEqual(await scan(), []);
    // The address is free, the name is not.
    const taken = { email, username, password, confirm_password: password };
    const again = await call('POST', '/auth/register', { body: taken });
    assert.equal(again.json<Json>()['code'], 'identity.username_taken');
    const byAdmin = await call('POST', '/users', {
      as: admin,
      body: { email, username, password },
    });
    assert.equal(byAdmin.json<Json>()['code'], 'identity.username_taken');
    const back = await signUp({ email, username: 'de-vuelta' });
    assert.notEqual(back.id, person.id);

    // An administrator may do it for whoever has written to them.
    const erase = (as: Person, confirm: string) =>
      call('DELETE', `/users/${back.id}`, { as, body: { confirm } });
    assert.equal((await erase(other, 'de-vuelta')).statusCode, 403);
    assert.equal((await erase(admin, 'otra')).statusCode, 422);
    const asked = await must(202, erase(admin, 'de-vuelta'));
    assert.equal(asked['requested_by'], admin.id);
    await plaza.settle();
    const page = await must(200, call('GET', '/users/erasures?limit=1', { as: admin }));
    assert.partialDeepStrictEqual(page['items'], [{ id: asked['id'], status: 'completed' }]);
    const cursor = String(page['next_cursor']);
    const rest = await must(200, call('GET', `/users/erasures?cursor=${cursor}`, { as: admin }));
    assert.partialDeepStrictEqual(rest, {
      items: [{ account_id: person.id }],
      next_cursor: null,
    });
    assert.deepEqual(await scan(), []);
  });

  it('has never been in the log', async () => {
    await promisify((done: (error?: Error) => void) => log.flush(done))();
    const text = await readFile(join(folder, 'plaza.log'), 'utf8');
    const lines = text.split('\n').map((line) => ['the log', line] as const);
    assert.ok(lines.length > 60, `only ${lines.length} lines`);
    assert.ok(text.includes('"level":"debug"'));
    assert.deepEqual(scanTexts(lines, values), []);
    assert.equal(scanTexts([...lines, ['planted', `x ${zoraida.email}`]], values).length, 1);
  });

  it('is never the last administrator, however many leave at once', async () => {
    const erase = (as: Person, confirm: string) =>
      call('DELETE', '/users/me', { as, body: { confirm } });
    const alone = await erase(admin, 'admin');
    assert.equal(alone.json<Json>()['code'], 'users.last_admin');
    other = await giveRoles(other, 'otra', ['customer', 'admin']);
    await plaza.settle();
    const replies = await Promise.all([erase(admin, 'admin'), erase(other, 'otra')]);
    assert.deepEqual(
      replies.map(({ statusCode }) => statusCode),
      [202, 202],
    );
    await plaza.settle();
    const { rows } = await plaza
      .pool('users')
      .query<{ status: string }>(
        'select status from erasures where account_id = any($1) order by status',
        [[admin.id, other.id]],
      );
    assert.deepEqual(
      rows.map(({ status }) => status),
      ['completed', 'refused'],
    );
    const { rows: left } = await plaza
      .pool('identity')
      .query(`select id from accounts where 'admin' = any (roles) and status = 'active'`);
    assert.equal(left.length, 1);
  });
});
