import type { Command, Option } from 'commander';
import type { Cli, Command as Run } from './cli.ts';

/** Each command's code is loaded when it is run: `plaza start` must speak at once. */
export type Loader = () => Promise<{ default: Run<never> }>;

/** By what the program is put together, for those who add a group of commands to it. */
export type ProgramParts = Readonly<{
  help: Cli['text']['help'];
  /** A command below `parent`, with its Spanish name. */
  add: (parent: Command, name: string, alias: string | undefined, text: string) => Command;
  /** What a command does; `names` are its arguments, in their order, as options of the code. */
  runs: (command: Command, load: Loader, ...names: readonly string[]) => Command;
  /** `-o, --output`; text and JSON unless other formats are named. */
  output: (formats?: readonly string[]) => Option;
}>;
