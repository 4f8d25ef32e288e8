import { httpError } from '#shared/http/errors.ts';
import { createPictures, PictureRefused } from '#shared/images/pictures.ts';
import type { Files } from '#shared/platform/files.ts';
import type { Images } from '../application/ports.ts';
import { catalogError } from '../domain/errors.ts';

/** What a phone, a card and a whole screen need; never larger than the original. */
const widths = [320, 800, 1_600] as const;
const shownWidth = 800;
const busySeconds = 2;

const fileOf = (id: string, width: number): string => `${id}-${width}.webp`;
const keyOf = (file: string): string => `product-${file}`;

/** Where the sizes of a picture are kept. */
export const fileNamesOf = (id: string): readonly string[] =>
  widths.map((width) => keyOf(fileOf(id, width)));
export const largestFileOf = (id: string): string => fileNamesOf(id).at(-1)!;

const refusal = (error: unknown): unknown => {
  if (!(error instanceof PictureRefused)) return error;
  const { reason, cause } = error;
  if (reason === 'busy') return httpError('unavailable', { retryAfterSeconds: busySeconds });
  return catalogError(reason === 'too_many_pixels' ? 'image_too_many_pixels' : 'image_unreadable', {
    cause,
  });
};

export const createSharpImages = (files: Files): Images => {
  const withPicture = createPictures();

  return {
    async store(id, upload) {
      try {
        return await withPicture(upload, async (encode) => {
          let shown = { width: 0, height: 0 };
          for (const target of widths) {
            const { data, width, height } = await encode((picture) =>
              picture.resize({ width: target, withoutEnlargement: true }),
            );
            await files.put(keyOf(fileOf(id, target)), data);
            if (target === shownWidth) shown = { width, height };
          }
          return {
            id,
            url: `/api/v1/products/images/${fileOf(id, shownWidth)}`,
            file: id,
            ...shown,
          };
        });
      } catch (error) {
        throw refusal(error);
      }
    },
    read: (file) => files.get(keyOf(file)),
    async remove({ file }) {
      if (file === null) return;
      await Promise.all(fileNamesOf(file).map((name) => files.delete(name)));
    },
  };
};
