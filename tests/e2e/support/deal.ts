/** As many of each as its weight says, in any order. */
export const deal = <Name>(
  table: readonly (readonly [Name, number])[],
  count: number,
  random: () => number,
): readonly Name[] => {
  const total = table.reduce((sum, [, weight]) => sum + weight, 0);
  const dealt = Array.from({ length: count }, (_, i) => {
    let point = ((i + 0.5) / count) * total;
    return (table.find(([, weight]) => (point -= weight) < 0) ?? table[0]!)[0];
  });
  return dealt
    .map((name) => [random(), name] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, name]) => name);
};
