import type { Messages } from '@lingui/core';

/** The words for failures, apart from the words of pages. */
export const loadProblemTexts = async (language: string): Promise<Messages> => {
  const catalogue = await (language === 'en'
    ? import('./messages/en.json')
    : import('./messages/es.json'));
  return catalogue.default;
};
