import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { readAmount } from './amounts.ts';
import { ApiFault } from './api-fault.ts';
import type { Parts } from './api-routes.ts';
import { behaviourSchema, calm, type BehaviourChange } from './behaviour.ts';
import { readOutcome } from './outcomes.ts';
import type { Withdrawal } from './records.ts';
import type { Pay } from './simulator.ts';

const strict = { additionalProperties: false } as const;
const outcomeSchema = Type.Object(
  { status: Type.String(), detail: Type.Optional(Type.String()) },
  strict,
);
const outcomeAsked = (body: unknown) => {
  const { status, detail } = body as { status: string; detail?: string };
  const outcome = readOutcome(status, detail);
  if (!outcome) throw new ApiFault(400, null, `${status}/${detail ?? ''} is no outcome`);
  return outcome;
};

/** What a test does instead of a person: decides, and looks into the books. */
export const addAdminRoutes = (
  app: FastifyInstance,
  parts: Parts & Readonly<{ pay: Pay; settleAll: () => Promise<number> }>,
): void => {
  const { books, desk, sellers, notices, chooser, wire, currency, pay, settleAll } = parts;

  app.get('/simulator/behaviour', async () => chooser.now());
  app.put('/simulator/behaviour', { schema: { body: behaviourSchema } }, async ({ body }) => {
    const change = body as BehaviourChange;
    const sum = Object.values(change.calls ?? {}).reduce((total, one) => total + one, 0);
    if (sum > 1) throw new ApiFault(400, null, 'the chances of calls are more than 1 in sum');
    return chooser.change(change);
  });
  app.get('/simulator/books', async () => wire.all());

  /** Heals everything, settles what was in process, and sends what waited. */
  app.post('/simulator/quiet', async () => {
    const { seed: _seed, ...healed } = calm;
    chooser.change(healed);
    const settled = await settleAll();
    return { refunds_settled: settled, ...(await notices.flush()) };
  });

  app.post<{ Params: { id: string } }>(
    '/simulator/preferences/:id/pay',
    { schema: { body: outcomeSchema } },
    async ({ params, body }, reply) => {
      const preference = books.find('preference', params.id);
      if (!preference) throw new ApiFault(404, null, 'Preference not found');
      return reply.code(201).send(wire.payment(await pay(preference, outcomeAsked(body))));
    },
  );
  app.post<{ Params: { id: string } }>(
    '/simulator/payments/:id/decide',
    { schema: { body: outcomeSchema } },
    async ({ params, body }) => {
      const { made, announcements } = desk.decide(params.id, outcomeAsked(body));
      await notices.announce(announcements);
      return wire.payment(made);
    },
  );
  /** Another amount in its books than it told: what only a comparison of both sides finds. */
  const misstated = Type.Object(
    {
      amount: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
      application_fee: Type.Optional(Type.Number({ minimum: 0 })),
    },
    { ...strict, minProperties: 1 },
  );
  app.post<{ Params: { id: string }; Body: { amount?: number; application_fee?: number } }>(
    '/simulator/payments/:id/misstate',
    { schema: { body: misstated } },
    async ({ params, body }) => {
      const payment = books.find('payment', params.id);
      const told = (value: number | undefined, otherwise: number) =>
        value === undefined ? otherwise : readAmount(value, currency);
      const amount = told(body.amount, payment?.amount ?? 0);
      const applicationFee = told(body.application_fee, payment?.applicationFee ?? 0);
      if (!payment || amount === undefined || applicationFee === undefined)
        throw new ApiFault(404, 2000, 'Payment not found');
      const made = { ...payment, amount, applicationFee, updatedAt: new Date().toISOString() };
      books.commit(['payment', made]);
      return wire.payment(made);
    },
  );

  app.post<{ Params: { id: string } }>(
    '/simulator/payments/:id/chargeback',
    async ({ params }, reply) => {
      const { made, announcements } = desk.chargeBack(params.id);
      await notices.announce(announcements);
      return reply.code(201).send(wire.chargeback(made));
    },
  );
  app.post<{ Params: { id: string }; Body: { outcome: 'won' | 'lost' } }>(
    '/simulator/chargebacks/:id/resolve',
    {
      schema: {
        body: Type.Object(
          { outcome: Type.Unsafe({ type: 'string', enum: ['won', 'lost'] }) },
          strict,
        ),
      },
    },
    async ({ params, body }) => {
      const { made, announcements } = desk.resolveChargeback(params.id, body.outcome);
      await notices.announce(announcements);
      return wire.chargeback(made);
    },
  );
  app.post<{ Params: { id: string }; Body: { outcome: 'approved' | 'rejected' } }>(
    '/simulator/refunds/:id/settle',
    {
      schema: {
        body: Type.Object(
          { outcome: Type.Unsafe({ type: 'string', enum: ['approved', 'rejected'] }) },
          strict,
        ),
      },
    },
    async ({ params, body }) => {
      const refund = books.find('refund', params.id);
      if (!refund) throw new ApiFault(404, null, 'Refund not found');
      const { made, announcements } = desk.settleRefund(refund, body.outcome === 'rejected');
      await notices.announce(announcements);
      return wire.refund(made);
    },
  );
  /** What the operator takes out by hand, or what the bank did not take of it. */
  app.post<{
    Body: {
      amount: number;
      type?: Withdrawal['type'];
      source_id?: string;
      external_reference?: string;
      at?: string;
    };
  }>(
    '/simulator/withdrawals',
    {
      schema: {
        body: Type.Object(
          {
            amount: Type.Number({ exclusiveMinimum: 0 }),
            type: Type.Optional(
              Type.Unsafe({ type: 'string', enum: ['WITHDRAWAL', 'PAYOUT', 'WITHDRAWAL_CANCEL'] }),
            ),
            source_id: Type.Optional(Type.String({ pattern: '^\\d{1,18}$' })),
            external_reference: Type.Optional(Type.String({ maxLength: 64 })),
            at: Type.Optional(Type.String({ maxLength: 40 })),
          },
          strict,
        ),
      },
    },
    async ({ body }, reply) => {
      const amount = readAmount(body.amount, currency);
      if (amount === undefined) throw new ApiFault(400, null, 'amount is not valid');
      const id = String(books.nextNumber());
      const made: Withdrawal = {
        id,
        type: body.type ?? 'WITHDRAWAL',
        sourceId: body.source_id ?? id,
        externalReference: body.external_reference ?? '',
        currency,
        amount,
        createdAt: body.at ?? new Date().toISOString(),
      };
      books.commit(['withdrawal', made]);
      return reply.code(201).send({ id, source_id: made.sourceId });
    },
  );
  app.post<{ Body: { name: string } }>(
    '/simulator/sellers',
    {
      schema: { body: Type.Object({ name: Type.String({ minLength: 1, maxLength: 80 }) }, strict) },
    },
    async ({ body }, reply) => reply.code(201).send(sellers.add(body.name)),
  );
  app.post<{ Params: { id: string }; Body: { amount: number } }>(
    '/simulator/sellers/:id/withdraw',
    { schema: { body: Type.Object({ amount: Type.Number() }, strict) } },
    async ({ params, body }) => {
      sellers.withdraw(params.id, Math.round(body.amount * 100));
      return { id: params.id, balance: desk.balanceOf(params.id) / 100 };
    },
  );
  app.post<{ Params: { id: string } }>('/simulator/sellers/:id/unlink', async ({ params }) => {
    await notices.announce(sellers.unlink(params.id));
    return { id: params.id, is_linked: false };
  });
};
