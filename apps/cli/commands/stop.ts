import type { Command } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { isAlive, requireRunning } from '../running.ts';

const patienceMs = 10_000;
const pollMs = 50;

/** Asks the running Plaza to end, and answers when its process is gone. */
const stop: Command = async (cli) => {
  const { pid } = await requireRunning(cli);
  process.kill(pid, 'SIGTERM');
  const end = performance.now() + patienceMs;
  while (isAlive(pid)) {
    if (performance.now() > end) {
      cli.say(cli.text.stopSlow(pid));
      return exitCodes.failed;
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  cli.print(cli.text.stopDone);
  return exitCodes.ok;
};

export default stop;
