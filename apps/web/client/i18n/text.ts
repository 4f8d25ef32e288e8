import { setupI18n, type I18n, type Messages } from '@lingui/core';

/** What fills the places of a message. */
export type Values = Readonly<Record<string, string | number>>;

/** The words of one page in one language. Each request of the server has its own. */
export type Text = Readonly<{
  language: string;
  /** The message of `key`, with its plurals and values settled. */
  say: (key: string, values?: Values) => string;
  has: (key: string) => boolean;
  /** Whether a failure was worded: then the other side needs those words from the beginning. */
  hasWordedFailure: () => boolean;
  /** Joins further catalogues, such as those of a part that loads later. */
  add: (catalogue: Messages) => void;
}>;

export const createText = (language: string, locale: string, ...catalogues: Messages[]): Text => {
  const i18n: I18n = setupI18n({
    locale,
    locales: [locale],
    messages: { [locale]: Object.assign({}, ...catalogues) as Messages },
  });
  let isFailureWorded = false;
  return {
    language,
    say: (key, values) => {
      isFailureWorded ||= key.startsWith('problem.') || key.startsWith('field.');
      return i18n._(key, values as Record<string, unknown> | undefined);
    },
    hasWordedFailure: () => isFailureWorded,
    has: (key) => i18n.messages[key] !== undefined,
    add: (catalogue) => i18n.load(locale, catalogue),
  };
};
