import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { chooseLanguage, languageCookie } from './negotiate.ts';
import { readCookies } from './cookies.ts';
import { Visitor, type VisitorParts } from './visitor.ts';
import type { Language } from '../render-contract.ts';

type Answering = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/**
 * The receipt below the account, as orders draws it: whole in its HTML, with headers of its own. Who is
 * signed out is asked to sign in, and another's order is a page that is not there.
 */
export const receiptPageRoute =
  (
    parts: VisitorParts,
    language: Language,
    others: Readonly<{ signedOut: Answering; notThere: Answering }>,
  ): FastifyPluginAsync =>
  async (app) => {
    app.get<{ Params: { order: string } }>(
      '/cuenta/pedidos/:order/comprobante',
      { config: { access: 'public' }, schema: { hide: true, querystring: {} } },
      async (request, reply) => {
        const visitor = new Visitor(parts, request);
        await visitor.freshen();
        if (visitor.viewer === null) return others.signedOut(request, reply);
        const chosen = readCookies(request.headers.cookie).get(languageCookie);
        const asked = chooseLanguage(chosen, request.headers['accept-language'], language);
        const { order } = request.params;
        const path = `/api/v1/orders/${encodeURIComponent(order)}/receipt`;
        const answer = await visitor.ask('GET', path, { 'accept-language': asked }, undefined);
        visitor.sign(reply);
        // The page of the order says what is wrong, and tries again.
        if (answer.status >= 500)
          return reply.redirect(`/cuenta/pedidos/${encodeURIComponent(order)}`);
        if (answer.status !== 200) return others.notThere(request, reply);
        return reply
          .headers(answer.headers)
          .header('cache-control', 'private, no-store')
          .header('referrer-policy', 'no-referrer')
          .header('vary', 'Cookie, Accept-Language')
          .send(answer.body);
      },
    );
  };
