import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { Clock } from '#shared/platform/module.ts';
import { catalogError } from '../application/errors.ts';
import type { ImportProductsHandler } from '../application/commands/import-products.ts';
import type { ShowImport } from '../application/queries/show-import.ts';
import type { ImportFiles, SpooledFile } from '../application/ports.ts';
import { importView } from './show-import.route.ts';
import { actorOf, causeOf, managers, sendPrivate } from './requests.ts';

const uploadBytesMax = 100 * 1024 * 1024;
/** A small file is answered when it is done; a large one is followed at its address. */
const waitMs = 2_000;

const schema = {
  operationId: 'importProducts',
  tags: ['catalog'],
  summary: 'Import products from a Shopify product CSV: `text/csv`, or a file of a form',
  description:
    'At most 100 MiB. 201 when it is done at once; 202 while it runs: ask its address how far it is.' +
    ' What a file does not name stays; the same file again changes nothing.',
  consumes: ['text/csv', 'multipart/form-data'],
  querystring: strict({
    dry_run: Type.Optional(Type.Boolean({ description: 'only say what would happen' })),
    seller: Type.Optional({ ...uuid, description: 'whose products: administrators only' }),
  }),
  response: { 201: importView, 202: importView },
};

const receive = async (
  files: ImportFiles,
  request: FastifyRequest,
): Promise<Readonly<{ file: SpooledFile; fileName: string }>> => {
  if (!request.isMultipart()) {
    const { body } = request;
    if (body === undefined || body === null) throw catalogError('file_missing');
    const file = await files.spool(body as AsyncIterable<Uint8Array>);
    return { file, fileName: 'products.csv' };
  }
  const part = await request.file();
  if (!part) throw catalogError('file_missing');
  const file = await files.spool(part.file);
  const fileName = part.filename.replaceAll(/[^\p{L}\p{N}._ -]/gu, '_').slice(0, 200);
  return { file, fileName: fileName === '' ? 'products.csv' : fileName };
};

const sellerOf = (seller: string | undefined, request: FastifyRequest): string => {
  const { id, isAdmin } = actorOf(request);
  if (seller === undefined || seller === id || isAdmin) return seller ?? id;
  const detail = 'only an administrator imports for another';
  throw catalogError('product_invalid', {
    errors: [{ pointer: '#/querystring/seller', code: 'not_allowed', detail }],
  });
};

export const importProductsRoute =
  (
    ports: Readonly<{
      importProducts: ImportProductsHandler;
      showImport: ShowImport;
      files: ImportFiles;
      newId: () => string;
      clock: Clock;
    }>,
  ): Routes =>
  async (app) => {
    const { importProducts, showImport, files, newId, clock } = ports;
    // No JSON here: what is no file is 415.
    app.removeAllContentTypeParsers();
    await app.register(multipart, {
      limits: { fileSize: uploadBytesMax + 1, files: 1, fields: 5, fieldSize: 10_000 },
    });
    // As a stream: the file goes to disk as it comes, and never into memory whole.
    app.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));
    app.post(
      '/products/import',
      { config: { access: managers, scope: 'products:write' }, schema, bodyLimit: uploadBytesMax },
      async (request, reply) => {
        const sellerId = sellerOf(request.query.seller, request);
        const { file, fileName } = await receive(files, request);
        const id = newId();
        const isDryRun = request.query.dry_run ?? false;
        try {
          const { done } = await importProducts.begin(
            { id, fileName, isDryRun, sellerId, file },
            causeOf(request, clock),
          );
          await Promise.race([done, new Promise((resolve) => setTimeout(resolve, waitMs).unref())]);
        } catch (error) {
          await files.remove(file);
          throw error;
        }
        const view = await showImport(id, actorOf(request));
        const isRunning = (view as { status?: string }).status === 'running';
        reply.header('location', `/api/v1/products/import/${id}`).code(isRunning ? 202 : 201);
        return sendPrivate(reply, view);
      },
    );
  };
