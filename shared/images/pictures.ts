import sharp, { type Metadata, type Sharp } from 'sharp';

/** No upload is larger, however small its file: a decoded pixel is four bytes. */
export const pixelsMax = 40_000_000;

/** How many wait for their turn before one more is refused; each holds its whole upload in memory. */
const waitingMax = 16;

// One picture after another on one thread: uploads must not take the machine from the shop.
sharp.concurrency(1);
sharp.cache(false);

/** Why an upload is no picture that may be kept, or that there are too many at once. */
export class PictureRefused extends Error {
  override readonly name = 'PictureRefused';
  readonly reason: 'unreadable' | 'too_many_pixels' | 'busy';

  constructor(reason: PictureRefused['reason'], cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}

/** By their first bytes, whatever the client says; no SVG, which is a program. */
const signatures: readonly ((bytes: Buffer) => boolean)[] = [
  (bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
  (bytes) => bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47])),
  (bytes) =>
    bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
  (bytes) => /^ftypavi[fs]$/.test(bytes.toString('latin1', 4, 12)),
];

const readHeader = async (upload: Buffer): Promise<Metadata> => {
  if (!signatures.some((isOne) => isOne(upload))) throw new PictureRefused('unreadable');
  try {
    return await sharp(upload, { limitInputPixels: false }).metadata();
  } catch (cause) {
    throw new PictureRefused('unreadable', cause);
  }
};

/** A picture as WebP without any metadata: no place, no serial number. */
export type Encoded = Readonly<{ data: Buffer; width: number; height: number }>;

/** Makes one size of the picture that was uploaded. Raises `PictureRefused`. */
export type Encode = (shape: (picture: Sharp) => Sharp) => Promise<Encoded>;

const encoderOf =
  (upload: Buffer): Encode =>
  async (shape) => {
    try {
      // Turned as the camera was held, before its metadata goes.
      const picture = sharp(upload, { limitInputPixels: pixelsMax, failOn: 'error' }).autoOrient();
      const { data, info } = await shape(picture)
        .webp({ quality: 80, effort: 3 })
        .toBuffer({ resolveWithObject: true });
      return { data, width: info.width, height: info.height };
    } catch (cause) {
      throw new PictureRefused('unreadable', cause);
    }
  };

/**
 * Looks at an upload and hands `work` what makes its sizes, one upload after another. Raises
 * `PictureRefused` when it is no JPEG, PNG, WebP or AVIF, has too many pixels, or too many wait.
 */
export const createPictures = () => {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  return async <T>(upload: Buffer, work: (encode: Encode) => Promise<T>): Promise<T> => {
    if (waiting >= waitingMax) throw new PictureRefused('busy');
    waiting += 1;
    const mine = last.then(async () => {
      const { width, height } = await readHeader(upload);
      if (width * height > pixelsMax) throw new PictureRefused('too_many_pixels');
      return work(encoderOf(upload));
    });
    last = mine.catch(() => {});
    try {
      return await mine;
    } finally {
      waiting -= 1;
    }
  };
};
