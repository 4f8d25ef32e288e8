import { Type } from 'typebox';
import { idParams } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { preferredLanguage, type Language } from '#shared/kernel/preferred-language.ts';
import type { FindCaller } from '../application/queries/find-caller.ts';
import type { ShowReceipt } from '../application/queries/show-receipt.ts';
import { findCallerOf, orGuest } from './caller.ts';
import { receiptHeaders, receiptPage } from './receipt-page.ts';

const schema = {
  operationId: 'getOrderReceipt',
  summary: 'The receipt of an order, to print, in the language that is asked for',
  tags: ['orders'],
  params: idParams,
  response: {
    200: {
      description: 'A page without scripts',
      content: { 'text/html': { schema: Type.String() } },
    },
  },
};

export const receiptRoute =
  (
    ports: Readonly<{
      showReceipt: ShowReceipt;
      findCaller: FindCaller;
      drawQrCode: (text: string) => Promise<string>;
      publicUrl: () => string;
      currency: string;
      language: Language;
      timeZone: string;
    }>,
  ): Routes =>
  async (app) => {
    const whoAsks = findCallerOf(ports.findCaller);
    const config = { access: orGuest, scope: 'orders:read' } as const;
    app.get('/orders/:id/receipt', { config, schema }, async (request, reply) => {
      const { id } = request.params;
      const receipt = await ports.showReceipt(id, await whoAsks(request, id));
      const language = preferredLanguage(request.headers['accept-language'], ports.language);
      const place = language === 'es' ? 'seguimiento' : 'tracking';
      const { number } = receipt.stored.order;
      const url = `${ports.publicUrl()}/${language}/${place}?number=${number}`;
      const page = receiptPage(receipt, {
        language,
        shopCurrency: ports.currency,
        timeZone: ports.timeZone,
        url,
        qrSvg: await ports.drawQrCode(url),
      });
      return reply.headers(receiptHeaders).header('content-language', language).send(page);
    });
  };
