/** Steps of a script that is no `node:test` file: each is told with its figure, and counted. */
export const createReport = () => {
  let passed = 0;
  let failed = 0;
  return {
    /** `work` answers the figure to show, and throws when the step fails. */
    step: async (name: string, work: () => Promise<string | void> | string | void) => {
      try {
        const figure = await work();
        passed += 1;
        console.log(`✔ ${name}${figure ? `: ${figure}` : ''}`);
      } catch (error) {
        failed += 1;
        console.log(`✖ ${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
    /** The closing line, and the exit code. */
    end: (): number => {
      console.log(`${passed} passed, ${failed} failed`);
      return failed === 0 ? 0 : 1;
    },
  };
};
