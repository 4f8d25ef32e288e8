import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { httpError } from '#shared/http/errors.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ChangeAvatar } from '../application/commands/change-avatar.ts';
import { usersError } from '../application/errors.ts';
import type { ReadUsers } from '../application/queries/read-users.ts';
import type { ShowAvatar } from '../application/queries/show-avatar.ts';
import { problems, tags, toUserJson, user } from './schemas.ts';

const uploadBytesMax = 5 * 1024 * 1024;
/** Uploads that are read at once: each is in memory whole. One of an account, so that none takes all. */
const uploadsMax = 8;

const set = {
  operationId: 'setMyAvatar',
  tags,
  summary: 'Upload a picture of me: multipart `file`, JPEG, PNG, WebP or AVIF, at most 5 MiB',
  consumes: ['multipart/form-data'],
  response: { 200: user, ...problems },
};
const remove = {
  operationId: 'removeMyAvatar',
  tags,
  summary: 'Remove my picture',
  response: { 204: Type.Null(), ...problems },
};
const show = {
  operationId: 'showAvatar',
  tags,
  summary: 'A picture of a person, 64, 128 or 512 pixels square',
  params: strict({
    file: Type.String({
      pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-(64|128|512)\\.webp$',
    }),
  }),
  response: { 200: { description: 'WebP', content: { 'image/webp': { schema: {} } } } },
};

const readUpload = async (request: FastifyRequest): Promise<Buffer> => {
  const part = request.isMultipart() ? await request.file() : undefined;
  if (part?.fieldname !== 'file') throw usersError('avatar_missing');
  // The name and the type that the client gives are not looked at.
  return part.toBuffer();
};

export const myAvatarRoutes =
  (
    ports: Readonly<{ changeAvatar: ChangeAvatar; readUsers: ReadUsers; showAvatar: ShowAvatar }>,
  ): Routes =>
  async (app) => {
    const { changeAvatar, readUsers, showAvatar } = ports;
    const config = { access: 'account' } as const;
    const uploading = new Set<string>();
    const limits = { fileSize: uploadBytesMax, files: 1, fields: 2, fieldSize: 1_000, parts: 3 };
    await app.register(multipart, { limits });

    app.post('/users/me/avatar', { config, schema: set }, async (request, reply) => {
      const { id } = requirePrincipal(request);
      if (uploading.has(id) || uploading.size >= uploadsMax)
        throw httpError('unavailable', { retryAfterSeconds: 2 });
      uploading.add(id);
      try {
        await changeAvatar.set(id, await readUpload(request));
      } finally {
        uploading.delete(id);
      }
      reply.header('cache-control', 'private, no-store');
      return toUserJson(await readUsers.me(id));
    });
    app.delete('/users/me/avatar', { config, schema: remove }, async (request, reply) => {
      await changeAvatar.remove(requirePrincipal(request).id);
      return reply.code(204).send(null);
    });
    app.get(
      '/users/avatars/:file',
      { config: { access: 'public' }, schema: show },
      async (request, reply) => {
        const bytes = await showAvatar(request.params.file);
        // A name is never used for other bytes.
        reply
          .header('content-type', 'image/webp')
          .header('cache-control', 'public, max-age=31536000, immutable')
          .header('content-security-policy', "default-src 'none'; sandbox");
        return reply.send(bytes);
      },
    );
  };
