import { Type } from 'typebox';
import { requirePrincipal, type Principal } from '#shared/http/principal.ts';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { Tickets } from '../application/live.ts';

/** A browser cannot send a token with a WebSocket: it trades it for a ticket that is good for one. */
export const liveTicketRoute =
  (tickets: Tickets<Principal>): Routes =>
  async (app) => {
    app.post(
      '/ws/ticket',
      {
        config: { access: 'account' },
        schema: {
          operationId: 'createLiveTicket',
          summary: 'A ticket for one WebSocket at /ws, good for 30 seconds',
          tags: ['notifications'],
          body: Type.Union([strict({}), Type.Null()]),
          response: {
            201: Type.Object({
              ticket: Type.String({
                description: 'as the second subprotocol: plaza.v1, ticket.<ticket>',
              }),
              expires_in: Type.Integer({ description: 'seconds' }),
            }),
          },
        },
      },
      async (request, reply) => {
        const origin = request.headers.origin ?? null;
        const issued = await tickets.issue(requirePrincipal(request), origin);
        return reply
          .code(201)
          .header('cache-control', 'no-store')
          .send({ ticket: issued.ticket, expires_in: issued.seconds });
      },
    );
  };
