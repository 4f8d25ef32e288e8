import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { MailMessage } from '#shared/platform/mail.ts';
import type { ServiceModule } from '#shared/platform/module.ts';
import { startTestPlaza, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { notificationsModule } from './module.ts';

const now = '2026-01-02T03:04:05.000Z';
const registered = (accountId: string, language = 'es') => ({
  type: 'identity.account-registered.v1',
  subject: accountId,
  data: {
    accountId,
    email: `${accountId}@example.com`,
    username: 'ana',
    fullName: 'Ana Restrepo',
    language,
    registeredAt: now,
  },
});
const ofOrder = (event: string, buyerId: string, more: object) => {
  const orderId = crypto.randomUUID();
  const data = { orderId, number: 'PZ-000123', buyerId, ...more };
  return { type: `orders.order-${event}.v1`, subject: orderId, data };
};
const paid = (buyerId: string) =>
  ofOrder('paid', buyerId, {
    paymentId: crypto.randomUUID(),
    total: { amountMinor: '9780000', currency: 'COP' },
    paidAt: now,
  });

/** The module with a mailbox that can be told to fail. */
let failure: Error | undefined;
const tries: MailMessage[] = [];
const flaky: ServiceModule = {
  ...notificationsModule,
  start: (platform) =>
    notificationsModule.start({
      ...platform,
      mail: {
        send: async (mail) => {
          tries.push(mail);
          if (failure) throw failure;
          await platform.mail.send(mail);
        },
      },
    }),
};

for (const strict of [false, true]) {
  describe(`notifications, ${strict ? 'strict' : 'local'}`, () => {
    let plaza: TestPlaza;
    before(async () => {
      plaza = await startTestPlaza({ modules: [flaky], strict });
    });
    after(() => plaza.stop());

    /** Commits messages to the outbox, whose types other contexts own in the real world. */
    const publish = async (
      ...messages: readonly { type: string; subject: string; data: object }[]
    ) => {
      for (const { type, subject, data } of messages)
        await plaza.pool('notifications').query(
          `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
           values (gen_random_uuid(), $1, $2, 1, now(), gen_random_uuid(), $3)`,
          [type, subject, JSON.stringify(data)],
        );
      plaza.contexts[0]!.relay.wake();
      await plaza.settle();
    };
    const mailsTo = (id: string) => plaza.mails.filter(({ to }) => to === `${id}@example.com`);
    const waiting = async (): Promise<number> =>
      (await plaza.pool('notifications').query(`select from deadlines where kind = 'send-notice'`))
        .rowCount ?? 0;

    it('forgets a guest 400 days after they paid, unless somebody has an account', async () => {
      // Version 8 is a guest's id, version 4 an account's.
      const guest = crypto.randomUUID().replace(/^(.{14})4/, '$18');
      const late = crypto.randomUUID().replace(/^(.{14})4/, '$18');
      const ana = crypto.randomUUID();
      const contactOf = (accountId: string) => ({
        type: 'orders.guest-contact-given.v1',
        subject: crypto.randomUUID(),
        data: {
          orderId: crypto.randomUUID(),
          accountId,
          email: `${accountId}@example.com`,
          fullName: 'Ana Restrepo',
          language: 'es',
          givenAt: now,
        },
      });
      await publish(registered(ana), contactOf(guest), contactOf(late), paid(guest));
      const pool = plaza.pool('notifications');
      const known = async () => {
        const { rows } = await pool.query<{ account_id: string }>(
          'select account_id from recipients where account_id = any($1)',
          [[ana, guest, late]],
        );
        return rows.map((row) => row.account_id).toSorted();
      };
      await pool.query(
        `update recipients set learnt_at = learnt_at - interval '400 days 1 minute'
         where account_id = any($1)`,
        [[ana, guest]],
      );
      await plaza.advance(86_400_000 + 1_000);
      assert.deepEqual(await known(), [ana, late].toSorted());
      const told = await pool.query('select from notifications where recipient_id = $1', [guest]);
      assert.equal(told.rowCount, 0);
      const { rows } = await pool.query<{ is_later: boolean }>(
        `select due_at > $1 as is_later from deadlines where kind = 'forget-guests'`,
        [plaza.clock()],
      );
      assert.deepEqual(rows, [{ is_later: true }], 'and again tomorrow');
    });

    it('sends one mail for each step of an order, in the language of the buyer', async () => {
      const [ana, eva] = [crypto.randomUUID(), crypto.randomUUID()];
      await publish(registered(ana), registered(eva, 'en'));
      await publish(
        paid(ana),
        ofOrder('shipped', ana, { shippedAt: now }),
        ofOrder('delivered', ana, { deliveredAt: now }),
        ofOrder('cancelled', ana, { reason: 'seller', wasPaid: true, cancelledAt: now }),
        ofOrder('failed', ana, { reason: 'payment', failedAt: now }),
        ofOrder('refunded', ana, {
          amount: { amountMinor: '9780000', currency: 'COP' },
          isFull: true,
          refundedAt: now,
        }),
        paid(eva),
      );
      assert.deepEqual(
        mailsTo(ana)
          .map(({ subject }) => subject)
          .toSorted(),
        [
          'Pedido PZ-000123: cancelado',
          'Pedido PZ-000123: dinero devuelto',
          'Pedido PZ-000123: en camino',
          'Pedido PZ-000123: entregado',
          'Pedido PZ-000123: pago rechazado',
          'Pedido PZ-000123: pago recibido',
        ],
      );
      assert.match(mailsTo(eva)[0]!.text, /payment of COP\u00A097,800/);
      assert.equal(await waiting(), 0);
    });

    it('keeps a notice whose reader is not known yet, and sends it when they are', async () => {
      const id = crypto.randomUUID();
      await publish(paid(id));
      assert.equal(mailsTo(id).length, 0);
      await plaza.advance(61_000);
      assert.equal(await waiting(), 0);
      await publish(registered(id));
      assert.equal(mailsTo(id).length, 1);
      await publish(registered(id));
      assert.equal(mailsTo(id).length, 1);
    });

    it('sends one mail each when orders and registrations cross', async () => {
      const ids = Array.from({ length: 20 }, () => crypto.randomUUID());
      await publish(...ids.flatMap((id) => [paid(id), registered(id)]));
      // Two statements that did not see each other leave the notice to its timer.
      await plaza.advance(61_000);
      for (const id of ids) assert.equal(mailsTo(id).length, 1);
      assert.equal(await waiting(), 0);
    });

    it('tries again with the same mail when the mailbox is away', async () => {
      const id = crypto.randomUUID();
      await publish(registered(id));
      failure = new Error('mailbox away');
      tries.length = 0;
      await publish(paid(id));
      assert.equal(mailsTo(id).length, 0);
      failure = undefined;
      await plaza.advance(61_000);
      assert.equal(mailsTo(id).length, 1);
      assert.ok(tries.length >= 2 && tries.every((mail) => mail.id === tries[0]!.id));
      await plaza.advance(120_000);
      assert.equal(mailsTo(id).length, 1);
      assert.equal(await waiting(), 0);
    });

    it('gives up a mail that is refused for good, and says so in its row', async () => {
      const id = crypto.randomUUID();
      await publish(registered(id));
      failure = Object.assign(new Error('no such mailbox'), { isPermanent: true });
      await publish(paid(id));
      failure = undefined;
      await plaza.advance(61_000);
      assert.equal(mailsTo(id).length, 0);
      const { rows } = await plaza
        .pool('notifications')
        .query('select refused_at, sent_at from notifications where recipient_id = $1', [id]);
      assert.ok(rows[0].refused_at instanceof Date && rows[0].sent_at === null);
    });

    it('loses no mail when the process dies between storing and sending', async () => {
      const id = crypto.randomUUID();
      await publish(registered(id));
      await publish(paid(id));
      // As a dead process leaves it: taken, timed, not sent.
      await plaza.pool('notifications').query(
        `with n as (update notifications set sent_at = null where recipient_id = $1 returning id)
         insert into deadlines (kind, key, due_at) select 'send-notice', id::text, now() from n`,
        [id],
      );
      await plaza.advance(61_000);
      const [first, second, ...more] = mailsTo(id);
      assert.equal(second?.id, first!.id);
      assert.deepEqual(more, []);
    });
  });
}
