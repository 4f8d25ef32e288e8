import type { Language, PageSetting } from '../../render-contract.ts';

/** What a page says of itself to browsers, robots and whoever shares it. */
export type Head = Readonly<{
  title: string;
  description?: string;
  /** Without origin; undefined: the page is for one person, and nobody finds it by searching. */
  path?: string;
  /** The same page in each language. */
  alternates?: Readonly<Record<Language, string>>;
  isIndexed?: boolean;
  image?: string;
  type?: 'website' | 'product';
  /** Schema.org, as it is shown on the page. */
  jsonLd?: readonly object[];
}>;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (char) => escapes[char]!);

/** JSON inside of a page: no `<` can end its element. */
export const embedJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028');

export const titleMax = 60;

/** A title that fits: the shop's name goes first, then what is too long is cut at a word. */
export const fitTitle = (title: string, shop: string): string => {
  const whole = `${title} · ${shop}`;
  if (whole.length <= titleMax) return whole;
  if (title.length <= titleMax) return title;
  return `${title.slice(0, titleMax - 1).replace(/\s+\S*$/, '')}…`;
};

const meta = (kind: 'name' | 'property', name: string, content: string): string =>
  `<meta ${kind}="${name}" content="${escapeHtml(content)}">`;

/** The elements of `head`, in the document that the server sends. */
export const headHtml = (
  head: Head,
  { origin, language, shopName: shop }: Pick<PageSetting, 'origin' | 'language' | 'shopName'>,
): string => {
  const { title, description, path, alternates, image, isIndexed = true } = head;
  const whole = title === shop ? shop : fitTitle(title, shop);
  const lines = [`<title>${escapeHtml(whole)}</title>`];
  if (description !== undefined) lines.push(meta('name', 'description', description));
  if (path === undefined || !isIndexed) lines.push(meta('name', 'robots', 'noindex'));
  if (path !== undefined) {
    lines.push(`<link rel="canonical" href="${escapeHtml(origin + path)}">`);
    lines.push(meta('property', 'og:url', origin + path));
  }
  if (alternates && isIndexed)
    lines.push(
      ...(['es', 'en'] as const).map(
        (name) =>
          `<link rel="alternate" hreflang="${name}" href="${escapeHtml(origin + alternates[name])}">`,
      ),
      `<link rel="alternate" hreflang="x-default" href="${escapeHtml(origin + alternates.es)}">`,
    );
  lines.push(
    meta('property', 'og:site_name', shop),
    meta('property', 'og:title', title),
    meta('property', 'og:type', head.type ?? 'website'),
    meta('property', 'og:locale', language === 'es' ? 'es_419' : 'en_US'),
    meta('property', 'og:image', new URL(image ?? '/assets/social.png', origin).href),
    meta('name', 'twitter:card', 'summary_large_image'),
  );
  if (description !== undefined) lines.push(meta('property', 'og:description', description));
  for (const item of head.jsonLd ?? [])
    lines.push(`<script type="application/ld+json">${embedJson(item)}</script>`);
  return lines.join('\n');
};
