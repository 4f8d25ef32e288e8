import { en } from './messages-en.ts';
import { es, type Messages } from './messages-es.ts';

export type { Messages };
export type Language = 'es' | 'en';
type Environment = Readonly<Record<string, string | undefined>>;

export const catalogues: Readonly<Record<Language, Messages>> = { es, en };

/** The person's choice for Plaza, else what the terminal speaks (POSIX order), else English. */
export const chooseLanguage = (environment: Environment): Language => {
  const { PLAZA_LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = environment;
  const chosen = [PLAZA_LANGUAGE, LC_ALL, LC_MESSAGES, LANG].find((value) => value);
  return chosen !== undefined && /^es(?![a-z])/i.test(chosen) ? 'es' : 'en';
};
