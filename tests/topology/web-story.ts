import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { it } from 'node:test';
import { WebSocket } from 'ws';
import { cards, type Story } from './runners.ts';

type Json = Readonly<Record<string, unknown>>;

/** A browser as the server of pages sees one: a session in a cookie, and an `Origin`. */
const openBrowser = (web: string, origin: string) => {
  let cookie = '';
  const ask = async (method: 'GET' | 'POST', path: string, body?: object, key?: string) => {
    const reply = await fetch(web + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(cookie ? { cookie } : {}),
        ...(method === 'POST' ? { origin } : { accept: 'text/html' }),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const set = reply.headers.getSetCookie().map((line) => line.replace(/;.*/s, ''));
    if (set.length > 0) cookie = set.join('; ');
    return { status: reply.status, text: await reply.text() };
  };
  const send = async (status: number, path: string, body: object, key?: string): Promise<Json> => {
    const reply = await ask('POST', `/web/api/v1${path}`, body, key);
    assert.equal(reply.status, status, `${path}: ${reply.text}`);
    return JSON.parse(reply.text) as Json;
  };
  return { read: (path: string) => ask('GET', path), send, ask };
};

/** The pages as a process of its own, in front of the gateway: a purchase, seen live. */
export const tellWebStory = (storyOf: () => Story): void => {
  it('is bought through the process of pages, and seen live by the socket there', async () => {
    const story = storyOf();
    const web = story.webUrl!;
    // People come by a name that nobody has told the services, too: the gateway believes the web process.
    for (const origin of [web, web.replace('127.0.0.1', 'localhost')]) {
      const { variantId } = await story.makeProduct(`Canasto ${origin}`, 3);
      const buyer = await story.signUp();
      const { email, password } = buyer;
      const browser = openBrowser(web, origin);
      const { read, send } = browser;
      assert.equal((await read('/es')).status, 200);
      assert.equal((await read('/cuenta')).status, 302, 'nobody is signed in yet');
      await send(200, '/auth/login', { email, password });
      assert.equal((await read('/cuenta')).status, 200);

      const { ticket } = await send(201, '/ws/ticket', {});
      const protocols = ['plaza.v1', `ticket.${String(ticket)}`];
      const socket = new WebSocket(`${web.replace('http', 'ws')}/ws`, protocols, {
        headers: { origin },
      });
      const heard: Json[] = [];
      socket.on('message', (data) => heard.push(JSON.parse((data as Buffer).toString()) as Json));
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'subscribe', topic: `account:${buyer.id}` }));
      await story.until('the topic', async () => heard.find(({ type }) => type === 'subscribed'));

      await send(200, '/cart/add', { variant_id: variantId, quantity: 1 });
      const order = await send(201, '/orders', {}, 'pedido');
      const id = String(order['id']);
      await story.waitFor(id, 'awaiting_payment');
      await story.until('payments knows the order', async () => {
        const body = {
          order_id: id,
          payment_method: {
            type: 'card',
            number: cards.approved,
            expiry_month: 12,
            expiry_year: 2099,
          },
        };
        const { status } = await browser.ask('POST', '/web/api/v1/payments', body, 'pago');
        return status === 201 || undefined;
      });
      await story.until('the order is paid, said by the socket', async () =>
        heard.find(
          ({ event, data }) => event === 'order.paid' && (data as Json)['order_id'] === id,
        ),
      );
      socket.terminate();
    }
  });

  it('has no socket for the page of another site', async () => {
    const story = storyOf();
    const web = story.webUrl!;
    const { email, password } = await story.signUp();
    const { send } = openBrowser(web, web);
    await send(200, '/auth/login', { email, password });
    const { ticket } = await send(201, '/ws/ticket', {});
    const protocols = ['plaza.v1', `ticket.${String(ticket)}`];
    const socket = new WebSocket(`${web.replace('http', 'ws')}/ws`, protocols, {
      headers: { origin: 'https://evil.example' },
    });
    socket.on('error', () => {});
    const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
    assert.equal(answer.statusCode, 403);
    const foreign = await openBrowser(web, 'https://evil.example').ask(
      'POST',
      '/web/api/v1/cart/add',
      {},
    );
    assert.equal(foreign.status, 403);
  });
};
