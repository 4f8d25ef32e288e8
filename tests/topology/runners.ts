import assert from 'node:assert/strict';
import pg from 'pg';
import { modules } from '../../apps/server/targets.ts';
import { rewriteUrl } from '../../apps/gateway/rewrite-url.ts';
import {
  startTestPlaza,
  type TestAccount,
  type TestPlazaOptions,
} from '#shared/testing/test-plaza.ts';
import type { MailMessage } from '#shared/platform/mail.ts';
import type { ContextName } from '#shared/platform/module.ts';
import type { DeriveKeys } from '#shared/platform/secret.ts';
import { findFaults } from './invariants.ts';

export type Runner = 'local' | 'strict' | 'split';

type Json = Record<string, unknown>;
export type Reply = Readonly<{ status: number; body: Json; headers: Record<string, unknown> }>;

export const cards = {
  approved: '4242424242424242',
  declined: '4000000000000002',
  lost: '4000000000001018',
  twice: '4000000000001034',
  late: '4000000000001042',
};

/** What a story needs of the platform, however it runs. */
export type StoryPlaza = Readonly<{
  inject: (
    request: Readonly<{
      method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
      url: string;
      headers: Record<string, string>;
      payload?: object;
    }>,
  ) => Promise<Readonly<{ statusCode: number; body: string; headers: Record<string, unknown> }>>;
  mails: readonly MailMessage[];
  /** As the context's own role. */
  pool: (context: ContextName) => pg.Pool;
  /** Resolves when no message is under way. */
  settle: () => Promise<void>;
  /** The same by connections of its own, for tests that count what the platform asks. */
  settleQuietly: () => Promise<void>;
  /** Moves time on and lets the timers fire that are due then. */
  advance: (ms: number) => Promise<void>;
  clock: () => Date;
  deriveKeysOf: (context: ContextName) => DeriveKeys;
  /** As who owns the database, where all is in one process. */
  owner?: pg.ClientConfig;
  /** Where the process of pages answers, where there is one. */
  webUrl?: string;
  stop: () => Promise<void>;
}>;

/** What a story in one process may bring along. */
export type StoryOptions = Pick<TestPlazaOptions, 'install' | 'resources'>;

