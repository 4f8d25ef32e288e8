import { useWholeText } from '../i18n/use-text.tsx';

/**
 * What the API says by a code, in words where there are some. What somebody wrote themselves, such as a
 * reason or a class of taxes, has none and stays as it is.
 */
export const useWordOr = (): ((key: string, code: string) => string) => {
  const { has, say } = useWholeText();
  return (key, code) => (has(key) ? say(key) : code);
};
