/** So many work at once; who only waits gives its seat away and takes one again afterwards. */
export const createSeats = (count: number) => {
  let free = count;
  const waiting: (() => void)[] = [];
  const take = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const give = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return {
    sit: async <Result>(work: () => Promise<Result>): Promise<Result> => {
      await take();
      return work().finally(give);
    },
    away: async <Result>(wait: () => Promise<Result>): Promise<Result> => {
      give();
      try {
        return await wait();
      } finally {
        await take();
      }
    },
  };
};

export type Seats = ReturnType<typeof createSeats>;
