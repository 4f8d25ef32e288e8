import type { EntryAssets, PageSetting } from '../../render-contract.ts';
import { embedJson, escapeHtml } from './head.ts';

/** What the server rendered, and the browser goes on with. */
export type Handover = Readonly<{
  setting: PageSetting;
  hasWordedFailure?: boolean;
  loaderData?: Readonly<Record<string, unknown>>;
  actionData?: Readonly<Record<string, unknown>> | null;
  errors?: Readonly<Record<string, unknown>> | null;
}>;

export const handoverId = 'handover';

/** The whole document around what was rendered; each page names its own files, and loads no others. */
export const documentHtml = (
  parts: Readonly<{
    setting: PageSetting;
    head: string;
    body: string;
    handover: Handover;
    assets: EntryAssets;
    preloads: readonly string[];
    nonce: string;
    skipText: string;
  }>,
): string => {
  const { setting, head, body, handover, assets, preloads, nonce, skipText } = parts;
  const theme = setting.theme === 'system' ? '' : ` data-theme="${setting.theme}"`;
  const modules = [...new Set([...assets.preloads, ...preloads])].filter(
    (file) => file !== assets.script,
  );
  return `<!doctype html>
<html lang="${setting.language}"${theme}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
${head}
${assets.font === undefined ? '' : `<link rel="preload" href="${assets.font}" as="font" type="font/woff2" crossorigin>`}
${[...assets.styles, ...(setting.brandStyle === undefined ? [] : [setting.brandStyle])].map((file) => `<link rel="stylesheet" href="${file}">`).join('\n')}
${modules.map((file) => `<link rel="modulepreload" href="${file}">`).join('\n')}
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="icon" href="/favicon.ico" sizes="32x32">
<link rel="apple-touch-icon" href="/apple-touch-icon.png">
<link rel="manifest" href="/site.webmanifest">
<meta name="theme-color" content="#ffffff" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#161c23" media="(prefers-color-scheme: dark)">
</head>
<body>
<a href="#content" class="skip-link inline-flex h-11 items-center rounded-control bg-primary-fill px-4 font-semibold text-on-primary">${escapeHtml(skipText)}</a>
<div id="root">${body}</div>
<script type="application/json" id="${handoverId}">${embedJson(handover)}</script>
<script type="module" nonce="${nonce}" src="${assets.script}"></script>
</body>
</html>
`;
};

/** What the server left for the browser. */
export const readHandover = (): Handover =>
  JSON.parse(document.getElementById(handoverId)?.textContent ?? '{}') as Handover;