const startInProcess = async (
  runner: 'local' | 'strict',
  options: StoryOptions,
): Promise<StoryPlaza> => {
  const plaza = await startTestPlaza({
    ...options,
    modules,
    strict: runner === 'strict',
    keysFromIdentity: true,
    rewriteUrl,
  });
  const { mails, pool, settle, advance, clock, deriveKeysOf, stop } = plaza;
  return {
    inject: (request) => plaza.app.inject(request),
    mails,
    pool,
    settle,
    advance,
    clock,
    deriveKeysOf,
    stop,
    owner: plaza.admin,
    settleQuietly: async () => {
      const client = new pg.Client(plaza.admin);
      await client.connect();
      const pending = plaza.contexts
        .map(({ name }) => `(select count(*) from ${name}.outbox where sent_at is null)`)
        .join(' + ');
      for (let quiet = 0; quiet < 3;) {
        const { rows } = await client.query<{ n: string }>(`select ${pending} as n`);
        quiet = rows[0]!.n === '0' ? quiet + 1 : 0;
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
      await client.end();
    },
  };
};

/**
 * The whole platform as a story sees it: HTTP, mails, time. A story that passes in one runner and
 * not in another is a defect.
 */
export const startStory = async (runner: Runner, options: StoryOptions = {}) => {
  const { startSplitPlaza } = await import('./split-plaza.ts');
  const plaza =
    runner === 'split' ? await startSplitPlaza() : await startInProcess(runner, options);
  const call = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH',
    url: string,
    options: { token?: string; body?: object; headers?: Record<string, string> } = {},
  ): Promise<Reply> => {
    const reply = await plaza.inject({
      method,
      url,
      headers: {
        ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
        ...options.headers,
      },
      ...(options.body ? { payload: options.body } : {}),
    });
    const body = reply.body === '' ? {} : (JSON.parse(reply.body) as Json);
    return { status: reply.statusCode, body, headers: reply.headers };
  };
  const must = async (status: number, reply: Promise<Reply>): Promise<Json> => {
    const { status: got, body } = await reply;
    assert.equal(got, status, JSON.stringify(body));
    return body;
  };
  const until = async <T>(what: string, look: () => Promise<T | undefined>): Promise<T> => {
    const end = performance.now() + 15_000;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      assert.ok(performance.now() < end, `never: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const codeFor = (email: string): Promise<string> =>
    until(`a code for ${email}`, async () => {
      const mail = plaza.mails.findLast((message) => message.to === email);
      return /\b\d{8}\b/.exec(mail?.text ?? '')?.[0];
    });

  let people = 0;
  const signUp = async (headers: Record<string, string> = {}) => {
    people += 1;
    const email = `persona${people}@example.com`;
    const password = `clave larga ${people} 7Kx`;
    const username = `persona${people}`;
    const registration = { email, username, password, confirm_password: password };
    await must(201, call('POST', '/auth/register', { body: registration, headers }));
    const code = await codeFor(email);
    const tokens = await must(200, call('POST', '/auth/verify-email', { body: { email, code } }));
    return {
      email,
      username,
      password,
      token: String(tokens['access_token']),
      id: String((tokens['account'] as Json)['id']),
    };
  };

  const adminPassword = 'una clave de administración 9';
  const setUp = {
    token: await createSetupToken(plaza),
    email: 'admin@example.com',
    username: 'admin',
    password: adminPassword,
  };
  const first = await must(201, call('POST', '/auth/setup', { body: setUp })).catch(
    async (error: unknown) => {
      await plaza.stop(); // Nobody else will: there is no story yet.
      throw error;
    },
  );
  let admin = String(first['access_token']);

  const makeProduct = async (title: string, stock: number, price = '48900.00') => {
    const product = await must(
      201,
      call('POST', '/products', { token: admin, body: { title, price, stock, status: 'active' } }),
    );
    const variantId = String((product['variants'] as Json[])[0]!['id']);
    return { id: String(product['id']), variantId };
  };
  const place = (token: string, items: readonly object[], headers: Record<string, string> = {}) =>
    call('POST', '/orders', { token, body: { items }, headers });
  const orderOf = (id: string) => must(200, call('GET', `/orders/${id}`, { token: admin }));
  const waitFor = (id: string, ...statuses: readonly string[]): Promise<string> =>
    until(`order ${id} is ${statuses.join(' or ')}`, async () => {
      const status = String((await orderOf(id))['status']);
      return statuses.includes(status) ? status : undefined;
    });
  const pay = (
    token: string,
    orderId: string,
    number = cards.approved,
    headers: Record<string, string> = {},
  ) =>
    call('POST', '/payments', {
      token,
      headers,
      body: {
        order_id: orderId,
        payment_method: { type: 'card', number, expiry_month: 12, expiry_year: 2099 },
      },
    });
  /** Orders publishes the request to pay and payments takes it: a moment, as in any shop. */
  const payWhenAsked = async (token: string, orderId: string, number?: string): Promise<Reply> => {
    await waitFor(orderId, 'awaiting_payment');
    return until('payments knows the order', async () => {
      const reply = await pay(token, orderId, number);
      return reply.body['code'] === 'payments.order_not_payable' ? undefined : reply;
    });
  };
  const stockOf = async (
    variantId: string,
  ): Promise<Readonly<{ onHand: number; reserved: number }>> => {
    const { rows } = await plaza
      .pool('catalog')
      .query<{ on_hand: number; reserved: number }>(
        'select on_hand, reserved from stock where variant_id = $1',
        [variantId],
      );
    return { onHand: rows[0]!.on_hand, reserved: rows[0]!.reserved };
  };

  return {
    ...plaza,
    get mails() {
      return plaza.mails;
    },
    get admin() {
      return admin;
    },
    /** Moves time on; the administrator signs in again, since tokens are short-lived. */
    advance: async (ms: number): Promise<void> => {
      await plaza.advance(ms);
      const body = { username: 'admin', password: adminPassword };
      admin = String((await must(200, call('POST', '/auth/login', { body })))['access_token']);
    },
    call,
    must,
    until,
    codeFor,
    signUp,
    makeProduct,
    place,
    orderOf,
    waitFor,
    pay,
    payWhenAsked,
    stockOf,
    /** Asserts that everything agrees once all is quiet. */
    assertSound: async (): Promise<void> => {
      await plaza.settle();
      const faults = await findFaults(plaza.pool, async () => {
        const books = await must(200, call('GET', '/api/v1/ledger/verify', { token: admin }));
        return books['faults'] as string[];
      });
      assert.deepEqual(faults, []);
    },
  };
};

export type Story = Awaited<ReturnType<typeof startStory>>;

/** What `plaza start` does: an operator's token asks for the one-time setup link. */
const createSetupToken = async (plaza: StoryPlaza): Promise<string> => {
  const { createOperatorTokens } = await import('../../services/identity/module.ts');
  const tokens = createOperatorTokens({
    pool: plaza.pool('identity'),
    deriveKeys: plaza.deriveKeysOf('identity'),
    clock: plaza.clock,
  });
  const token = await tokens.issue(5);
  const reply = await plaza.inject({
    method: 'POST',
    url: '/api/v1/auth/setup-links',
    headers: { authorization: `Bearer ${token}` },
  });
  return (JSON.parse(reply.body) as { token: string }).token;
};

export type { TestAccount };
