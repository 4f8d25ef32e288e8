import { Type } from 'typebox';
import { DomainError } from '#shared/kernel/errors.ts';
import { isUuid } from '#shared/kernel/ids.ts';
import { createRequestWindow } from '#shared/http/request-window.ts';
import type { Routes } from '#shared/http/server.ts';
import type { FollowCheckout } from '../application/commands/follow-checkout.ts';
import type { PaymentView } from '../application/queries/read-payments.ts';
import { returnMessages, type ReturnMessages } from './messages.ts';

type Ports = Readonly<{
  followPayment: FollowCheckout['followPayment'];
  language: 'es' | 'en';
}>;

/** How often one payment is read because of browsers: the poller reads it anyway. */
const readsPerMinute = 6;
const patienceMs = 3_000;

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
};

const wordsOf = (
  status: PaymentView['status'] | undefined,
  text: ReturnMessages,
): readonly [title: string, text: string] => {
  switch (status) {
    case 'completed':
    case 'partially_refunded':
    case 'refunded':
      return [text.paidTitle, text.paidText];
    case 'failed':
    case 'cancelled':
      return [text.failedTitle, text.failedText];
    case 'pending':
    case 'authorized':
    case undefined:
      return [text.pendingTitle, text.pendingText];
  }
};

/** The page of the shop that follows the order until its payment is settled. */
const pageOf = (payment: PaymentView | undefined, language: 'es' | 'en'): string => {
  const [order, confirmed] = language === 'es' ? ['pedido', 'confirmado'] : ['order', 'confirmed'];
  const orderId = payment?.orderId ?? undefined;
  return orderId === undefined ? `/${language}` : `/${language}/${order}/${orderId}/${confirmed}`;
};

/**
 * Where the provider sends the buyer's browser back. What the browser says is believed in nothing: it
 * only has the payment read, and what the page says is what that reading gave.
 */
export const checkoutReturnRoute = ({ followPayment, language }: Ports): Routes => {
  const take = createRequestWindow(readsPerMinute, 60_000);
  const read = async (paymentId: string): Promise<PaymentView | undefined> => {
    if (take(paymentId, performance.now()).isOver) return undefined;
    const reading = followPayment(paymentId).catch((error: unknown) => {
      // What the provider does not tell now, the poller reads; a refusal is the caller's.
      if (error instanceof DomainError) throw error;
      return undefined;
    });
    const enough = new Promise<undefined>((resolve) => {
      setTimeout(resolve, patienceMs, undefined).unref();
    });
    return Promise.race([reading, enough]);
  };

  return async (app) => {
    app.get(
      '/mercadopago/return',
      {
        config: { access: 'public' },
        schema: {
          hide: true,
          operationId: 'returnFromMercadoPago',
          summary: 'Where Mercado Pago sends the browser back; reads the payment, believes nothing',
          tags: ['payments'],
          querystring: Type.Object(
            { external_reference: Type.Optional(Type.Unknown()) },
            { additionalProperties: true },
          ),
        },
      },
      async (request, reply) => {
        const { external_reference: given } = request.query;
        const paymentId = typeof given === 'string' && isUuid(given) ? given : undefined;
        const payment = paymentId === undefined ? undefined : await read(paymentId);
        const wanted = request.headers['accept-language'] ?? '';
        const spoken = /^\s*en\b/i.test(wanted) ? 'en' : /^\s*es\b/i.test(wanted) ? 'es' : language;
        const words = returnMessages[spoken];
        const [title, text] = wordsOf(payment?.status, words);
        const next = pageOf(payment, spoken);
        // A job has no page of the shop, and what was not read is not known to be an order's.
        const goOn = payment?.orderId
          ? `\n<meta http-equiv="refresh" content="0;url=${next}">`
          : '';
        const page = `<!doctype html>
<html lang="${spoken}"><head><meta charset="utf-8">${goOn}
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>${text}</p>
<p><a href="${next}">${words.backToShop}</a></p></main></body></html>
`;
        return reply.headers(headers).send(page);
      },
    );
  };
};
