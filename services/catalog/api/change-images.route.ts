import { createHash } from 'node:crypto';
import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { answerOnce } from '#shared/http/idempotency.ts';
import { idParams, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { Clock, Platform } from '#shared/platform/module.ts';
import { catalogError } from '../application/errors.ts';
import type { ChangeImages } from '../application/commands/change-images.ts';
import type { ShowProduct } from '../application/queries/show-product.ts';
import { answerManaged } from './change-product.route.ts';
import { imageParams, product } from './product-schemas.ts';
import { actorOf, causeOf, managers } from './requests.ts';

const uploadBytesMax = 10 * 1024 * 1024;

const add = {
  operationId: 'addProductImage',
  tags: ['catalog'],
  summary: 'Upload a picture: multipart, `alt` and then `file`, at most 10 MiB',
  description:
    'With an Idempotency-Key, a picture whose answer was lost is sent again and is there once.',
  consumes: ['multipart/form-data'],
  params: idParams,
  response: { 201: product },
};
const change = {
  operationId: 'changeProductImage',
  tags: ['catalog'],
  summary: "Change a picture's text or its place; the first is the product's face",
  params: imageParams,
  body: strict({
    alt: Type.Optional(Type.String({ maxLength: 1_000 })),
    position: Type.Optional(Type.Integer({ minimum: 1, maximum: 50 })),
  }),
  response: { 200: product },
};
const remove = {
  operationId: 'removeProductImage',
  tags: ['catalog'],
  summary: 'Remove a picture',
  params: imageParams,
  response: { 200: product },
};

/** The one file of a multipart body, and the text that came before it. */
const readUpload = async (request: FastifyRequest) => {
  const part = request.isMultipart() ? await request.file() : undefined;
  if (!part) throw catalogError('file_missing');
  const { alt } = part.fields;
  const isText = alt !== undefined && !Array.isArray(alt) && alt.type === 'field';
  const text = isText ? String(alt.value).slice(0, 1_000).replaceAll('\0', '') : '';
  return { upload: await part.toBuffer(), alt: text };
};

export const changeImagesRoute =
  (
    ports: Readonly<{
      changeImages: ChangeImages;
      showProduct: ShowProduct;
      /** Where repetitions of an `Idempotency-Key` are remembered. */
      pool: Platform['pool'];
      clock: Clock;
    }>,
  ): Routes =>
  async (app) => {
    const { changeImages, showProduct, pool, clock } = ports;
    const config = { access: managers, scope: 'products:write' } as const;
    await app.register(multipart, {
      limits: { fileSize: uploadBytesMax, files: 1, fields: 5, fieldSize: 10_000, parts: 6 },
    });
    app.post('/products/:id/images', { config, schema: add }, async (request, reply) => {
      const { id: productId } = request.params;
      const { upload, alt } = await readUpload(request);
      const fingerprintBody = { alt, file: createHash('sha256').update(upload).digest('hex') };
      reply.header('cache-control', 'private, no-store');
      return answerOnce(pool, request, reply, { fingerprintBody }, async ({ id: imageId }) => {
        await changeImages.add({ productId, imageId, upload, alt }, causeOf(request, clock));
        const { body, etag } = await showProduct.toManager(productId, actorOf(request));
        return { status: 201, body: JSON.stringify(body), headers: { etag } };
      });
    });
    app.put(
      '/products/:id/images/:image_id',
      { config, schema: change },
      async (request, reply) => {
        const { id: productId, image_id: imageId } = request.params;
        const { alt, position } = request.body;
        await changeImages.change({ productId, imageId, alt, position }, causeOf(request, clock));
        return answerManaged(showProduct, productId, request, reply);
      },
    );
    app.delete(
      '/products/:id/images/:image_id',
      { config, schema: remove },
      async (request, reply) => {
        const { id: productId, image_id: imageId } = request.params;
        await changeImages.remove({ productId, imageId }, causeOf(request, clock));
        return answerManaged(showProduct, productId, request, reply);
      },
    );
  };
