/** Words as they are compared: without accents and capitals. */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .trim();

/** Whether two words are the same but for one letter that is missing, too many, wrong or swapped. */
const isNearly = (typed: string, word: string): boolean => {
  if (Math.abs(typed.length - word.length) > 1 || typed.length < 4) return false;
  let at = 0;
  while (at < typed.length && typed[at] === word[at]) at++;
  const rest = (text: string, by: number): string => text.slice(at + by);
  return (
    rest(typed, 1) === rest(word, 1) ||
    rest(typed, 1) === rest(word, 0) ||
    rest(typed, 0) === rest(word, 1) ||
    (typed[at] === word[at + 1] && typed[at + 1] === word[at] && rest(typed, 2) === rest(word, 2))
  );
};

/** How well a name fits what is typed: 0 not at all, the more the better. */
export const scoreOf = (typed: string, name: string): number => {
  const [query, whole] = [fold(typed), fold(name)];
  if (query === '') return 1;
  if (whole.startsWith(query)) return 4;
  const words = whole.split(/\s+/);
  const asked = query.split(/\s+/);
  if (asked.every((part) => words.some((word) => word.startsWith(part)))) return 3;
  if (whole.includes(query)) return 2;
  const isClose = (part: string): boolean =>
    words.some((word) => isNearly(part, word) || isNearly(part, word.slice(0, part.length)));
  return asked.every(isClose) ? 1 : 0;
};
