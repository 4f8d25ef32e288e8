import type { Messages } from '@lingui/core';

type Module = Readonly<{ default: unknown }>;
/** The words of a part, each language loaded when it is wanted. */
export type Words = Readonly<{ es: () => Promise<Module>; en: () => Promise<Module> }>;

/** The words of an application: its own and those of the kit, in one language. */
export const loadCatalogues = async (
  language: string,
  ...own: readonly Words[]
): Promise<readonly Messages[]> => {
  const isEnglish = language === 'en';
  const modules: readonly Module[] = await Promise.all([
    isEnglish ? import('./messages/en.json') : import('./messages/es.json'),
    ...own.map((words) => (isEnglish ? words.en() : words.es())),
  ]);
  return modules.map((module) => module.default as Messages);
};
