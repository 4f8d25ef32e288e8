import type { Pool } from 'pg';
import { httpError } from '#shared/http/errors.ts';
import { createPictures, PictureRefused } from '#shared/images/pictures.ts';
import type { Files } from '#shared/platform/files.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { Avatars } from '../application/ports.ts';
import { usersError } from '../domain/errors.ts';

/** A line of a list, a page of a person, a screen of many pixels. */
const sizes = [64, 128, 512] as const;
/** The deadline kind of files that nobody may be left to name. */
export const discardDeadline = 'discard-avatar';
const busySeconds = 2;

const keyOf = (file: string): string => `avatar-${file}`;
export const avatarKeys = (id: string): readonly string[] =>
  sizes.map((size) => keyOf(`${id}-${size}.webp`));

/** Longer than an upload can take. */
const expectSql = `
  insert into deadlines (kind, key, due_at)
  values ('${discardDeadline}', $1, $2::timestamptz + interval '10 minutes')`;

/** $1 the account; $2 the avatar, or null; $3 now. The one before waits for its end from here on. */
const chooseSql = `
  with before as (
    select account_id, avatar_id from profiles where account_id = $1 for update
  ), kept as (
    delete from deadlines d using before where d.kind = '${discardDeadline}' and d.key = $2::uuid::text
  ), waiting as (
    insert into deadlines (kind, key, due_at)
    select '${discardDeadline}', avatar_id::text, $3::timestamptz + interval '1 minute'
    from before where avatar_id is not null
    on conflict (kind, key) do nothing
  ), saved as (
    update profiles p set avatar_id = $2::uuid, updated_at = $3 from before
    where p.account_id = before.account_id
  )
  select avatar_id from before`;

const isChosenSql = 'select 1 from profiles where avatar_id = $1';

const refusal = (error: unknown): unknown => {
  if (!(error instanceof PictureRefused)) return error;
  const { reason, cause } = error;
  if (reason === 'busy') return httpError('unavailable', { retryAfterSeconds: busySeconds });
  return usersError(reason === 'too_many_pixels' ? 'avatar_too_many_pixels' : 'avatar_unreadable', {
    cause,
  });
};

export const createAvatars = (
  options: Readonly<{ pool: Pool; files: Files; clock: Clock }>,
): Avatars => {
  const { pool, files, clock } = options;
  const withPicture = createPictures();

  return {
    async expect(id) {
      await pool.query({ name: 'avatar-expect', text: expectSql, values: [id, clock()] });
    },

    async store(id, upload) {
      try {
        await withPicture(upload, async (encode) => {
          for (const size of sizes) {
            const { data } = await encode((picture) =>
              picture.resize({ width: size, height: size, fit: 'cover' }),
            );
            await files.put(keyOf(`${id}-${size}.webp`), data);
          }
        });
      } catch (error) {
        throw refusal(error);
      }
    },

    async choose(accountId, id) {
      const { rows } = await pool.query<{ avatar_id: string | null }>({
        name: 'avatar-choose',
        text: chooseSql,
        values: [accountId, id, clock()],
      });
      return rows[0] && { previousId: rows[0].avatar_id };
    },

    async discard(id) {
      const { rowCount } = await pool.query({
        name: 'avatar-chosen',
        text: isChosenSql,
        values: [id],
      });
      if (rowCount === 0) await Promise.all(avatarKeys(id).map((key) => files.delete(key)));
    },

    read: (file) => files.get(keyOf(file)),
  };
};
