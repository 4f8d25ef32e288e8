import { createHash } from 'node:crypto';
import { productName } from '#shared/kernel/shop-name.ts';
import type { FastifyInstance } from 'fastify';
import type { PageLanguage } from './messages.ts';

/** Tokens of the design (experience 3.1), light and dark; one column that fits 390 px and 1440. */
const style = `
:root{color-scheme:light dark;--bg:#F6F7F9;--surface:#FFFFFF;--line:#D3D8DE;--control:#808A97;
--text:#151A21;--text-2:#4B5563;--primary:#0B5F69;--hover:#094C54;--ink:#FFFFFF;--danger:#B8231B;
--danger-soft:#FDECEA;--sunken:#EEF1F4}
@media (prefers-color-scheme:dark){:root{--bg:#0F1419;--surface:#161C23;--line:#2F3944;
--control:#66727F;--text:#E8EDF2;--text-2:#A9B4C0;--primary:#6CC7CF;--hover:#4FB3BC;--ink:#06181A;
--danger:#FF8A80;--danger-soft:#3A1815;--sunken:#1D252E}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:16px/24px Archivo,system-ui,sans-serif}
main{max-width:440px;margin:0 auto;padding:48px 20px 64px}
.mark{font-weight:600;overflow-wrap:anywhere;color:var(--primary);margin:0 0 32px}
h1{font-size:26px;line-height:32px;font-weight:600;letter-spacing:-.015em;margin:0 0 8px;text-wrap:balance}
p{margin:0 0 24px;color:var(--text-2)}
label{display:block;font-weight:500;margin:20px 0 4px}
input{display:block;width:100%;height:48px;padding:0 12px;font:inherit;color:inherit;
background:var(--surface);border:1px solid var(--control);border-radius:10px}
input[aria-invalid=true]{border-color:var(--danger)}
.choice{display:flex;align-items:center;gap:12px;min-height:44px;margin:0;font-weight:400}
.choice input{width:20px;height:20px;margin:0;accent-color:var(--primary)}
fieldset{margin:0;padding:0;border:0}
.hint,.error{display:block;font-size:13px;line-height:18px;margin:4px 0 0;color:var(--text-2)}
.error{color:var(--danger)}
.summary{color:var(--danger);background:var(--danger-soft);border-radius:8px;padding:12px;margin:0 0 8px}
button,.button{display:inline-flex;align-items:center;justify-content:center;width:100%;height:48px;
margin:32px 0 0;padding:0 20px;font:inherit;font-weight:600;color:var(--ink);background:var(--primary);
border:0;border-radius:10px;text-decoration:none;cursor:pointer}
button:hover,.button:hover{background:var(--hover)}
:focus-visible{outline:2px solid var(--primary);outline-offset:2px}
button.quiet{margin-top:12px;background:none;color:var(--text);border:1px solid var(--control)}
button.quiet:hover{background:var(--sunken)}
ul{list-style:none;margin:0 0 24px;padding:0;background:var(--surface);border:1px solid var(--line);border-radius:10px}
li{padding:12px 16px}
li+li{border-top:1px solid var(--line)}
strong{color:var(--text);font-weight:600;overflow-wrap:anywhere}
code{display:block;padding:12px;background:var(--sunken);border-radius:8px;overflow-wrap:anywhere;
font:13px/18px "Chivo Mono",ui-monospace,monospace;color:var(--text)}`;

const styleHash = createHash('sha256').update(style).digest('base64');

/**
 * No script, no foreign origin, no frame; a form goes to this page only. `returnTo`: where it may be
 * sent on to, since browsers hold redirects after a form to the same list.
 */
export const pageHeadersFor = (returnTo = '') =>
  ({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'${returnTo}; base-uri 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
    // A secret is in the address: it must not travel on.
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
  }) as const;

export const pageHeaders = pageHeadersFor();

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => escapes[character] ?? '&quot;');

/** The same page of a shop of this name. */
export const nameOnPage = (html: string, name: string): string => {
  const shown = escapeHtml(name);
  return html
    .replace(` · ${productName}</title>`, () => ` · ${shown}</title>`)
    .replace(`<p class="mark">${productName}</p>`, () => `<p class="mark"><bdi>${shown}</bdi></p>`);
};

/** Puts the name of the shop on the pages that this part of the application sends. */
export const useShopName = (app: FastifyInstance, shopName: () => Promise<string>): void => {
  app.addHook('onSend', async (_request, reply, payload) => {
    const isPage = String(reply.getHeader('content-type')).startsWith('text/html');
    return isPage && typeof payload === 'string' ? nameOnPage(payload, await shopName()) : payload;
  });
};

export const page = (
  language: PageLanguage,
  title: string,
  body: string,
): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · ${productName}</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="mark">${productName}</p>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
