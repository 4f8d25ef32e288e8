export type Option = Readonly<{ name: string; values: string }>;

export const valuesOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(',')
      .map((value) => value.trim())
      .filter((value) => value !== ''),
  ),
];

/** Every choice that a buyer can make, in the order of the options; one empty choice without any. */
export const combinationsOf = (
  options: readonly Option[],
): readonly Readonly<Record<string, string>>[] =>
  options
    .filter(({ name, values }) => name.trim() !== '' && valuesOf(values).length > 0)
    .reduce<readonly Readonly<Record<string, string>>[]>(
      (found, { name, values }) =>
        found.flatMap((choice) =>
          valuesOf(values).map((value) => ({ ...choice, [name.trim()]: value })),
        ),
      [{}],
    );
