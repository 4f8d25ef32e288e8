import type { MessageKey, Messages, PageLanguage } from './messages.ts';
import { escapeHtml, page } from './page.ts';

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
