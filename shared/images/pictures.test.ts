import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { pixelBomb, uploadCorpus } from '../testing/upload-corpus.ts';
import { createPictures, PictureRefused, pixelsMax } from './pictures.ts';

const side = { width: 512, height: 512, fit: 'cover' } as const;

/** Encodes each file in a process of its own, all at once, and says how large that ever was. */
const measure = `
  import { readFile } from 'node:fs/promises';
  import { createPictures } from '#shared/images/pictures.ts';
  const withPicture = createPictures();
  const files = process.argv.slice(1);
  const ends = await Promise.all(files.map(async (file) => {
    try {
      await withPicture(await readFile(file), (encode) =>
        encode((picture) => picture.resize(${JSON.stringify(side)})));
      return 'kept';
    } catch (error) {
      return error.reason ?? String(error);
    }
  }));
  console.log(JSON.stringify({ ends, peakMiB: process.resourceUsage().maxRSS / 1024 }));`;

const run = async (uploads: readonly Buffer[]) => {
  const folder = await mkdtemp(join(tmpdir(), 'plaza-pictures-'));
  try {
    const files = await Promise.all(
      uploads.map(async (bytes, i) => {
        const path = join(folder, String(i));
        await writeFile(path, bytes);
        return path;
      }),
    );
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '-e',
      measure,
      ...files,
    ]);
    return JSON.parse(stdout) as { ends: string[]; peakMiB: number };
  } finally {
    await rm(folder, { recursive: true });
  }
};

describe('pictures', () => {
  it('keep the memory small, whatever is uploaded', async (t) => {
    const corpus = await uploadCorpus();
    const photo = corpus.find(({ what }) => what === 'a picture')!.bytes;
    const usual = await run([photo]);
    const hostile = corpus.slice(0, 16);
    const { ends, peakMiB } = await run(hostile.map(({ bytes }) => bytes));
    assert.deepEqual(
      ends,
      hostile.map(({ end }) => end),
    );
    t.diagnostic(`one photograph ${usual.peakMiB} MiB, the corpus ${peakMiB} MiB`);
    // Decoded, the largest alone is 381 MiB.
    assert.ok(peakMiB < usual.peakMiB + 150, `${peakMiB} MiB, ${usual.peakMiB} for one photograph`);
  });

  it('would be seen to grow: the largest that is let through is held whole', async () => {
    const small = await run([await pixelBomb(64)]);
    const large = await run([await pixelBomb(Math.floor(Math.sqrt(pixelsMax)))]);
    assert.deepEqual([small.ends, large.ends], [['kept'], ['kept']]);
    assert.ok(large.peakMiB > small.peakMiB + 30, `${large.peakMiB} against ${small.peakMiB} MiB`);
  });

  it('wait in a short line, one after another', async () => {
    const withPicture = createPictures();
    const { bytes } = (await uploadCorpus())[0]!;
    let working = 0;
    let most = 0;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 30 }, () =>
        withPicture(bytes, async () => {
          working += 1;
          most = Math.max(most, working);
          await new Promise((resolve) => setTimeout(resolve, 2));
          working -= 1;
        }),
      ),
    );
    const refused = outcomes.filter((one) => one.status === 'rejected');
    assert.equal(most, 1);
    assert.equal(refused.length, 14);
    for (const { reason } of refused)
      assert.ok(reason instanceof PictureRefused && reason.reason === 'busy');
    await withPicture(bytes, async () => {});
  });
});
