import type { Cli } from './cli.ts';

/** One line on standard error that is written over; without a terminal it stays silent. */
export const createProgressLine = (
  cli: Cli,
): { show: (text: string) => void; clear: () => void } => {
  let isShown = false;
  const write = (text: string): void => void process.stderr.write(`\r\x1b[2K${text}`);
  return {
    show: (text) => {
      if (!cli.isInteractive.error) return;
      isShown = true;
      write(`  ${text}`);
    },
    clear: () => {
      if (isShown) write('');
      isShown = false;
    },
  };
};
