import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { docsMessages, type DocsLanguage } from './docs-messages.ts';

/** Tokens of the design in both themes; one column that fits 390 px and 1440. */
const style = `
@font-face{font-family:Archivo;font-weight:100 900;font-display:swap;src:url(/docs/archivo.woff2) format("woff2")}
:root{color-scheme:light dark;--bg:#F6F7F9;--surface:#FFF;--sunken:#EEF1F4;--line:#E3E7EC;
--text:#151A21;--text-2:#4B5563;--primary:#0B5F69}
@media (prefers-color-scheme:dark){:root{--bg:#0F1419;--surface:#161C23;--sunken:#1D252E;
--line:#242D37;--text:#E8EDF2;--text-2:#A9B4C0;--primary:#6CC7CF}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:15px/24px Archivo,system-ui,sans-serif}
header{background:var(--surface);border-bottom:1px solid var(--line)}
nav,main{max-width:860px;margin:0 auto;padding:0 20px}
nav{display:flex;flex-wrap:wrap;gap:0 20px;align-items:center;padding-top:12px;padding-bottom:12px}
nav a{display:inline-flex;align-items:center;min-height:40px;font-size:14px;color:var(--text);text-decoration:none}
nav a:hover{text-decoration:underline}
nav .mark{gap:10px;font-weight:700;font-size:20px;margin-right:auto}
nav .mark:hover{text-decoration:none}
@media (max-width:560px){nav .mark{width:100%}}
main{padding-bottom:64px}
h1{font-size:26px;line-height:32px;letter-spacing:-.015em;margin:24px 0 8px;overflow-wrap:anywhere}
h2{font-size:20px;line-height:28px;margin:32px 0 8px}
p{margin:0 0 16px;color:var(--text-2)}
a{color:var(--primary)}
a:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--primary);outline-offset:2px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:8px 20px;margin:0 0 16px}
dt{color:var(--text-2)}dd{margin:0;overflow-wrap:anywhere}
ul{list-style:none;margin:0 0 16px;padding:0;background:var(--surface);border:1px solid var(--line);border-radius:12px}
li{padding:12px 16px}li+li{border-top:1px solid var(--line)}
li a{display:inline-block;min-height:24px;font-weight:600;overflow-wrap:anywhere}
li span{display:block;color:var(--text-2);font-size:14px;line-height:20px}
code,pre{font:13px/20px "Chivo Mono",ui-monospace,monospace}
pre{margin:0 0 16px;padding:16px;background:var(--sunken);border-radius:10px;overflow-x:auto}`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** The mark of the pages: it is the way back to the beginning of the documentation. */
const mark =
  '<svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true"><rect width="26" height="26" rx="8" fill="#0B5F69"/><circle cx="18" cy="18" r="4" fill="#F5B82E"/></svg>';

/** The typeface of the pages, served by whoever serves these pages. */
export const readTypeface = (): Buffer =>
  readFileSync(
    createRequire(import.meta.url).resolve(
      '@fontsource-variable/archivo/files/archivo-latin-wght-normal.woff2',
    ),
  );

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);

/** The language that was chosen for all of Plaza, else that of the browser, else Spanish. */
export const languageOf = ({ headers, url }: FastifyRequest): DocsLanguage => {
  if (/^\/docs\/eventos(?:[/?]|$)|^\/docs\/errores(?:[/?]|$)/.test(url)) return 'es';
  const chosen = /(?:^|;\s*)plaza_language=(es|en)\b/.exec(headers.cookie ?? '')?.[1];
  if (chosen !== undefined) return chosen as DocsLanguage;
  const accepted = headers['accept-language'] ?? '';
  const [first] = accepted
    .split(',')
    .map((part) => {
      const [tag = '', q = 'q=1'] = part.trim().split(/;\s*/);
      return { tag: tag.slice(0, 2).toLowerCase(), weight: Number(q.replace('q=', '')) || 0 };
    })
    .filter(({ tag }) => tag === 'es' || tag === 'en')
    .toSorted((a, b) => b.weight - a.weight);
  return first ? (first.tag as DocsLanguage) : accepted === '' ? 'en' : 'es';
};

/** Where the lists are, in each language. */
export const docsPaths = {
  es: { events: '/docs/eventos', errors: '/docs/errores' },
  en: { events: '/docs/events', errors: '/docs/errors' },
} as const;

/** Sends one page of the documentation; `body` is HTML whose values are escaped. */
export const sendDocsPage = (
  reply: FastifyReply,
  language: DocsLanguage,
  title: string,
  body: string,
): FastifyReply => {
  const say = docsMessages[language];
  const paths = docsPaths[language];
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title.slice(0, 50))} · Plaza</title>
<link rel="preload" href="/docs/archivo.woff2" as="font" type="font/woff2" crossorigin>
<style>${style}</style>
</head>
<body>
<header>
<nav aria-label="${escapeHtml(say.title)}">
<a class="mark" href="/docs">${mark}Plaza</a>
<a href="/docs/api/">${escapeHtml(say.api)}</a>
<a href="${paths.events}">${escapeHtml(say.events)}</a>
<a href="${paths.errors}">${escapeHtml(say.errors)}</a>
</nav>
</header>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
  return reply
    .headers({
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'content-language': language,
      vary: 'Accept-Language, Cookie',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    })
    .type('text/html; charset=utf-8')
    .send(html);
};

export const json = (value: unknown, label: string): string =>
  `<pre tabindex="0" aria-label="${escapeHtml(label)}">${escapeHtml(JSON.stringify(value, null, 2))}</pre>`;

export const linkList = (
  items: readonly Readonly<{ to: string; name: string; text: string }>[],
): string =>
  `<ul>${items
    .map(
      ({ to, name, text }) =>
        `<li><a href="${escapeHtml(to)}">${escapeHtml(name)}</a><span>${escapeHtml(text)}</span></li>`,
    )
    .join('')}</ul>`;
