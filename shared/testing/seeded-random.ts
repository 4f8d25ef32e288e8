/** mulberry32: small, fast, and the same numbers for the same seed everywhere. */
export const createRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** Random numbers of a seed that is printed when used; TEST_SEED repeats a run. */
export const seededRandom = (isUsed: boolean): (() => number) => {
  const seed = Number(process.env['TEST_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  if (isUsed) process.stderr.write(`TEST_SEED=${seed}\n`);
  return createRandom(seed);
};
