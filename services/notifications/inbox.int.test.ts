import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { identityModule } from '../identity/module.ts';
import {
  bearer,
  newPerson,
  startIdentity,
  type IdentityPlaza,
  type Tokens,
} from '../identity/steps.test.ts';
import { notificationsHeldData } from './infrastructure/held-data.ts';
import { notificationsModule } from './module.ts';

type Item = Readonly<{
  id: string;
  kind: string;
  cause: string;
  title: string;
  text: string;
  order_id: string | null;
  read_at: string | null;
}>;
type Page = Readonly<{ items: Item[]; next_cursor: string | null; unread_count: number }>;
type Preference = Readonly<{ cause: string; by_mail: boolean; in_app: boolean; is_fixed: boolean }>;

const now = '2026-01-02T03:04:05.000Z';
const api = '/api/v1/notifications';

for (const strict of [false, true]) {
  describe(`what somebody was told, ${strict ? 'strict' : 'local'}`, () => {
    let plaza: IdentityPlaza;
    let ana: Tokens;
    let eva: Tokens;
    before(async () => {
      plaza = await startIdentity({ strict, modules: [identityModule, notificationsModule] });
      ana = await plaza.signUp(newPerson());
      eva = await plaza.signUp(newPerson());
      await plaza.settle();
    });
    after(() => plaza.stop());

    /** Messages whose types other contexts own in the real world, committed to our outbox. */
    const publish = async (
      ...messages: readonly { type: string; subject: string; data: object }[]
    ) => {
      for (const { type, subject, data } of messages)
        await plaza.pool('notifications').query(
          `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
           values (gen_random_uuid(), $1, $2, 1, now(), gen_random_uuid(), $3)`,
          [type, subject, JSON.stringify(data)],
        );
      for (const context of plaza.contexts) context.relay.wake();
      await plaza.settle();
    };
    const ofOrder = (event: string, buyer: Tokens, more: object) => {
      const orderId = crypto.randomUUID();
      const data = { orderId, number: 'PZ-000123', buyerId: buyer.account.id, ...more };
      return { type: `orders.order-${event}.v1`, subject: orderId, data };
    };
    const shipped = (buyer: Tokens) =>
      ofOrder('shipped', buyer, {
        shippedAt: now,
        parcels: [{ carrier: 'Servientrega', number: '9100234567' }],
      });
    const delivered = (buyer: Tokens) => ofOrder('delivered', buyer, { deliveredAt: now });
    const of = (who: Tokens, more: Record<string, string> = {}) => ({
      ...bearer(who.access_token),
      ...more,
    });
    const list = async (who: Tokens, query = '', headers: Record<string, string> = {}) => {
      const reply = await plaza.send('GET', `${api}${query}`, undefined, of(who, headers));
      assert.equal(reply.statusCode, 200, reply.body);
      return reply.json<Page>();
    };
    const choose = (who: Tokens, items: object) =>
      plaza.send('PUT', `${api}/preferences`, { items }, of(who));

    it('is a list of one entry a cause, in the language that is asked for', async () => {
      const step = shipped(ana);
      await publish(step, delivered(ana));
      const { items, unread_count: unread, next_cursor: next } = await list(ana);
      assert.deepEqual([items.length, unread, next], [2, 2, null]);
      const entry = items.find(({ kind }) => kind === 'order_shipped')!;
      assert.partialDeepStrictEqual(entry, {
        cause: 'order_shipped',
        title: 'Pedido PZ-000123: en camino',
        text: 'Tu pedido PZ-000123 salió y va en camino. Lo lleva Servientrega, con el número de guía 9100234567.',
        order_id: step.subject,
        read_at: null,
      });
      const english = await list(ana, '', { 'accept-language': 'en' });
      assert.match(english.items.map(({ title }) => title).join(), /on its way/);
      const mails = plaza.mails.filter(({ to }) => to === ana.account.email);
      assert.equal(mails.filter(({ subject }) => subject.includes('en camino')).length, 1);
      assert.match(mails.map(({ text }) => text).join(), /número de guía 9100234567/);
    });

    it('goes on behind its cursor, and shows what is new alone', async () => {
      const first = await list(ana, '?limit=1');
      assert.equal(first.items.length, 1);
      const rest = await list(ana, `?limit=1&cursor=${first.next_cursor}`);
      assert.notEqual(rest.items[0]!.id, first.items[0]!.id);
      assert.equal(rest.next_cursor, null);
      const { id } = first.items[0]!;
      const reply = await plaza.send('POST', `${api}/${id}/read`, {}, of(ana));
      const { read_at: readAt } = reply.json<Item>();
      assert.ok(readAt);
      await plaza.advance(5_000);
      const again = await plaza.send('POST', `${api}/${id}/read`, {}, of(ana));
      assert.equal(again.json<Item>().read_at, readAt, 'read once is read since then');
      const unread = await list(ana, '?unread=true');
      assert.deepEqual([unread.items.length, unread.unread_count], [1, 1]);
    });

    it('is read as far as somebody saw, and then all', async () => {
      const seen = (await list(ana)).items[0]!;
      await publish(delivered(ana));
      const upTo = await plaza.send('POST', `${api}/read-all`, { up_to: seen.id }, of(ana));
      assert.equal(upTo.statusCode, 204, upTo.body);
      assert.equal((await list(ana)).unread_count, 1);
      await plaza.send('POST', `${api}/read-all`, {}, of(ana));
      assert.equal((await list(ana)).unread_count, 0);
      const { rows } = await plaza
        .pool('notifications')
        .query(`select distinct topic from live_events where event = 'notifications.read'`);
      assert.deepEqual(rows, [{ topic: `account:${ana.account.id}` }]);
    });

    it('is nobody else’s', async () => {
      const { id } = (await list(ana)).items[0]!;
      assert.deepEqual((await list(eva)).items, []);
      const other = await plaza.send('POST', `${api}/${id}/read`, {}, of(eva));
      assert.partialDeepStrictEqual(other.json(), { status: 404, code: 'notifications.not_found' });
      for (const [method, url] of [
        ['GET', api],
        ['POST', `${api}/${id}/read`],
        ['POST', `${api}/read-all`],
        ['GET', `${api}/preferences`],
        ['PUT', `${api}/preferences`],
      ] as const)
        assert.equal((await plaza.send(method, url)).statusCode, 401, url);
      await publish(delivered(eva));
      await plaza.send('POST', `${api}/read-all`, {}, of(ana));
      assert.equal((await list(eva)).unread_count, 1, 'read by its reader alone');
    });

    it('refuses what makes no sense', async () => {
      for (const [method, url, body] of [
        ['GET', `${api}?cursor=x`, undefined],
        ['GET', `${api}?page=2`, undefined],
        ['POST', `${api}/x/read`, {}],
        ['POST', `${api}/read-all`, { up_to: 'x' }],
        ['PUT', `${api}/preferences`, {}],
        ['PUT', `${api}/preferences`, { items: [] }],
        [
          'PUT',
          `${api}/preferences`,
          { items: [{ cause: 'weather', by_mail: true, in_app: true }] },
        ],
        ['PUT', `${api}/preferences`, { items: [{ cause: 'selling', by_mail: true }] }],
      ] as const) {
        const reply = await plaza.send(method, url, body, of(ana));
        assert.equal(reply.statusCode, 422, `${method} ${url} ${reply.body}`);
      }
    });

    it('follows what they chose, for mails and for the list', async () => {
      const off = { cause: 'order_delivered', by_mail: false, in_app: true };
      const hidden = { cause: 'order_shipped', by_mail: true, in_app: false };
      assert.equal((await choose(eva, [off, hidden])).statusCode, 200);
      const shown = await plaza.send('GET', `${api}/preferences`, undefined, of(eva));
      const items = shown.json<{ items: Preference[] }>().items;
      assert.deepEqual(
        items.filter((item) => !item.by_mail || !item.in_app),
        [hidden, off].map((item) => ({ ...item, is_fixed: false })),
      );
      const before = await list(eva);
      const sent = () => plaza.mails.filter(({ to }) => to === eva.account.email).length;
      const mailsBefore = sent();
      await publish(delivered(eva), shipped(eva));
      await plaza.advance(61_000);
      const kinds = (await list(eva)).items.map(({ kind }) => kind);
      assert.deepEqual(kinds, ['order_delivered', ...before.items.map(({ kind }) => kind)]);
      assert.equal(sent() - mailsBefore, 1, 'the shipped one alone');
    });

    it('always has what concerns the security of the account', async () => {
      const security = { cause: 'security', by_mail: false, in_app: true };
      assert.partialDeepStrictEqual((await choose(eva, [security])).json(), {
        status: 422,
        code: 'notifications.cause_fixed',
      });
      const app = await plaza.enrolApp(eva.access_token);
      assert.ok(app.id);
      await plaza.settle();
      const [newest] = (await list(eva)).items;
      assert.partialDeepStrictEqual(newest, {
        kind: 'account_security_changed',
        cause: 'security',
        title: 'Tu cuenta tiene un segundo paso nuevo',
        order_id: null,
      });
      const about = plaza.mails.filter(
        ({ to, subject }) => to === eva.account.email && subject.includes('segundo paso'),
      );
      assert.equal(about.length, 1, 'identity mails it, and nobody else');
    });

    it('is given out with all that is held of somebody, and forgotten with them', async () => {
      const pool = plaza.pool('notifications');
      const { sections } = notificationsHeldData({ pool, mail: { send: async () => {} } });
      const rowsOf = async (id: string): Promise<readonly number[]> =>
        Promise.all(sections.map(async ({ sql }) => (await pool.query(sql, [id])).rowCount ?? 0));
      assert.deepEqual(await rowsOf(eva.account.id), [1, 4, 2]);
      const { id: accountId } = eva.account;
      const erased = { erasureId: crypto.randomUUID(), accountId, erasedAt: now };
      await publish({ type: 'identity.account-erased.v1', subject: accountId, data: erased });
      assert.deepEqual(await rowsOf(accountId), [0, 0, 0]);
      // What comes late finds nobody.
      assert.equal(
        (await choose(eva, [{ cause: 'selling', by_mail: false, in_app: false }])).statusCode,
        200,
      );
      await publish(delivered(eva));
      assert.deepEqual(await rowsOf(accountId), [0, 0, 0]);
    });
  });
}
