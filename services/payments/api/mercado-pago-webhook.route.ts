import { Type } from 'typebox';
import { httpError } from '#shared/http/errors.ts';
import { createRequestWindow } from '#shared/http/request-window.ts';
import type { Routes } from '#shared/http/server.ts';
import { paymentError } from '../application/errors.ts';
import type { WebhookDeliveries } from '../application/provider-ports.ts';

/** What a request says of itself; the body is not signed, and nothing in it is believed. */
export type JudgeSignature = (
  request: Readonly<{
    query: string;
    signature: string | undefined;
    requestId: string | undefined;
  }>,
) => Readonly<{ is: 'genuine'; dataId: string } | { is: 'refused'; fault: string }>;

type Ports = Readonly<{
  store: WebhookDeliveries['store'];
  judge: JudgeSignature;
  provider: string;
}>;

const bodyLimitBytes = 64 * 1024;
const textMax = 512;
const queryMax = 4_096;
/** Genuine ones come in floods after an outage; forged ones are kept as far as a person can look. */
const deliveriesPerMinute = 6_000;
const forgedKeptPerMinute = 60;

const only = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value.slice(0, textMax) : undefined;

/** Text that a row can hold, whatever was sent. */
const storable = (text: string, most: number): string =>
  text.replaceAll('\0', '').toWellFormed().slice(0, most);

const topicOf = (query: URLSearchParams): string =>
  storable(query.get('type') ?? query.get('topic') ?? '', 64);

/**
 * Notifications: each is stored as it came, then answered; a timer reads from the provider what it is
 * about. A signature that is wrong changes nothing, and the poller finds what it may have told.
 */
export const mercadoPagoWebhookRoute = ({ store, judge, provider }: Ports): Routes => {
  const take = createRequestWindow(deliveriesPerMinute, 60_000);
  const takeForged = createRequestWindow(forgedKeptPerMinute, 60_000);

  return async (app) => {
    // Whatever its type and charset, it is kept as bytes.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
      done(null, body);
    });
    app.post(
      '/webhook/mercadopago',
      {
        bodyLimit: bodyLimitBytes,
        config: { access: 'public' },
        schema: {
          operationId: 'receiveMercadoPagoNotification',
          summary: 'Notifications of Mercado Pago: stored, answered, then read from the provider',
          tags: ['payments'],
          querystring: Type.Object({}, { additionalProperties: true }),
          response: { 200: Type.Object({ is_stored: Type.Boolean() }) },
        },
      },
      async (request, reply) => {
        if (take('all', performance.now()).isOver)
          throw httpError('too_many_requests', { retryAfterSeconds: 60 });
        const [, text = ''] = request.raw.url?.split(/\?(.*)/s) ?? [];
        const signature = only(request.headers['x-signature']);
        const requestId = only(request.headers['x-request-id']);
        const verdict = judge({ query: text, signature, requestId });
        const isGenuine = verdict.is === 'genuine';
        const query = new URLSearchParams(text.slice(0, queryMax));
        const body: unknown = request.body;
        const isKept = isGenuine || !takeForged('forged', performance.now()).isOver;
        if (isKept)
          await store({
            provider,
            topic: topicOf(query),
            resource: isGenuine ? verdict.dataId : storable(query.get('data.id') ?? '', 64),
            query: storable(text, queryMax),
            requestId: requestId === undefined ? null : storable(requestId, textMax),
            signature: signature === undefined ? null : storable(signature, textMax),
            body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
            verdict: isGenuine ? 'genuine' : verdict.fault,
          });
        if (!isGenuine) throw paymentError('webhook_not_genuine');
        return reply.send({ is_stored: true });
      },
    );
  };
};
