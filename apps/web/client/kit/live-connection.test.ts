import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { LiveConnection, type LiveEvent } from './live-connection.ts';

/** As much of a socket as the connection uses. */
class FakeSocket extends EventTarget {
  readonly protocols: readonly string[];
  readonly said: unknown[] = [];
  isClosed = false;
  constructor(protocols: readonly string[]) {
    super();
    this.protocols = protocols;
  }
  send(text: string): void {
    this.said.push(JSON.parse(text));
  }
  close(): void {
    this.isClosed = true;
    this.dispatchEvent(new Event('close'));
  }
  open(): void {
    this.dispatchEvent(new Event('open'));
  }
  tell(message: object): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }
}

const event = (seq: string | null) => ({
  type: 'event',
  topic: 'staff:orders',
  seq,
  id: 'm1',
  event: 'order.paid',
  data: { number: 'PZ-1' },
  happened_at: '2026-01-02T03:04:05.000Z',
});

describe('the connection of a tab', () => {
  let sockets: FakeSocket[];
  let heard: LiveEvent[];
  let gaps: number;
  let isRefused: boolean;
  let isSignedIn: boolean;
  let live: LiveConnection;
  const listener = {
    onEvent: (one: LiveEvent) => void heard.push(one),
    onGap: () => void (gaps += 1),
  };
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 10; i++) await Promise.resolve();
  };
  const listen = async (): Promise<() => void> => {
    const stop = live.listen('staff:orders', listener);
    await settle();
    return stop;
  };
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
    sockets = [];
    heard = [];
    gaps = 0;
    isRefused = false;
    isSignedIn = true;
    live = new LiveConnection({
      ticket: async () => {
        if (isRefused) throw new Error('no ticket');
        return isSignedIn ? `t${sockets.length}` : undefined;
      },
      open: (protocols) => {
        const socket = new FakeSocket(protocols);
        sockets.push(socket);
        return socket as unknown as WebSocket;
      },
      random: () => 1,
    });
  });
  afterEach(() => mock.timers.reset());

  it('is none for who is not signed in, and is not asked for again by itself', async () => {
    isSignedIn = false;
    await listen();
    mock.timers.tick(120_000);
    await settle();
    isSignedIn = true;
    mock.timers.tick(120_000);
    await settle();
    assert.equal(sockets.length, 0);
    live.hurry();
    await settle();
    assert.equal(sockets.length, 1, 'who looks again may have signed in');
  });

  it('is one for all who listen, with a ticket as its protocol', async () => {
    await listen();
    live.listen('staff:stock', listener);
    await settle();
    assert.equal(sockets.length, 1);
    assert.deepEqual(sockets[0]!.protocols, ['plaza.v1', 'ticket.t0']);
    sockets[0]!.open();
    assert.equal(live.state, 'live');
    assert.deepEqual(sockets[0]!.said, [
      { type: 'subscribe', topic: 'staff:orders' },
      { type: 'subscribe', topic: 'staff:stock' },
    ]);
  });

  it('comes again and goes on where it was, and says when something is missing', async () => {
    await listen();
    sockets[0]!.open();
    sockets[0]!.tell({ type: 'subscribed', topic: 'staff:orders', seq: '7' });
    sockets[0]!.tell(event('8'));
    assert.equal(heard[0]?.event, 'order.paid');
    sockets[0]!.close();
    assert.equal(live.state, 'connecting');
    mock.timers.tick(1_000);
    await settle();
    sockets[1]!.open();
    assert.deepEqual(sockets[1]!.said, [{ type: 'subscribe', topic: 'staff:orders', after: '8' }]);
    assert.equal(gaps, 0);
    sockets[1]!.tell({ type: 'reset', topic: 'staff:orders', seq: '900' });
    assert.equal(gaps, 1);
  });

  it('tries ever more slowly, has listeners look for themselves, and is hurried', async () => {
    isRefused = true;
    await listen();
    for (const pauseMs of [1_000, 2_000]) {
      mock.timers.tick(pauseMs);
      await settle();
    }
    assert.equal(live.state, 'polling');
    mock.timers.tick(3_999);
    await settle();
    assert.equal(gaps, 0);
    mock.timers.tick(11_001);
    await settle();
    assert.equal(gaps, 1);
    isRefused = false;
    live.hurry();
    await settle();
    sockets[0]!.open();
    assert.equal(live.state, 'live');
    mock.timers.tick(60_000);
    assert.equal(gaps, 1, 'nobody looks any more');
  });

  it('ends with the last who listens', async () => {
    const stop = await listen();
    sockets[0]!.open();
    stop();
    assert.ok(sockets[0]!.isClosed);
    mock.timers.tick(60_000);
    await settle();
    assert.equal(sockets.length, 1);
  });
});
