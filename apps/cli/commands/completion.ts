import { completionScript, type Shell } from '../completion.ts';
import type { Command } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { createProgram } from '../program.ts';

/** Prints the script; where it goes is each shell's own way (docs/reference/cli.md). */
const completion: Command<Readonly<{ shell: Shell }>> = async (cli, { shell }) => {
  cli.print(
    completionScript(
      createProgram(cli, () => {}),
      shell,
    ),
  );
  return exitCodes.ok;
};

export default completion;
