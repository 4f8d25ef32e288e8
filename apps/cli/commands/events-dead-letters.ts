import { columns, printJson, styled, type Command, type Output } from '../cli.ts';
import { listDeadLetters } from '../dead-letters.ts';
import { exitCodes } from '../exit-codes.ts';
import { requireRunning } from '../running.ts';

/** Lists what no retry saved, newest first. */
const showDeadLetters: Command<Output> = async (cli, { output }) => {
  const letters = await listDeadLetters(await requireRunning(cli));
  if (output === 'json') {
    printJson(cli, { items: letters });
    return exitCodes.ok;
  }
  if (letters.length === 0) {
    cli.print(cli.text.noDeadLetters);
    return exitCodes.ok;
  }
  const rows = letters.map(({ id, context, consumer, died_at: at, attempts, error }) => [
    id,
    at.slice(0, 19).replace('T', ' '),
    `${context}.${consumer}`,
    String(attempts),
    error.split('\n', 1)[0]!.slice(0, 80),
  ]);
  const [head, ...rest] = columns([cli.text.deadLetterColumns, ...rows]);
  cli.print(styled('bold', head!));
  for (const line of rest) cli.print(line);
  return exitCodes.ok;
};

export default showDeadLetters;
