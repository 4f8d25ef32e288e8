import { CliError, printJson, type Command, type Output } from '../cli.ts';
import { listDeadLetters, replayDeadLetter } from '../dead-letters.ts';
import { exitCodes } from '../exit-codes.ts';
import { requireRunning } from '../running.ts';

type Options = Output & Readonly<{ ids: readonly string[]; all?: boolean }>;

/**
 * Every letter once, page by page, the oldest of a page first. Those that fail again stay, and end it
 * when they fill a page: what made them fail is not mended.
 */
const replayAll = async (
  list: () => Promise<readonly { id: string }[]>,
  replay: (id: string) => Promise<void>,
): Promise<void> => {
  const tried = new Set<string>();
  for (;;) {
    const left = (await list()).filter(({ id }) => !tried.has(id));
    if (left.length === 0) return;
    for (const { id } of left.toReversed()) {
      tried.add(id);
      await replay(id);
    }
  }
};

/** Hands dead letters to their consumers again, after what made them fail is mended. */
const replayDeadLetters: Command<Options> = async (cli, { ids, all = false, output }) => {
  const { text } = cli;
  if (ids.length > 0 === all) throw new CliError(text.replayWhich, exitCodes.usage);
  const running = await requireRunning(cli);
  const results: { id: string; error: string | null }[] = [];
  const replay = async (id: string): Promise<void> => {
    const error = await replayDeadLetter(running, id);
    results.push({ id, error });
    if (output !== 'json')
      cli.print(error === null ? text.replayed(id) : text.notReplayed(id, error));
  };
  if (all) await replayAll(() => listDeadLetters(running), replay);
  else for (const id of ids) await replay(id);
  const isFine = results.every(({ error }) => error === null);
  if (output === 'json') printJson(cli, { items: results });
  else if (results.length === 0) cli.print(text.noDeadLetters);
  return isFine ? exitCodes.ok : exitCodes.failed;
};

export default replayDeadLetters;
