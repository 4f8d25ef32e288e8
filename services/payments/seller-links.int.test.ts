import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import type { TestAccount } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { defaults } from '../../apps/simulator/mercado-pago/simulator.ts';
import { createLinkSeller } from './application/commands/link-seller.ts';
import type { SellerLinks } from './application/seller-link-ports.ts';
import { createMercadoPagoClient } from './infrastructure/mercado-pago/client.ts';
import { createMercadoPagoAccounts } from './infrastructure/mercado-pago/seller-accounts.ts';
import { createPgSellerLinks } from './infrastructure/pg-seller-links.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { startMercadoPago, type MercadoPagoBench } from './mercado-pago-steps.test.ts';

const day = 86_400_000;
const path = '/mercadopago/seller-link';

type Link = Readonly<{
  status: string;
  account_last4: string | null;
  expires_at: string | null;
  ended_because: string | null;
}>;

describe('the account of a seller at Mercado Pago', () => {
  let bench: MercadoPagoBench;
  before(async () => void (bench = await startMercadoPago()));
  after(() => bench.stop());
  soundAfterEach(() => findFaults(bench.pool));
  afterEach(async () => {
    await bench.simulate('POST', '/quiet');
    await bench.pool.query('delete from seller_links');
  });

  const aSeller = (id?: string) =>
    bench.plaza.account({ roles: ['seller'], ...(id === undefined ? {} : { id }) });
  const begin = async (seller: TestAccount) => {
    const { status, body, headers } = await bench.send<{ authorization_url: string }>(
      'POST',
      path,
      { as: seller },
    );
    assert.equal(status, 201, JSON.stringify(body));
    const cookie = String(headers['set-cookie']);
    assert.match(cookie, /^plaza_link=[\w-]{43}; .*HttpOnly; SameSite=Lax/);
    return { url: new URL(body.authorization_url), cookie: cookie.split(';', 1)[0]! };
  };
  /** The seller agrees there, or not, and is sent back to this address. */
  const consent = async (url: URL, fields: Readonly<Record<string, string>>): Promise<URL> => {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(fields),
    });
    assert.equal(answer.status, 303);
    return new URL(answer.headers.get('location')!);
  };
  const comeBack = (back: URL, cookie = '') =>
    bench.plaza.request({
      url: back.pathname + back.search,
      headers: { cookie: `other=1; ${cookie}`, 'accept-language': 'en' },
    });
  const linkOf = async (seller: TestAccount): Promise<Link> =>
    (await bench.send<Link>('GET', path, { as: seller })).body;
  const linked = async (fields: Readonly<Record<string, string>> = { name: 'Panadería' }) => {
    const seller = await aSeller();
    const { url, cookie } = await begin(seller);
    const reply = await comeBack(await consent(url, { do: 'agree', ...fields }), cookie);
    assert.equal(reply.statusCode, 200, reply.body);
    return seller;
  };
  const rowOf = async ({ id }: Pick<TestAccount, 'id'>) => {
    const { rows } = await bench.pool.query<{ account: string; version: number; sealed: Buffer }>(
      'select account, version, sealed from seller_links where seller_id = $1',
      [id],
    );
    return rows[0]!;
  };
  const toldOf = async ({ id }: Pick<TestAccount, 'id'>) => {
    const { rows } = await bench.pool.query<{ data: object }>(
      `select data from outbox where type = 'payments.seller-link-ended.v1' and subject = $1`,
      [id],
    );
    return rows.map(({ data }) => data);
  };
  const newId = () => crypto.randomUUID();
  const linksOn = (deriveKeys = () => keysOf('a'), pool = bench.pool) =>
    createPgSellerLinks(
      { pool, clock: bench.plaza.clock, newId, wakeOutbox: () => {}, deriveKeys },
      'mercadopago',
    );
  const accounts = () =>
    createMercadoPagoAccounts({
      client: createMercadoPagoClient({ baseUrl: bench.simulator.url }),
      clientId: defaults.applicationId,
      clientSecret: defaults.clientSecret,
      authorizationUrl: 'https://example.com',
      isLive: false,
      redirectUri: () => 'https://example.com',
      newId,
    });

  it('is linked by who asked, once, with PKCE; its tokens are sealed', async () => {
    const seller = await aSeller();
    assert.partialDeepStrictEqual(await linkOf(seller), { status: 'none', account_last4: null });
    const { url, cookie } = await begin(seller);
    for (const [name, value] of [
      ['client_id', defaults.applicationId],
      ['response_type', 'code'],
      ['platform_id', 'mp'],
      ['code_challenge_method', 'S256'],
    ])
      assert.equal(url.searchParams.get(name!), value);
    const back = await consent(url, { do: 'agree', name: 'Panadería' });
    assert.equal((await comeBack(back)).statusCode, 400, 'another browser');
    const reply = await comeBack(back, cookie);
    assert.equal(reply.statusCode, 200, reply.body);
    assert.match(reply.body, /Your account is connected/);
    assert.ok(reply.body.includes('content="0;url=/cuenta/cobros?resultado=linked"'));
    assert.match(String(reply.headers['set-cookie']), /Max-Age=0/);
    assert.equal((await comeBack(back, cookie)).statusCode, 400, 'once');
    const link = await linkOf(seller);
    const { account, sealed } = await rowOf(seller);
    assert.equal(link.status, 'linked');
    assert.equal(link.account_last4, account.slice(-4));
    const days = (Date.parse(link.expires_at!) - bench.plaza.clock().getTime()) / day;
    assert.ok(days > 179 && days <= 180);
    assert.ok(!sealed.includes('APP_USR') && !sealed.includes('TG-'));
    const stranger = await bench.plaza.account();
    assert.equal((await bench.send('POST', path, { as: stranger })).status, 403);
  });

  // Before the clock is far from the provider's, whose signatures would be too old.
  it('ends when the seller withdraws the consent there', async () => {
    const [seller, other] = [await linked(), await linked()];
    const { account } = await rowOf(seller);
    await bench.simulate('POST', `/sellers/${account}/unlink`);
    const ended = async () => {
      await bench.plaza.advance(0);
      return (await toldOf(seller)).length === 1;
    };
    await bench.until('the end of the link', ended);
    assert.equal((await linkOf(await aSeller(seller.id))).ended_because, 'revoked');
    assert.equal((await linkOf(await aSeller(other.id))).status, 'linked');
  });

  it('is not linked when the seller says no, is late, or another has linked it', async () => {
    const seller = await aSeller();
    const asked = await begin(seller);
    const denied = await comeBack(await consent(asked.url, { do: 'deny' }), asked.cookie);
    assert.match(denied.body, /You did not agree/);
    const late = await begin(seller);
    const back = await consent(late.url, { do: 'agree', name: 'Tarde' });
    await bench.plaza.advance(11 * 60_000);
    assert.match((await comeBack(back, late.cookie)).body, /no longer works/);
    const first = await linked();
    const { account } = await rowOf(first);
    const again = await begin(seller);
    const same = await consent(again.url, { do: 'agree', seller: account });
    assert.match((await comeBack(same, again.cookie)).body, /connected already/);
    assert.equal((await linkOf(seller)).status, 'none');
  });

  it('is renewed sixty days before its tokens end, by a timer', async () => {
    const { id } = await linked();
    await bench.plaza.advance(119 * day);
    assert.equal((await rowOf({ id })).version, 1);
    await bench.plaza.advance(2 * day);
    assert.equal((await rowOf({ id })).version, 2);
    const seller = await aSeller(id);
    const link = await linkOf(seller);
    assert.equal(link.status, 'linked');
    assert.ok(Date.parse(link.expires_at!) - bench.plaza.clock().getTime() > 179 * day);
  });

  it('is renewed by one of two processes: a refresh token works once', async () => {
    const seller = newId();
    const tokens = await issue('Dos procesos');
    const until = { expiresAt: new Date(Date.now() + 1_000), renewAt: new Date() };
    await linksOn().store(seller, tokens, until);
    let waiting = 0;
    let letGo = () => {};
    const both = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    // Both have read the pair before either claims it.
    const meeting = (links: SellerLinks): SellerLinks => ({
      ...links,
      async open(id) {
        const open = await links.open(id);
        if ((waiting += 1) === 2) letGo();
        await both;
        return open;
      },
    });
    let asked = 0;
    const real = accounts();
    const counted = {
      ...real,
      renew: (request: Parameters<typeof real.renew>[0]) => {
        asked += 1;
        return real.renew(request);
      },
    };
    const renewals = [1, 2].map(() =>
      createLinkSeller({
        links: meeting(linksOn()),
        accounts: counted,
        clock: bench.plaza.clock,
        newSecret: newId,
      }).renew(seller),
    );
    await Promise.all(renewals);
    assert.equal(asked, 1, 'a second one would be refused, and end the link');
    const link = (await linksOn().find(seller))!;
    assert.deepEqual([link.version, link.endedAt], [2, null]);
    const { accessToken } = (await linksOn().open(seller))!;
    assert.equal(await accounts().isAccepted(accessToken), true);
    assert.equal(await accounts().isAccepted(tokens.accessToken), false);
  });

  it('is looked at again when whoever renewed it died', async () => {
    const { id } = await linked();
    assert.equal(await linksOn().claim(id, 1), true);
    assert.equal(await linksOn().claim(id, 1), false);
    await bench.plaza.advance(2 * 60_000 + 2_000);
    assert.equal((await rowOf({ id })).version, 2);
  });

  it('ends, and the seller is told once, when a renewal was lost or is refused', async () => {
    const { id } = await linked();
    await bench.behave({ next: [{ call: 'token', fault: 'reset_after' }] });
    await bench.plaza.advance(121 * day);
    assert.equal((await rowOf({ id })).version, 1);
    assert.deepEqual(await toldOf({ id }), []);
    await bench.plaza.advance(1 * day + 1_000);
    assert.partialDeepStrictEqual(await linkOf(await aSeller(id)), {
      status: 'ended',
      expires_at: null,
      ended_because: 'revoked',
    });
    assert.partialDeepStrictEqual(await toldOf({ id }), [{ sellerId: id, because: 'revoked' }]);
    assert.equal((await rowOf({ id })).sealed.length, 0);
    await bench.plaza.advance(200 * day);
    assert.equal((await toldOf({ id })).length, 1);
  });

  it('ends when it has expired and the provider says nothing', async () => {
    const { id } = await linked();
    await bench.behave({ calls: { error_before: 1 } });
    await bench.plaza.advance(179 * day);
    assert.equal((await rowOf({ id })).version, 1);
    for (const _ of [1, 2]) await bench.plaza.advance(day);
    assert.equal((await linkOf(await aSeller(id))).ended_because, 'expired');
  });

  it('is disconnected by the seller, who may link it again', async () => {
    const seller = await linked();
    assert.equal(
      (await bench.plaza.request({ method: 'DELETE', url: `/api/v1${path}`, as: seller }))
        .statusCode,
      204,
    );
    assert.equal((await linkOf(seller)).ended_because, 'disconnected');
    assert.equal((await rowOf(seller)).sealed.length, 0);
    assert.deepEqual(await toldOf(seller), []);
    const again = await bench.send('DELETE', path, { as: seller });
    assert.deepEqual([again.status, again.body.code], [409, 'payments.seller_not_linked']);
    const { url, cookie } = await begin(seller);
    await comeBack(await consent(url, { do: 'agree', name: 'De nuevo' }), cookie);
    assert.equal((await linkOf(seller)).status, 'linked');
    await bench.pool.query('select erase_account_data($1)', [seller.id]);
    assert.equal((await linkOf(seller)).status, 'none');
  });

  it('is sealed anew after the secret was replaced', async () => {
    const seller = newId();
    const until = { expiresAt: new Date(Date.now() + day), renewAt: new Date(Date.now() + day) };
    const tokens = await issue('Otra clave');
    await linksOn(() => keysOf('old')).store(seller, tokens, until);
    await bench.pool.query('delete from seller_links where seller_id <> $1', [seller]);
    await linksOn(() => keysOf('new', 'old')).sealAnew();
    const open = await linksOn(() => keysOf('new')).open(seller);
    assert.equal(open?.refreshToken, tokens.refreshToken);
    await assert.rejects(linksOn(() => keysOf('old')).open(seller));
  });

  /** Tokens as the provider gives them to whoever has a code. */
  async function issue(name: string) {
    const { url } = await begin(await aSeller());
    url.searchParams.delete('code_challenge');
    url.searchParams.set('redirect_uri', 'https://example.com');
    const back = await consent(url, { do: 'agree', name });
    return accounts().exchange({ code: back.searchParams.get('code')!, verifier: '' });
  }
});

const keysOf = (...names: readonly [string, ...string[]]) =>
  names.map((name) => Buffer.from(createSecretKey(Buffer.alloc(32, name)).export())) as [
    Buffer,
    ...Buffer[],
  ];
