import { crc32, createDeflate, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** One upload that somebody may try, under the name and type that they claim. */
export type Upload = Readonly<{
  what: string;
  bytes: Buffer;
  name: string;
  type: string;
  /** `kept`: a picture, re-encoded; otherwise why it is refused. */
  end: 'kept' | 'unreadable' | 'too_many_pixels';
}>;

/** What no stored file may hold: in metadata, after the picture, in comments. */
export const secretMark = 'MARCA-SECRETA-7741';

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const header = (width: number, height: number, isInterlaced: boolean): Buffer => {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  // Eight bits of grey.
  data.set([8, 0, 0, 0, isInterlaced ? 1 : 0], 8);
  return chunk('IHDR', data);
};

/** Zeros, deflated as they are made: the whole would be hundreds of megabytes. */
const deflatedZeros = async (length: number): Promise<Buffer> => {
  const deflate = createDeflate({ level: 9 });
  const out: Buffer[] = [];
  deflate.on('data', (data: Buffer) => out.push(data));
  const ended = new Promise((resolve) => deflate.once('end', resolve));
  const block = Buffer.alloc(1 << 20);
  for (let left = length; left > 0; left -= block.length)
    if (!deflate.write(block.subarray(0, Math.min(left, block.length))))
      await new Promise((resolve) => deflate.once('drain', resolve));
  deflate.end();
  await ended;
  return Buffer.concat(out);
};

const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** Bytes of the seven passes of an interlaced picture: only a decoder that holds it all can read it. */
const interlacedLength = (side: number): number =>
  passes.reduce((sum, [x, y, stepX, stepY]) => {
    const width = Math.ceil((side - x) / stepX);
    const height = Math.ceil((side - y) / stepY);
    return sum + height * (width + 1);
  }, 0);

/** A square of `side` pixels in a file of kilobytes, which nobody can decode line by line. */
export const pixelBomb = async (side: number): Promise<Buffer> =>
  Buffer.concat([
    signature,
    header(side, side, true),
    chunk('IDAT', await deflatedZeros(interlacedLength(side))),
    chunk('IEND', Buffer.alloc(0)),
  ]);

/** A small picture with a text that is 300 times its file. */
const textBomb = async (): Promise<Buffer> => {
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#777' } })
    .png()
    .toBuffer();
  const text = Buffer.concat([
    Buffer.from('Comment\0\0', 'latin1'),
    await deflatedZeros(512 * 1024 * 1024),
  ]);
  return Buffer.concat([picture.subarray(0, 33), chunk('zTXt', text), picture.subarray(33)]);
};

const photo = () => sharp({ create: { width: 900, height: 700, channels: 3, background: '#3a7' } });

const withPlace = (): Promise<Buffer> =>
  photo()
    .withExif({
      IFD0: { Copyright: secretMark, Make: secretMark },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '4/1 42/1 3999/100',
        GPSLongitudeRef: 'W',
        GPSLongitude: '74/1 4/1 1999/100',
      },
    })
    .jpeg()
    .toBuffer();

/** Uploads that must be refused or made harmless, made anew in each run. */
export const uploadCorpus = async (): Promise<readonly Upload[]> => {
  const [png, jpeg] = await Promise.all([photo().png().toBuffer(), photo().jpeg().toBuffer()]);
  const script = `<script>alert('${secretMark}')</script>`;
  const svg = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${script}</svg>`,
  );
  const usual = { name: 'foto.png', type: 'image/png' };
  return [
    { what: 'a picture', bytes: png, ...usual, end: 'kept' },
    {
      what: 'a polyglot: a picture and a page',
      bytes: Buffer.concat([jpeg, Buffer.from(`<html>${script}</html>`)]),
      name: 'foto.html',
      type: 'text/html',
      end: 'kept',
    },
    {
      what: 'a polyglot: a picture and an archive',
      bytes: Buffer.concat([png, Buffer.from(`PK\u0003\u0004${secretMark}`, 'latin1')]),
      ...usual,
      end: 'kept',
    },
    {
      what: 'a polyglot: a program that begins as a GIF',
      bytes: Buffer.from(`GIF89a/*${'\0'.repeat(20)}*/=1;alert('${secretMark}')`),
      ...usual,
      end: 'unreadable',
    },
    {
      what: 'an SVG with a script',
      bytes: svg,
      name: 'x.svg',
      type: 'image/svg+xml',
      end: 'unreadable',
    },
    { what: 'an SVG that says it is a PNG', bytes: svg, ...usual, end: 'unreadable' },
    {
      what: 'an SVG behind the first bytes of a PNG',
      bytes: Buffer.concat([signature, svg]),
      ...usual,
      end: 'unreadable',
    },
    {
      what: '20,000 × 20,000 pixels in a small file',
      bytes: await pixelBomb(20_000),
      ...usual,
      end: 'too_many_pixels',
    },
    {
      what: 'a header of 60,000 × 60,000 pixels and nothing behind it',
      bytes: Buffer.concat([
        signature,
        header(60_000, 60_000, false),
        chunk('IDAT', deflateSync(Buffer.alloc(10))),
        chunk('IEND', Buffer.alloc(0)),
      ]),
      ...usual,
      end: 'too_many_pixels',
    },
    { what: 'a text that is a decompression bomb', bytes: await textBomb(), ...usual, end: 'kept' },
    { what: 'a JPEG named .png', bytes: jpeg, ...usual, end: 'kept' },
    { what: 'a PNG named .php', bytes: png, name: 'a.php', type: 'application/x-php', end: 'kept' },
    {
      what: 'a page named .png',
      bytes: Buffer.from(`<html>${script}`),
      ...usual,
      end: 'unreadable',
    },
    {
      what: 'a photograph that says where it was taken',
      bytes: await withPlace(),
      name: 'IMG_0001.JPG',
      type: 'image/jpeg',
      end: 'kept',
    },
    {
      what: 'a path in the name',
      bytes: png,
      name: `../../../../etc/cron.d/${secretMark}`,
      type: 'image/png',
      end: 'kept',
    },
    {
      what: 'half a picture',
      bytes: png.subarray(0, png.length >> 1),
      ...usual,
      end: 'unreadable',
    },
    { what: 'nothing', bytes: Buffer.alloc(0), ...usual, end: 'unreadable' },
  ];
};
