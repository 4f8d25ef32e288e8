/** The languages that every text for people is in. */
export type Language = 'es' | 'en';

/** The first of our languages that the reader prefers (RFC 9110, 12.5.4). */
export const preferredLanguage = (
  acceptLanguage: string | undefined,
  fallback: Language,
): Language => {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .slice(0, 20)
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return {
        language: tag.slice(0, 2).toLowerCase(),
        quality: quality ? Number(quality.trim().slice(2)) : 1,
      };
    })
    .filter(({ language, quality }) => (language === 'es' || language === 'en') && quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  return (wanted[0]?.language as Language | undefined) ?? fallback;
};
