import { Type } from 'typebox';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ShowImage } from '../application/queries/show-image.ts';

const schema = {
  operationId: 'showProductImage',
  tags: ['catalog'],
  summary: 'A picture of a product, 320, 800 or 1,600 pixels wide',
  params: strict({
    file: Type.String({
      pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-(320|800|1600)\\.webp$',
    }),
  }),
  response: { 200: { description: 'WebP', content: { 'image/webp': { schema: {} } } } },
};

export const showImageRoute =
  (showImage: ShowImage): Routes =>
  async (app) => {
    app.get(
      '/products/images/:file',
      { config: { access: 'public', scope: 'products:read' }, schema },
      async (request, reply) => {
        const bytes = await showImage(request.params.file);
        // A name is never used for other bytes.
        reply
          .header('content-type', 'image/webp')
          .header('cache-control', 'public, max-age=31536000, immutable')
          .header('content-security-policy', "default-src 'none'; sandbox");
        return reply.send(bytes);
      },
    );
  };
