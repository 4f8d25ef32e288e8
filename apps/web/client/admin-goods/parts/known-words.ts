import { useWholeText } from '../../i18n/use-text.tsx';

/** Words for what the API names by a word of its own; a reason that somebody wrote stays as it is. */
export const useKnownWords = () => {
  const { say, has } = useWholeText();
  const wordOf = (key: string, otherwise: string): string => (has(key) ? say(key) : otherwise);
  return {
    provider: (name: string): string => wordOf(`provider.${name}`, name),
    refundReason: (reason: string): string => wordOf(`refund.why.${reason}`, reason),
  };
};
