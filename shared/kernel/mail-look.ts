import { brandColours } from './brand-colours.ts';
import { productName } from './shop-name.ts';

/** The languages that people are written to in. */
export type MailLanguage = 'es' | 'en';

/** What stands in a mail, from top to bottom. */
export type MailBlock =
  | Readonly<{ kind: 'text'; text: string }>
  /** To be typed: large, and alone on its line. */
  | Readonly<{ kind: 'code'; text: string }>
  /** The link is shown as text too, for readers that show no button. */
  | Readonly<{ kind: 'link'; label: string; url: string }>;

const footers: Readonly<Record<MailLanguage, string>> = {
  es: 'envió este correo de forma automática. Nadie lee las respuestas.',
  en: 'sent this e-mail automatically. Replies are not read.',
};
const signedBy = (name: string): readonly string[] =>
  Object.values(footers).map((footer) => `${name} ${footer}`);

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => escapes[character] ?? '&quot;');

const font = 'Archivo, system-ui, -apple-system, Segoe UI, sans-serif';
const text1 = '#151A21';
const text2 = '#4B5563';
const primary = '#0B5F69';

/** Readers that know it follow the dark theme; the others keep the colours on the elements. */
const darkStyle = `@media (prefers-color-scheme: dark) {
.page { background: #0F1419 !important } .card { background: #161C23 !important; border-color: #2F3944 !important }
.text { color: #E8EDF2 !important } .quiet { color: #A9B4C0 !important } .code { background: #1D252E !important }
.link { color: #6CC7CF !important } .fill { background: #6CC7CF !important; color: #06181A !important } }`;

const petrol = {
  light: { primary, onPrimary: '#FFFFFF' },
  dark: { primary: '#6CC7CF', onPrimary: '#06181A' },
} as const;

/** The same mail in the colour of the shop, which is read in both themes. */
export const paintMail = (html: string, colour: string): string => {
  const { light, dark } = brandColours(colour);
  return html
    .replaceAll(petrol.light.primary, light.primary)
    .replaceAll(petrol.dark.primary, dark.primary)
    .replaceAll(petrol.dark.onPrimary, dark.onPrimary);
};

const markEnd = '</td></tr>';
const markOf = (name: string): string => `font-weight: 700">${name}${markEnd}`;

/** The same mail from a shop of this name: above it, and where it is signed. */
export const nameMail = <Mail extends Readonly<{ text: string; html?: string | undefined }>>(
  mail: Mail,
  name: string,
): Mail => {
  const shown = `<bdi>${escapeHtml(name)}</bdi>`;
  const ours = signedBy(productName);
  const put = (text: string, theirs: readonly string[]): string =>
    ours.reduce((all, line, i) => {
      const at = all.lastIndexOf(line);
      return at === -1 ? all : all.slice(0, at) + theirs[i] + all.slice(at + line.length);
    }, text);
  return {
    ...mail,
    text: put(mail.text, signedBy(name)),
    ...(mail.html === undefined
      ? {}
      : {
          html: put(
            mail.html.replace(markOf(productName), () => markOf(shown)),
            signedBy(shown),
          ),
        }),
  };
};

const blockHtml = (block: MailBlock): string => {
  switch (block.kind) {
    case 'text':
      return `<p class="text" style="margin: 0 0 16px; color: ${text1}">${escapeHtml(block.text)}</p>`;
    case 'code': {
      const style = `margin: 8px 0 24px; padding: 16px; background: #EEF1F4; border-radius: 10px; color: ${text1}; font-size: 28px; line-height: 36px; font-weight: 600; letter-spacing: 2px; text-align: center`;
      return `<p class="text code" style="${style}">${escapeHtml(block.text)}</p>`;
    }
    case 'link': {
      const url = escapeHtml(block.url);
      const button = `display: inline-block; padding: 12px 24px; background: ${primary}; border-radius: 10px; color: #FFFFFF; font-weight: 600; text-decoration: none`;
      const plain = `color: ${primary}; font-size: 14px; line-height: 20px; word-break: break-all`;
      return `<p style="margin: 8px 0 16px"><a class="fill" href="${url}" style="${button}">${escapeHtml(block.label)}</a></p>
<p style="margin: 0 0 24px"><a class="link" href="${url}" style="${plain}">${url}</a></p>`;
    }
  }
};

const isCode = /^\d{8}$/;
/** Eight digits are read in two halves. */
const shown = (block: MailBlock): MailBlock =>
  block.kind === 'code' && isCode.test(block.text)
    ? { kind: 'code', text: `${block.text.slice(0, 4)} ${block.text.slice(4)}` }
    : block;

/**
 * One look for every mail: text for those who read text, and the same as HTML in the colours of the
 * project, light and dark, without pictures and without anything that is fetched. The subject and what
 * mailboxes show beside it hold no code: they are seen on locked phones.
 */
export const composeMail = (
  mail: Readonly<{ language: MailLanguage; subject: string; blocks: readonly MailBlock[] }>,
): Readonly<{ subject: string; text: string; html: string }> => {
  const { language, subject, blocks } = mail;
  const footer = `${productName} ${footers[language]}`;
  const lines = blocks.map((block) => (block.kind === 'link' ? block.url : block.text));
  const html = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title><style>${darkStyle}</style></head>
<body class="page" style="margin: 0; background: #F6F7F9">
<div style="display: none; max-height: 0; overflow: hidden">${escapeHtml(subject)}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background: #F6F7F9"><tr><td align="center" style="padding: 32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width: 560px; font: 16px/24px ${font}; text-align: left">
<tr><td class="link" style="padding: 0 0 16px; color: ${primary}; font-size: 20px; line-height: 28px; ${markOf(productName)}
<tr><td class="card" style="padding: 32px 24px 16px; background: #FFFFFF; border: 1px solid #D3D8DE; border-radius: 12px">
<h1 class="text" style="margin: 0 0 24px; color: ${text1}; font-size: 22px; line-height: 28px; font-weight: 600">${escapeHtml(subject)}</h1>
${blocks.map((block) => blockHtml(shown(block))).join('\n')}
</td></tr>
<tr><td class="quiet" style="padding: 16px 0 0; color: ${text2}; font-size: 13px; line-height: 18px">${escapeHtml(footer)}</td></tr>
</table></td></tr></table></body></html>
`;
  return { subject, text: `${[...lines, '—', footer].join('\n\n')}\n`, html };
};
