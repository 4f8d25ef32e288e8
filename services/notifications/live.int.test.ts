import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket, type ClientOptions } from 'ws';
import { createMemoryFanOut } from '#shared/platform/fan-out.ts';
import type { ServiceModule } from '#shared/platform/module.ts';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { pruneLive } from './infrastructure/pg-live-log.ts';
import { notificationsModule } from './module.ts';

const now = '2026-01-02T03:04:05.000Z';
type Received = Readonly<Record<string, unknown>>;

const listen = async (plaza: TestPlaza): Promise<number> => {
  await plaza.app.listen({ host: '127.0.0.1', port: 0 });
  return (plaza.app.server.address() as AddressInfo).port;
};

/** A client that keeps what it is told. */
class Client {
  readonly heard: Received[] = [];
  readonly socket: WebSocket;
  #wake: () => void = () => {};

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (bytes: Buffer) => {
      this.heard.push(JSON.parse(bytes.toString('utf8')) as Received);
      this.#wake();
    });
  }

  say(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  async until(is: (heard: readonly Received[]) => boolean): Promise<void> {
    const deadline = performance.now() + 5_000;
    while (!is(this.heard)) {
      assert.ok(performance.now() < deadline, `heard only ${JSON.stringify(this.heard)}`);
      await Promise.race([new Promise<void>((resolve) => (this.#wake = resolve)), wait(50)]);
    }
  }

  async subscribe(topic: string, after?: string): Promise<Received> {
    const before = this.heard.length;
    this.say({ type: 'subscribe', topic, ...(after === undefined ? {} : { after }) });
    const isAnswer = (m: Received): boolean =>
      m['topic'] === topic && m['type'] !== 'event' && m['type'] !== 'unsubscribed';
    await this.until((heard) => heard.slice(before).some(isAnswer));
    return this.heard.slice(before).find(isAnswer)!;
  }

  events(topic: string): readonly Received[] {
    return this.heard.filter((m) => m['type'] === 'event' && m['topic'] === topic);
  }
}

/** Accounts whose sessions have ended, as identity would tell. */
const ended = new Set<string>();
const module: ServiceModule = {
  ...notificationsModule,
  start: (platform) =>
    notificationsModule.start({
      ...platform,
      endedSessions: { ...platform.endedSessions, isEnded: ({ id }) => ended.has(id) },
    }),
};

describe('live updates', () => {
  let plaza: TestPlaza;
  let port: number;
  before(async () => {
    plaza = await startTestPlaza({ modules: [module] });
    port = await listen(plaza);
  });
  after(() => plaza.stop());

  const ticketOf = async (as: TestAccount, origin?: string, of = plaza): Promise<string> => {
    const answer = await of.request({
      method: 'POST',
      url: '/api/v1/ws/ticket',
      as,
      ...(origin ? { headers: { origin } } : {}),
    });
    assert.equal(answer.statusCode, 201, answer.body);
    return answer.json<{ ticket: string }>().ticket;
  };
  const dial = (protocols: string[], options: ClientOptions = {}, at = port): WebSocket =>
    new WebSocket(`ws://127.0.0.1:${at}/ws`, protocols, options);
  const connect = async (as: TestAccount, at = port, of = plaza): Promise<Client> => {
    const socket = dial(['plaza.v1', `ticket.${await ticketOf(as, undefined, of)}`], {}, at);
    const client = new Client(socket);
    await once(socket, 'open');
    return client;
  };
  /** The status that a handshake is answered with: 101 when it is let in. */
  const statusOf = async (protocols: string[], options: ClientOptions = {}): Promise<number> => {
    const socket = dial(protocols, options);
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    socket.on('open', () => resolve(101));
    socket.on('unexpected-response', (_, answer) => resolve(answer.statusCode!));
    socket.on('error', reject);
    try {
      return await promise;
    } finally {
      socket.terminate();
    }
  };

  const publish = async (type: string, data: object, of = plaza): Promise<string> => {
    const id = crypto.randomUUID();
    await of.pool('notifications').query(
      `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
       values ($1::uuid, $2, $1::uuid::text, 1, $3, $1::uuid, $4)`,
      [id, type, now, JSON.stringify(data)],
    );
    of.contexts[0]!.relay.wake();
    return id;
  };
  const pay = (buyerId: string, number = 'PZ-000123', of = plaza): Promise<string> =>
    publish(
      'orders.order-paid.v1',
      {
        orderId: crypto.randomUUID(),
        number,
        buyerId,
        paymentId: crypto.randomUUID(),
        total: { amountMinor: '100', currency: 'COP' },
        paidAt: now,
      },
      of,
    );

  it('tells a buyer what happens to their order, and nobody else', async () => {
    const [ana, luis] = [await plaza.account(), await plaza.account()];
    const [hers, his] = [await connect(ana), await connect(luis)];
    assert.equal((await hers.subscribe(`account:${ana.id}`))['type'], 'subscribed');
    assert.equal((await his.subscribe(`account:${luis.id}`))['type'], 'subscribed');
    assert.deepEqual(await his.subscribe(`account:${ana.id}`), {
      type: 'refused',
      topic: `account:${ana.id}`,
      code: 'unknown_topic',
    });
    const startedAt = performance.now();
    const id = await pay(ana.id);
    await hers.until(() => hers.events(`account:${ana.id}`).length === 1);
    assert.ok(performance.now() - startedAt < 1_000);
    const [event] = hers.events(`account:${ana.id}`);
    assert.equal(event!['id'], id);
    assert.equal(event!['event'], 'order.paid');
    assert.equal((event!['data'] as { number: string }).number, 'PZ-000123');
    assert.match(String(event!['seq']), /^\d+$/);
    await wait(100);
    assert.equal(
      his.heard.some((m) => m['type'] === 'event'),
      false,
    );
    hers.socket.close();
    his.socket.close();
  });

  it('goes on where a connection broke: nothing missing, nothing twice, in order', async () => {
    const ana = await plaza.account();
    const topic = `account:${ana.id}`;
    const first = await connect(ana);
    await first.subscribe(topic);
    for (let i = 0; i < 5; i++) await pay(ana.id, `PZ-${i}`);
    await first.until(() => first.events(topic).length === 5);
    const seen = String(first.events(topic)[2]!['seq']);
    first.socket.terminate();
    for (let i = 5; i < 10; i++) await pay(ana.id, `PZ-${i}`);
    const second = await connect(ana);
    const paying = Promise.all(Array.from({ length: 20 }, (_, i) => pay(ana.id, `PZ-${10 + i}`)));
    await second.subscribe(topic, seen);
    await paying;
    await second.until(() => second.events(topic).length >= 27);
    await wait(200);
    const events = second.events(topic);
    const seqs = events.map((m) => BigInt(String(m['seq'])));
    assert.deepEqual(
      seqs,
      seqs.toSorted((a, b) => (a < b ? -1 : 1)),
    );
    assert.ok(seqs[0]! > BigInt(seen));
    assert.equal(new Set(events.map((m) => m['id'])).size, 27);
    assert.equal(events.length, 27);
    second.socket.close();
  });

  it('says so when more was missed than is kept, and when the place was never there', async () => {
    const ana = await plaza.account();
    const topic = `account:${ana.id}`;
    await pay(ana.id);
    const client = await connect(ana);
    await client.subscribe(topic, '0');
    await client.until(() => client.events(topic).length === 1);
    await plaza
      .pool('notifications')
      .query(`update live_events set recorded_at = recorded_at - interval '61 minutes'`);
    await pruneLive(plaza.pool('notifications'), plaza.clock());
    assert.equal((await client.subscribe(topic, '0'))['type'], 'reset');
    const { rows } = await plaza
      .pool('notifications')
      .query<{ seq: string }>('select seq from live_pruned');
    assert.equal((await client.subscribe(topic, rows[0]!.seq))['type'], 'subscribed');
    assert.equal((await client.subscribe(topic, '9000000000000000000'))['type'], 'reset');
    client.socket.close();
  });

  it('lets staff hear staff, sellers their shop, and administrators all', async () => {
    const seller = await plaza.account({ roles: ['seller'] });
    const support = await plaza.account({ roles: ['support'] });
    const admin = await plaza.account({ roles: ['admin'] });
    const customer = await plaza.account();
    const asked = async (as: TestAccount, topic: string): Promise<unknown> => {
      const client = await connect(as);
      const { type } = await client.subscribe(topic);
      client.socket.close();
      return type;
    };
    assert.equal(await asked(seller, `seller:${seller.id}`), 'subscribed');
    assert.equal(await asked(customer, `seller:${customer.id}`), 'refused');
    assert.equal(await asked(support, 'staff:orders'), 'subscribed');
    assert.equal(await asked(seller, 'staff:orders'), 'refused');
    assert.equal(await asked(support, 'operator'), 'refused');
    assert.equal(await asked(admin, 'operator'), 'subscribed');
  });

  it('shows an operator every message as it passes, without its data', async () => {
    const client = await connect(await plaza.account({ roles: ['admin'] }));
    await client.subscribe('operator');
    const id = await pay((await plaza.account()).id, 'PZ-777');
    await client.until(() => client.events('operator').length > 0);
    const [event] = client.events('operator');
    assert.deepEqual(event, {
      type: 'event',
      topic: 'operator',
      seq: null,
      id,
      event: 'orders.order-paid.v1',
      data: {
        source: '/notifications',
        subject: id,
        aggregate_version: 1,
        correlation_id: id,
        causation_id: null,
      },
      happened_at: now,
    });
    client.socket.close();
  });

  it('takes a ticket once, for thirty seconds, from the site that asked for it', async () => {
    const ana = await plaza.account();
    const ticket = await ticketOf(ana);
    const protocols = ['plaza.v1', `ticket.${ticket}`];
    const tries = await Promise.all(Array.from({ length: 20 }, () => statusOf(protocols)));
    assert.deepEqual(tries.toSorted(), [101, ...Array.from({ length: 19 }, () => 401)]);
    const site = `http://127.0.0.1:${port}`;
    const bound = ['plaza.v1', `ticket.${await ticketOf(ana, site)}`];
    assert.equal(await statusOf(bound), 401);
    assert.equal(await statusOf(bound, { origin: 'https://evil.example.com' }), 403);
    const socket = dial(bound, { origin: site });
    await once(socket, 'open');
    assert.equal(socket.protocol, 'plaza.v1');
    socket.terminate();
    const old = await ticketOf(ana);
    await plaza
      .pool('notifications')
      .query(`update live_tickets set expires_at = expires_at - interval '31 seconds'`);
    assert.equal(await statusOf(['plaza.v1', `ticket.${old}`]), 401);
    assert.equal(await statusOf(['plaza.v1']), 401);
    assert.equal(await statusOf([`ticket.${await ticketOf(ana)}`]), 401);
    const { rows } = await plaza
      .pool('notifications')
      .query<{ hash: string }>('select hash from live_tickets');
    assert.ok(rows.every(({ hash }) => /^[0-9a-f]{64}$/.test(hash)));
  });

  it('is no place for ordinary requests', async () => {
    const answer = await plaza.request({ url: '/ws' });
    assert.equal(answer.statusCode, 426);
    assert.equal(answer.json<{ code: string }>().code, 'http.upgrade_required');
  });

  it('answers what it does not understand, and ends who says too much or too long', async () => {
    const ana = await plaza.account();
    const client = await connect(ana);
    for (const wrong of [
      'no json',
      '[]',
      '{"type":"subscribe"}',
      '{"type":"subscribe","topic":"x","after":"-1"}',
      '{"type":"subscribe","topic":"x","more":1}',
      `{"type":"subscribe","topic":"${'x'.repeat(101)}"}`,
    ])
      client.say(wrong);
    client.socket.send(Buffer.from([1, 2, 3]));
    const isError = (m: Received): boolean => m['code'] === 'not_understood';
    await client.until((heard) => heard.filter(isError).length === 7);
    for (let i = 0; i < 100; i++) client.say('x');
    const [code] = (await once(client.socket, 'close')) as [number];
    assert.equal(code, 1008);
    const other = await connect(ana);
    other.say('x'.repeat(65 * 1024));
    const [tooBig] = (await once(other.socket, 'close')) as [number];
    assert.equal(tooBig, 1009);
  });

  it('gives an account five sockets at once', async () => {
    const ana = await plaza.account();
    const clients = await Promise.all(Array.from({ length: 5 }, () => connect(ana)));
    const sixth = ['plaza.v1', `ticket.${await ticketOf(ana)}`];
    assert.equal(await statusOf(sixth), 429);
    clients[0]!.socket.close();
    await once(clients[0]!.socket, 'close');
    await wait(50);
    const again = await connect(ana);
    for (const { socket } of [...clients, again]) socket.terminate();
  });

  it('closes within five seconds when the session ends, and when the token is over', async () => {
    const ana = await plaza.account();
    const client = await connect(ana);
    const startedAt = performance.now();
    ended.add(ana.id);
    const [code] = (await once(client.socket, 'close')) as [number];
    assert.equal(code, 4002);
    assert.ok(performance.now() - startedAt < 5_000);
    ended.delete(ana.id);
    const other = await connect(ana);
    await plaza.advance(20 * 86_400_000);
    const [expired] = (await once(other.socket, 'close')) as [number];
    assert.equal(expired, 4001);
  });
});

describe('live updates of two processes', () => {
  it('find who listens, wherever they are and whoever is told first', async () => {
    const fanOut = createMemoryFanOut();
    const one = await startTestPlaza({ modules: [notificationsModule], resources: { fanOut } });
    const two = await startTestPlaza({
      modules: [notificationsModule],
      database: one.database,
      resources: { fanOut },
    });
    try {
      const port = await listen(two);
      const ana = await two.account();
      const ticket = await two.request({ method: 'POST', url: '/api/v1/ws/ticket', as: ana });
      const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, [
        'plaza.v1',
        `ticket.${ticket.json<{ ticket: string }>().ticket}`,
      ]);
      const client = new Client(socket);
      await once(socket, 'open');
      await client.subscribe(`account:${ana.id}`);
      const id = crypto.randomUUID();
      await one.pool('notifications').query(
        `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
         values ($1::uuid, 'orders.order-shipped.v1', $1::uuid::text, 1, $2, $1::uuid, $3)`,
        [id, now, JSON.stringify({ orderId: id, number: 'PZ-1', buyerId: ana.id, shippedAt: now })],
      );
      one.contexts[0]!.relay.wake();
      await client.until(() => client.events(`account:${ana.id}`).length === 1);
      const closed = once(socket, 'close') as Promise<[number]>;
      await two.stop();
      assert.equal((await closed)[0], 1001);
    } finally {
      await two.stop().catch(() => {});
      await one.stop();
    }
  });
});
