import { createHash } from 'node:crypto';
import type { MessageKey, Messages, PageLanguage } from './messages.ts';

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
.mark{font-weight:600;color:var(--primary);margin:0 0 32px}
h1{font-size:26px;line-height:32px;font-weight:600;letter-spacing:-.015em;margin:0 0 8px;text-wrap:balance}
p{margin:0 0 24px;color:var(--text-2)}
label{display:block;font-weight:500;margin:20px 0 4px}
input{display:block;width:100%;height:48px;padding:0 12px;font:inherit;color:inherit;
background:var(--surface);border:1px solid var(--control);border-radius:10px}
input[aria-invalid=true]{border-color:var(--danger)}
.hint,.error{display:block;font-size:13px;line-height:18px;margin:4px 0 0;color:var(--text-2)}
.error{color:var(--danger)}
.summary{color:var(--danger);background:var(--danger-soft);border-radius:8px;padding:12px;margin:0 0 8px}
button,.button{display:inline-flex;align-items:center;justify-content:center;width:100%;height:48px;
margin:32px 0 0;padding:0 20px;font:inherit;font-weight:600;color:var(--ink);background:var(--primary);
border:0;border-radius:10px;text-decoration:none;cursor:pointer}
button:hover,.button:hover{background:var(--hover)}
:focus-visible{outline:2px solid var(--primary);outline-offset:2px}
code{display:block;padding:12px;background:var(--sunken);border-radius:8px;overflow-wrap:anywhere;
font:13px/18px "Chivo Mono",ui-monospace,monospace;color:var(--text)}`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** No script, no foreign origin, no frame; the form goes to this page only. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  // The token is in the address: it must not travel on.
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
} as const;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => escapes[character] ?? '&quot;');

const page = (language: PageLanguage, title: string, body: string): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · Plaza</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="mark">Plaza</p>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;

export type SetupField = 'email' | 'username' | 'password' | 'confirm_password';
export type SetupErrors = Readonly<Partial<Record<SetupField, MessageKey>>>;

type Field = Readonly<{
  name: SetupField;
  label: MessageKey;
  type: string;
  autocomplete: string;
  hint?: MessageKey;
}>;

const fields: readonly Field[] = [
  { name: 'email', label: 'email', type: 'email', autocomplete: 'email' },
  {
    name: 'username',
    label: 'username',
    type: 'text',
    autocomplete: 'username',
    hint: 'usernameHint',
  },
  {
    name: 'password',
    label: 'password',
    type: 'password',
    autocomplete: 'new-password',
    hint: 'passwordHint',
  },
  {
    name: 'confirm_password',
    label: 'confirmPassword',
    type: 'password',
    autocomplete: 'new-password',
  },
];

/** What was typed stays, passwords excepted. */
const fieldHtml = (field: Field, text: Messages, value: string, error?: MessageKey): string => {
  const { name, type, hint } = field;
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return `<label for="${name}">${escapeHtml(text[field.label])}</label>
<input id="${name}" name="${name}" type="${type}" autocomplete="${field.autocomplete}" required${
    type === 'password' ? '' : ` value="${escapeHtml(value)}"`
  }${described === '' ? '' : ` aria-describedby="${described}"`}${error ? ' aria-invalid="true"' : ''}>${
    hint ? `\n<span class="hint" id="${name}-hint">${escapeHtml(text[hint])}</span>` : ''
  }${error ? `\n<span class="error" id="${name}-error">${escapeHtml(text[error])}</span>` : ''}`;
};

export const setupForm = (
  language: PageLanguage,
  text: Messages,
  values: Readonly<Partial<Record<SetupField, string>>>,
  errors: SetupErrors,
): string => {
  const hasErrors = Object.keys(errors).length > 0;
  const inputs = fields.map((field) =>
    fieldHtml(field, text, values[field.name] ?? '', errors[field.name]),
  );
  return page(
    language,
    text.title,
    `<p>${escapeHtml(text.intro)}</p>
${hasErrors ? `<p class="summary" role="alert">${escapeHtml(text.fieldsNeedChanges)}</p>` : ''}
<form method="post" novalidate>
${inputs.join('\n')}
<button type="submit">${escapeHtml(text.submit)}</button>
</form>`,
  );
};

export const setupDone = (language: PageLanguage, text: Messages, username: string): string =>
  page(
    language,
    text.doneTitle,
    `<p>${escapeHtml(text.doneText.replace('{username}', username))}</p>
<a class="button" href="/docs">${escapeHtml(text.doneNext)}</a>`,
  );

export const setupDead = (language: PageLanguage, text: Messages): string =>
  page(
    language,
    text.deadTitle,
    `<p>${escapeHtml(text.deadText)}</p>\n<code>npx plaza admin create</code>`,
  );
