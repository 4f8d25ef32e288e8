import { createRandom } from './seeded-random.ts';

/** What one case of a property is made of: edges come as often as what lies between them. */
export type Draw = Readonly<{
  /** From 0 to below `count`. */
  below: (count: number) => number;
  /** Both ends included; small, large and the ends themselves alike. */
  bigint: (least: bigint, most: bigint) => bigint;
  of: <T>(values: readonly T[]) => T;
  list: <T>(least: number, most: number, make: () => T) => T[];
  /** Of these characters, which need not be one unit each. */
  text: (characters: readonly string[], least: number, most: number) => string;
  isHeads: () => boolean;
}>;

const drawFrom = (random: () => number): Draw => {
  const below = (count: number): number => Math.floor(random() * count);
  const of = <T>(values: readonly T[]): T => values[below(values.length)]!;
  const list = <T>(least: number, most: number, make: () => T): T[] => {
    const made: T[] = [];
    for (let n = least + below(most - least + 1); n > 0; n--) made.push(make());
    return made;
  };
  return {
    below,
    of,
    list,
    isHeads: () => random() < 0.5,
    text: (characters, least, most) => {
      let made = '';
      for (let n = least + below(most - least + 1); n > 0; n--) made += of(characters);
      return made;
    },
    bigint: (least, most) => {
      const span = most - least;
      const way = below(8);
      if (way === 0) return least;
      if (way === 1) return most;
      // As many digits as anything: most amounts would have all of them otherwise.
      const bits = below(Math.floor(Math.log2(Number(span) + 1)) + 2);
      const drawn = (BigInt(below(2 ** 31)) << 31n) | BigInt(below(2 ** 31));
      const some = (drawn & ((1n << BigInt(bits)) - 1n)) % (span + 1n);
      return way === 2 ? most - some : least + some;
    },
  };
};

const usual = Number(process.env['TEST_CASES'] ?? 100_000);

/**
 * Runs a property on a hundred thousand cases, or `TEST_CASES` before a commit, in about a second where fast-check takes ten: it makes
 * nothing that only shrinking needs. A case that fails is named by its number and seed; `TEST_SEED`
 * runs the same cases again.
 */
export const manyCases = (property: (draw: Draw) => void, count = usual): void => {
  const seed = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const draw = drawFrom(createRandom(seed));
  for (let n = 1; n <= count; n++) {
    try {
      property(draw);
    } catch (error) {
      throw new Error(`case ${n} of TEST_SEED=${seed}: ${String(error)}`, { cause: error });
    }
  }
};
