import type { Command } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { instantOf } from '../instant-of.ts';
import { ask, requireRunning } from '../running.ts';
import { saveAnswer } from '../save-answer.ts';

type Options = Readonly<{ file?: string; format: 'json' | 'csv'; from?: string; to?: string }>;

/** Saves the books: signed JSON, or CSV. */
const exportLedger: Command<Options> = async (cli, { file, format, from, to }) => {
  const query = new URLSearchParams({ format });
  if (from !== undefined) query.set('from', instantOf(from));
  if (to !== undefined) query.set('to', instantOf(to));
  const running = await requireRunning(cli);
  const size = await saveAnswer(
    await ask(running, `/api/v1/ledger/export?${query.toString()}`, {}),
    file,
  );
  if (file !== undefined) cli.say(cli.text.ledgerExported(file, cli.text.size(size!)));
  return exitCodes.ok;
};

export default exportLedger;
