import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { idParams } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { preferredLanguage, type Language } from '#shared/kernel/preferred-language.ts';
import type { FindCaller } from '../application/queries/find-caller.ts';
import type { ReceiptCodes } from '../application/queries/verify-receipt.ts';
import type { Receipt, ShowReceipt } from '../application/queries/show-receipt.ts';
import type { PrintReceipt, ReceiptSheet } from '../application/receipt-sheet.ts';
import { findCallerOf, orGuest } from './caller.ts';
import { receiptMessages } from './receipt-messages.ts';
import { receiptHeaders, receiptPage, type ReceiptTools } from './receipt-page.ts';
import { receiptSheet } from './receipt-sheet.ts';

const schema = {
  operationId: 'getOrderReceipt',
  summary: 'The receipt of an order, to print, in the language that is asked for',
  tags: ['orders'],
  params: idParams,
  response: {
    200: {
      description: 'A page that prints on A4, Letter and rolls of 80 mm',
      content: { 'text/html': { schema: Type.String() } },
    },
  },
};
const pdfSchema = {
  operationId: 'getOrderReceiptPdf',
  summary: 'The receipt of an order as a PDF, in the language in which it was ordered',
  tags: ['orders'],
  params: idParams,
  response: {
    200: {
      description: 'A tagged PDF of A4 pages',
      content: { 'application/pdf': { schema: Type.String({ format: 'binary' }) } },
    },
  },
};

const pdfHeaders = {
  'content-type': 'application/pdf',
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
} as const;

export const receiptRoute =
  (
    ports: Readonly<{
      showReceipt: ShowReceipt;
      printReceipt: PrintReceipt;
      findCaller: FindCaller;
      drawQrCode: (text: string) => Promise<string>;
      codeOf: ReceiptCodes['codeOf'];
      publicUrl: () => string;
      shopName: () => Promise<string>;
      currency: string;
      language: Language;
      timeZone: string;
      clock: () => Date;
    }>,
  ): Routes =>
  async (app) => {
    const whoAsks = findCallerOf(ports.findCaller);
    const config = { access: orGuest, scope: 'orders:read' } as const;
    const languageOf = ({ headers }: Pick<FastifyRequest, 'headers'>): Language =>
      preferredLanguage(headers['accept-language'], ports.language);
    const sheetOf = async (receipt: Receipt, language: Language): Promise<ReceiptSheet> => {
      const place = language === 'es' ? 'comprobante' : 'receipt';
      const { number, orderId } = receipt.stored.order;
      return receiptSheet(receipt, {
        language,
        shopName: await ports.shopName(),
        shopCurrency: ports.currency,
        timeZone: ports.timeZone,
        url: `${ports.publicUrl()}/${language}/${place}/${number}/${ports.codeOf(orderId)}`,
      });
    };
    /** A guest has no account to go back to. */
    const toolsOf = (language: Language, id: string, isAccount: boolean): ReceiptTools => {
      const texts = receiptMessages[language];
      const tracking = language === 'es' ? 'seguimiento' : 'tracking';
      const order = isAccount ? `cuenta/pedidos/${id}` : `${language}/${tracking}/${id}`;
      const { tools: name, print, pdf, back } = texts;
      const pdfUrl = `${ports.publicUrl()}/web/api/v1/orders/${id}/receipt.pdf`;
      return { name, print, pdf, back, pdfUrl, orderUrl: `${ports.publicUrl()}/${order}` };
    };
    app.get('/orders/:id/receipt', { config, schema }, async (request, reply) => {
      const { id } = request.params;
      const receipt = await ports.showReceipt(id, await whoAsks(request, id));
      const sheet = await sheetOf(receipt, languageOf(request));
      const tools = toolsOf(sheet.language, id, request.principal !== null);
      const page = receiptPage(sheet, await ports.drawQrCode(sheet.url), tools);
      return reply.headers(receiptHeaders).header('content-language', sheet.language).send(page);
    });
    app.get('/orders/:id/receipt.pdf', { config, schema: pdfSchema }, async (request, reply) => {
      const { id } = request.params;
      const receipt = await ports.showReceipt(id, await whoAsks(request, id));
      const language = receipt.contact?.language ?? languageOf(request);
      const sheet = await sheetOf(receipt, language);
      const pdf = await ports.printReceipt(sheet, ports.clock());
      return reply
        .headers(pdfHeaders)
        .header('content-disposition', `attachment; filename="${sheet.fileName}.pdf"`)
        .header('content-language', sheet.language)
        .send(pdf as never);
    });
  };
