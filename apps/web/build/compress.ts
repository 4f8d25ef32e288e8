import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

const least = 1_024;

/** Writes `.br` and `.gz` beside every text file of `directory`, once, so that no request waits. */
export const compress = async (directory: string): Promise<void> => {
  const files = globSync(`${directory}/**/*.{js,css,svg,json,webmanifest,txt}`);
  await Promise.all(
    files.map(async (path) => {
      const bytes = readFileSync(path);
      if (bytes.length < least) return;
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      };
      const [small, smaller] = await Promise.all([
        toGzip(bytes, { level: 9 }),
        brotli(bytes, { params }),
      ]);
      writeFileSync(`${path}.gz`, small);
      writeFileSync(`${path}.br`, smaller);
    }),
  );
};
