import { Type } from 'typebox';
import { requirePrincipal } from '#shared/http/principal.ts';
import { idParams, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ClaimOrderHandler } from '../application/commands/claim-order.ts';
import type { RequestLink } from '../application/commands/request-link.ts';
import type { FindCaller } from '../application/queries/find-caller.ts';
import type { ReadClaimable } from '../application/queries/read-claimable.ts';
import type { ReadContact } from '../application/queries/read-contact.ts';
import { causeOf, findCallerOf, orderTokenOf, orGuest } from './caller.ts';
import { contactSchema, toContactJson } from './contact-schemas.ts';
import { orderSchema, toOrderJson } from './order-json.ts';

const tags = ['orders'];
const track = {
  operationId: 'requestOrderLink',
  summary: 'Mails a link to an order that was placed without an account',
  description: 'The answer is the same whether or not there is such an order.',
  tags,
  body: strict({
    number: Type.String({ minLength: 1, maxLength: 40, examples: ['PZ-000123'] }),
    email: Type.String({ minLength: 3, maxLength: 254 }),
  }),
  response: { 202: Type.Object({ status: Type.Literal('accepted') }) },
};
const claim = {
  operationId: 'claimOrder',
  summary: 'Makes an order that was placed without an account mine',
  description: 'With X-Order-Token, or when my proven e-mail is the one that was given with it.',
  tags,
  params: idParams,
  body: Type.Union([strict({}), Type.Null()]),
  response: { 200: orderSchema },
};
const claimable = {
  operationId: 'listClaimableOrders',
  summary: 'Orders without an account that were placed with my proven e-mail',
  tags,
  response: { 200: Type.Object({ items: Type.Array(orderSchema) }) },
};
const contact = {
  operationId: 'getOrderContact',
  summary: 'Who gets an order, and where',
  description: 'A seller sees it when the order is paid, and no e-mail.',
  tags,
  params: idParams,
  response: { 200: contactSchema },
};

/** What is there for those who buy without an account, and for making it an account's later. */
export const guestRoutes =
  (
    ports: Readonly<{
      requestLink: RequestLink;
      claimOrder: ClaimOrderHandler;
      readClaimable: ReadClaimable;
      readContact: ReadContact;
      findCaller: FindCaller;
    }>,
  ): Routes =>
  async (app) => {
    const whoAsks = findCallerOf(ports.findCaller);
    const tracks = { access: 'public', isSignIn: true } as const;
    app.post('/orders/track', { config: tracks, schema: track }, async (request, reply) => {
      await ports.requestLink({ ...request.body, trace: causeOf(request).trace });
      return reply.code(202).header('cache-control', 'no-store').send({ status: 'accepted' });
    });

    const claims = { access: 'verified', scope: 'orders:write' } as const;
    app.post('/orders/:id/claim', { config: claims, schema: claim }, async (request, reply) => {
      const stored = await ports.claimOrder({
        orderId: request.params.id,
        accountId: requirePrincipal(request).id,
        token: orderTokenOf(request),
        cause: causeOf(request),
      });
      return reply
        .header('etag', `"${stored.version}"`)
        .header('cache-control', 'no-store')
        .send(toOrderJson(stored, { isOperator: false }));
    });

    const lists = { access: 'verified', scope: 'orders:read' } as const;
    app.get('/orders/claimable', { config: lists, schema: claimable }, async (request, reply) => {
      const found = await ports.readClaimable(requirePrincipal(request).id);
      return reply
        .header('cache-control', 'no-store')
        .send({ items: found.map((one) => toOrderJson(one, { isOperator: false })) });
    });

    const reads = { access: orGuest, scope: 'orders:read' } as const;
    app.get('/orders/:id/contact', { config: reads, schema: contact }, async (request, reply) => {
      const { id } = request.params;
      const found = await ports.readContact(id, await whoAsks(request, id));
      return reply.header('cache-control', 'no-store').send(toContactJson(found));
    });
  };
