import sharp, { type Metadata } from 'sharp';
import type { Files } from '#shared/platform/files.ts';
import type { Images } from '../application/ports.ts';
import { catalogError } from '../domain/errors.ts';

/** What a phone, a card and a whole screen need; never larger than the original. */
const widths = [320, 800, 1_600] as const;
const shownWidth = 800;
const pixelsMax = 40_000_000;

// One picture after another on one thread: uploads must not take the machine from the shop.
sharp.concurrency(1);
sharp.cache(false);

/** By their first bytes, whatever the client says; no SVG, which is a program. */
const signatures: readonly ((bytes: Buffer) => boolean)[] = [
  (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  (bytes) => bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47])),
  (bytes) =>
    bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  (bytes) => /^ftypavi[fs]$/.test(bytes.toString('latin1', 4, 12)),
];

const fileOf = (id: string, width: number): string => `${id}-${width}.webp`;
const keyOf = (file: string): string => `product-${file}`;

const inspect = async (upload: Buffer): Promise<Metadata> => {
  if (!signatures.some((isOne) => isOne(upload))) throw catalogError('image_unreadable');
  try {
    return await sharp(upload, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw catalogError('image_unreadable', { cause });
  }
};

const encode = async (upload: Buffer, width: number) => {
  try {
    // Turned as the camera was held, and written without any metadata: no place, no serial number.
    return await sharp(upload, { limitInputPixels: pixelsMax, failOn: 'error' })
      .autoOrient()
      .resize({ width, withoutEnlargement: true })
      .webp({ quality: 80, effort: 3 })
      .toBuffer({ resolveWithObject: true });
  } catch (cause) {
    throw catalogError('image_unreadable', { cause });
  }
};

export const createSharpImages = (files: Files): Images => {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };

  return {
    store: (id, upload) =>
      inTurn(async () => {
        const { width, height } = await inspect(upload);
        if (width * height > pixelsMax) throw catalogError('image_too_many_pixels');
        let shown = { width: 0, height: 0 };
        for (const target of widths) {
          const { data, info } = await encode(upload, target);
          await files.put(keyOf(fileOf(id, target)), data);
          if (target === shownWidth) shown = info;
        }
        return {
          id,
          url: `/api/v1/products/images/${fileOf(id, shownWidth)}`,
          file: id,
          width: shown.width,
          height: shown.height,
        };
      }),
    read: (file) => files.get(keyOf(file)),
    async remove({ file }) {
      if (file === null) return;
      await Promise.all(widths.map((width) => files.delete(keyOf(fileOf(file, width)))));
    },
  };
};
