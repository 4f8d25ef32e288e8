import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Language, Theme } from '../render-contract.ts';

export const languageCookie = 'plaza_language';
export const themeCookie = 'plaza_theme';
/** In development only: the pseudo-locale. */
export const pseudoCookie = 'plaza_pseudo';

const isLanguage = (value: string | undefined): value is Language =>
  value === 'es' || value === 'en';

/** The language of who asks: as they chose it, else as their browser says, else the shop's. */
export const chooseLanguage = (
  chosen: string | undefined,
  acceptLanguage: string | undefined,
  fallback: Language,
): Language => {
  if (isLanguage(chosen)) return chosen;
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((item) => {
      const [tag = '', ...parameters] = item.trim().toLowerCase().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return { tag, quality: quality ? Number(quality.trim().slice(2)) : 1 };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag.slice(0, 2));
  return wanted.find(isLanguage) ?? fallback;
};

export const chooseTheme = (chosen: string | undefined): Theme =>
  chosen === 'light' || chosen === 'dark' ? chosen : 'system';

export type Encoding = 'br' | 'gzip' | undefined;

export const chooseEncoding = (acceptEncoding: string | string[] | undefined): Encoding => {
  const accepted = String(acceptEncoding ?? '');
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted)) return 'br';
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted) ? 'gzip' : undefined;
};

const brotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** A page that is made for one request: packed quickly rather than well. */
export const pack = async (html: string, encoding: Encoding): Promise<Buffer> => {
  const bytes = Buffer.from(html);
  if (encoding === 'br') return brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  return encoding === 'gzip' ? toGzip(bytes, { level: 5 }) : bytes;
};
