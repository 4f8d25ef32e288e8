import type { FastifyRequest } from 'fastify';
import { productName } from '#shared/kernel/shop-name.ts';
import { regionOf } from './regions.ts';
import type { Language, PageSetting } from '../render-contract.ts';
import { brandStylePath } from './brand-style.ts';
import { readCookies } from './cookies.ts';
import {
  chooseLanguage,
  chooseTheme,
  languageCookie,
  pseudoCookie,
  themeCookie,
} from './negotiate.ts';
import type { ShopSetting } from './shop.ts';
import type { Visitor } from './visitor.ts';
import type { WebOptions } from './web-routes.ts';

const languageOfPath = (path: string): Language | undefined =>
  (/^\/(es|en)(?:[/?]|$)/.exec(path) ??
    // Nobody has chosen yet who opens the setup link, and without scripts there is no cookie.
    /^\/web\/(?:instalar|setup)\/[^?]*\?idioma=(es|en)$/.exec(path))?.[1] as Language | undefined;

/** The language and the theme of who asks. */
export const lookOf = (request: FastifyRequest, fallback: Language) => {
  const cookies = readCookies(request.headers.cookie);
  const language =
    languageOfPath(request.url) ??
    chooseLanguage(cookies.get(languageCookie), request.headers['accept-language'], fallback);
  return { language, theme: chooseTheme(cookies.get(themeCookie)) };
};

/** What a page is rendered with: who looks at it, how, and what the shop says of itself. */
export const settingOf = (
  request: FastifyRequest,
  visitor: Visitor,
  { name, country, brandColour, returnDays }: ShopSetting,
  { publicUrl, currency, language: fallback, isDevelopment, now = Date.now }: WebOptions,
): PageSetting => {
  const cookies = readCookies(request.headers.cookie);
  const { language, theme } = lookOf(request, fallback);
  const { region, timeZone } = regionOf(currency, country);
  const brandStyle = brandStylePath(brandColour);
  return {
    language,
    locale: `${language}-${region}`,
    timeZone,
    currency,
    shopName: name ?? productName,
    theme,
    origin: publicUrl(),
    viewer: visitor.viewer,
    hasCart: visitor.hasCart,
    isDevelopment,
    ...(brandStyle === undefined ? {} : { brandStyle }),
    returnDays,
    isPseudo: isDevelopment && cookies.get(pseudoCookie) === 'on',
    now: now(),
  };
};
