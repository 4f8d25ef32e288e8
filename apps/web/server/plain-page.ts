import { DomainError } from '#shared/kernel/errors.ts';
import type { Credit, EntryAssets, Language, Theme } from '../render-contract.ts';
import { plainTexts } from './messages.ts';

const escaped: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => escaped[sign]!);

/** An empty counter, as the store draws it where a page is not there. */
const counter = `<svg width="168" height="112" viewBox="0 0 168 112" aria-hidden="true" class="fill-none">
<rect x="8" y="58" width="152" height="12" rx="4" class="fill-mark"/>
<rect x="18" y="70" width="132" height="34" rx="4" class="fill-sunken stroke-line-2"/>
<path d="M52 70v34M84 70v34M116 70v34" class="stroke-line-2"/>
<rect x="66" y="26" width="36" height="32" rx="4" class="fill-surface stroke-control" stroke-dasharray="4 4"/>
<circle cx="134" cy="49" r="9" class="fill-accent"/>
</svg>`;

/** How such a page looks, and whose it is. */
type Look = Readonly<{
  shopName: string;
  language: Language;
  theme: Theme;
  assets: Pick<EntryAssets, 'styles' | 'font'>;
}>;

/** Whether the services are away for a while, rather than that something is broken. */
export const isAway = (error: unknown): boolean =>
  error instanceof DomainError
    ? error.kind === 'unavailable'
    : /^(?:ECONN|EHOST|ENET|EPIPE|ETIMEDOUT)/.test(String((error as { code?: unknown }).code));

/** Which pages are told so: of what a person asked wrongly, the rest of the server says more. */
export const isOurFault = (error: unknown): boolean => {
  if (error instanceof DomainError) return ['internal', 'unavailable'].includes(error.kind);
  const status = (error as { statusCode?: number }).statusCode;
  return status === undefined || status >= 500;
};

/** A whole document that needs no script: a header with the shop's name, and what `main` holds. */
const documentAround = (
  { shopName, language, theme, assets }: Look,
  title: string,
  mainClasses: string,
  main: string,
): string => `<!doctype html>
<html lang="${language}"${theme === 'system' ? '' : ` data-theme="${theme}"`} data-ready="true">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="robots" content="noindex">
<title>${title} · ${escapeHtml(shopName)}</title>
${assets.styles.map((file) => `<link rel="stylesheet" href="${file}">`).join('\n')}
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
</head>
<body>
<div id="root" class="flex flex-col">
<header class="border-b border-line bg-surface"><div class="container-shop flex h-14 items-center gap-2 text-h3 font-bold"><svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true"><rect width="26" height="26" rx="8" class="fill-mark"/><circle cx="17" cy="17" r="4" class="fill-accent"/></svg>${escapeHtml(shopName)}</div></header>
<main id="content" class="container-shop flex flex-1 flex-col ${mainClasses}">
${main}
</main>
</div>
</body>
</html>
`;

const link =
  'inline-flex h-11 items-center rounded-control bg-primary-fill px-4 font-semibold text-on-primary';
const heading = (title: string): string =>
  `<h1 class="text-h2-small md:text-h1" tabindex="-1">${title}</h1>`;

/**
 * A page where none could be rendered: while the shop is closed or its services are away, and when
 * rendering itself failed. It needs nothing but a style sheet, and is whole without that one too.
 */
export const plainPage = ({
  kind,
  requestId,
  nonce,
  ...look
}: Look & Readonly<{ kind: 'away' | 'failed'; requestId: string; nonce: string }>): string => {
  const { language } = look;
  const text = plainTexts[language];
  const title = kind === 'away' ? text.awayTitle : text.failedTitle;
  const support =
    kind === 'away'
      ? ''
      : `<p class="font-mono text-caption text-text-3">${text.requestId}: <span id="id">${escapeHtml(requestId)}</span>
<button type="button" hidden class="inline-flex min-h-8 items-center px-2 font-sans font-medium text-text-2 underline" aria-live="polite">${text.copy}</button></p>
<script nonce="${nonce}">const b=document.querySelector('button');if(navigator.clipboard){b.hidden=false;b.onclick=()=>navigator.clipboard.writeText(document.getElementById('id').textContent).then(()=>{b.textContent='${text.copied}'})}</script>`;
  return documentAround(
    look,
    title,
    'items-center gap-4 py-16 text-center',
    `${counter}
<p class="font-mono text-caption text-text-3">${kind === 'away' ? 503 : 500}</p>
${heading(title)}
<p class="max-w-md text-body text-text-2">${kind === 'away' ? text.awayText : text.failedText}</p>
<p><a href="" class="${link}">${text.retry}</a></p>
${support}`,
  );
};

/** Whose work comes with the pages, and by which licence. */
export const creditsPage = (look: Look, credits: readonly Credit[]): string => {
  const text = plainTexts[look.language];
  const items = credits.map(
    ({ name, version, licence, text: whole }) =>
      `<details class="border-b border-line"><summary class="py-3 text-body"><span class="font-semibold">${escapeHtml(name)}</span> ${escapeHtml(version)} · ${escapeHtml(licence)}</summary>
<div lang="en" class="flex max-w-xl flex-col gap-3 pb-4 text-small text-text-2">${whole
        .split(/\n\s*\n/)
        .map((part) => `<p>${escapeHtml(part)}</p>`)
        .join('')}</div></details>`,
  );
  return documentAround(
    look,
    text.creditsTitle,
    'gap-5 py-6',
    `${heading(text.creditsTitle)}
<p class="max-w-xl text-body text-text-2">${text.creditsText}</p>
<div>${items.join('\n')}</div>
<p><a href="/${look.language}" class="${link}">${text.home}</a></p>`,
  );
};
