import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { idParams, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { preferredLanguage, type Language } from '#shared/kernel/preferred-language.ts';
import type { ParcelPaper, PrintParcels } from '../application/parcel-sheet.ts';
import type { PrepareParcels } from '../application/queries/prepare-parcels.ts';
import { callerOf } from './caller.ts';
import { parcelMessages } from './parcel-messages.ts';
import { parcelSheet } from './parcel-sheet.ts';

const language = Type.Union([Type.Literal('es'), Type.Literal('en')], {
  description: 'otherwise that of Accept-Language',
});
const query = strict({ language: Type.Optional(language) });
const body = strict({
  paper: Type.Union([Type.Literal('packing_slip'), Type.Literal('shipping_label')]),
  order_ids: Type.Array(uuid, { minItems: 1, maxItems: 100, uniqueItems: true }),
  language: Type.Optional(language),
});
const pdf = (description: string) => ({
  200: {
    description,
    content: { 'application/pdf': { schema: Type.String({ format: 'binary' }) } },
  },
});
const whoMay = 'To staff those of all sellers, to a seller its own; of paid orders only.';
const tags = ['orders'];
const slip = {
  operationId: 'getPackingSlip',
  summary: 'What goes into the parcel of an order: its lines without prices, and who gets them',
  description: whoMay,
  tags,
  params: idParams,
  querystring: query,
  response: pdf('A tagged PDF of A4 pages'),
};
const label = {
  operationId: 'getShippingLabel',
  summary: 'What is stuck on the parcel of an order, 10 × 15 cm',
  description: whoMay,
  tags,
  params: idParams,
  querystring: query,
  response: pdf('A tagged PDF, a page of 10 × 15 cm for each seller'),
};
const several = {
  operationId: 'printParcelPapers',
  summary: 'The packing slips or the labels of several orders, in their order, as one PDF',
  description: `${whoMay} All or nothing: the faults name each order that has no parcel.`,
  tags,
  body,
  response: pdf('A tagged PDF'),
};

const headers = {
  'content-type': 'application/pdf',
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
} as const;

type Wanted = Readonly<{ paper: ParcelPaper; orderIds: readonly string[]; language?: Language }>;

/** What whoever packs prints. */
export const parcelRoutes =
  (
    ports: Readonly<{
      prepareParcels: PrepareParcels;
      printParcels: PrintParcels;
      publicUrl: () => string;
      shopName: () => Promise<string>;
      language: Language;
      timeZone: string;
      clock: () => Date;
    }>,
  ): Routes =>
  async (app) => {
    const config = {
      access: { roles: ['seller', 'support', 'admin'] },
      scope: 'orders:read',
    } as const;

    const send = async (
      request: FastifyRequest,
      reply: FastifyReply,
      { paper, orderIds, ...wanted }: Wanted,
    ) => {
      const spoken =
        wanted.language ?? preferredLanguage(request.headers['accept-language'], ports.language);
      const parcels = await ports.prepareParcels(orderIds, paper, callerOf(request));
      const shopName = await ports.shopName();
      const urlOf = (id: string): string => `${ports.publicUrl()}/admin/pedidos/${id}`;
      const options = { paper, language: spoken, shopName, timeZone: ports.timeZone, urlOf };
      const sheets = parcels.map((parcel) => parcelSheet(parcel, options));
      const texts = parcelMessages[spoken];
      const [first] = sheets;
      const isOne = orderIds.length === 1;
      const title = isOne ? first!.title : texts[`${paper}s`];
      const name = `${texts[`${paper}_file`]}-${isOne ? first!.number : sheets.length}`;
      const print = { paper, language: spoken, shopName, title, sheets };
      return reply
        .headers(headers)
        .header('content-disposition', `inline; filename="${name}.pdf"`)
        .header('content-language', spoken)
        .send(await ports.printParcels(print, ports.clock()));
    };

    app.get('/orders/:id/packing-slip.pdf', { config, schema: slip }, (request, reply) =>
      send(request, reply, {
        paper: 'packing_slip',
        orderIds: [request.params.id],
        ...request.query,
      }),
    );
    app.get('/orders/:id/shipping-label.pdf', { config, schema: label }, (request, reply) =>
      send(request, reply, {
        paper: 'shipping_label',
        orderIds: [request.params.id],
        ...request.query,
      }),
    );
    // Not by GET: staff who take the addresses of many with them are in the audit log.
    app.post('/orders/parcel-papers', { config, schema: several }, (request, reply) => {
      const { order_ids: orderIds, ...wanted } = request.body;
      return send(request, reply, { orderIds, ...wanted });
    });
  };
