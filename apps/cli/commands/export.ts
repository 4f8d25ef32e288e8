import type { Command } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { ask, requireRunning } from '../running.ts';
import { saveAnswer } from '../save-answer.ts';

/** Writes the catalogue to a file, whole or not at all, or to standard output. */
const exportProducts: Command<Readonly<{ file?: string }>> = async (cli, { file }) => {
  const running = await requireRunning(cli);
  const size = await saveAnswer(await ask(running, '/api/v1/products/export', {}), file);
  if (file !== undefined) cli.say(cli.text.exported(file, cli.text.size(size!)));
  return exitCodes.ok;
};

export default exportProducts;
