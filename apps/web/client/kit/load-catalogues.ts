import type { Messages } from '@lingui/core';

type Module = Readonly<{ default: unknown }>;

/** The words of an application: its own and those of the kit, in one language. */
export const loadCatalogues = async (
  language: string,
  own: Readonly<{ es: () => Promise<Module>; en: () => Promise<Module> }>,
): Promise<readonly Messages[]> => {
  const isEnglish = language === 'en';
  const modules: readonly Module[] = await Promise.all([
    isEnglish ? import('./messages/en.json') : import('./messages/es.json'),
    isEnglish ? own.en() : own.es(),
  ]);
  return modules.map((module) => module.default as Messages);
};
