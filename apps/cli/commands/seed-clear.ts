import { createInterface } from 'node:readline/promises';
import { CliError, printJson, type Cli, type Command, type Output } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { ApiProblem, askJson, requireRunning } from '../running.ts';

type Counts = Readonly<{ products: number; orders: number; people: number }>;
type There = Counts & Readonly<{ is_there: boolean; products_changed: number }>;
type Kept = Readonly<{ kind: 'product' | 'order' | 'account' | 'category'; count: number }>;
type Cleared = Readonly<{ removed: Counts; kept: readonly Kept[] }>;

const path = '/api/v1/admin/demo';
/** Both chains are read to the end before, and the shop may be busy. */
const clearWithinMs = 120_000;

/** The word is typed, as in the back office: the whole example goes at once and for good. */
const confirm = async (cli: Cli): Promise<void> => {
  const { text } = cli;
  if (!cli.isInteractive.input) throw new CliError(text.demoClearNeedsYes, exitCodes.usage);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const typed = await terminal.question(text.demoClearConfirm(text.demoClearWord));
    if (typed.trim().toLowerCase() === text.demoClearWord) return;
  } finally {
    terminal.close();
  }
  throw new CliError(text.demoClearNothing, exitCodes.failed);
};

/** Takes the example away by the running shop, which then knows at once that it is gone. */
const clearSeed: Command<Output & Readonly<{ yes?: boolean }>> = async (cli, options) => {
  const { text } = cli;
  const running = await requireRunning(cli);
  const there = await askJson<There>(running, path).catch((error: unknown) => {
    if (error instanceof ApiProblem && error.status === 404)
      throw new CliError(text.demoClearElsewhere, exitCodes.failed);
    throw error;
  });
  if (there.is_there && options.yes !== true) {
    cli.say(text.demoClearWhat(there));
    if (there.products_changed > 0) cli.say(text.demoClearChanged(there.products_changed));
    await confirm(cli);
  }
  const result = await askJson<Cleared>(running, path, {
    method: 'DELETE',
    body: {},
    signal: AbortSignal.timeout(clearWithinMs),
  });
  if (options.output === 'json') printJson(cli, result);
  else if (!there.is_there) cli.print(text.demoClearNone);
  else {
    cli.print(text.demoCleared(result.removed));
    for (const { kind, count } of result.kept) cli.print(`  ${text.demoKept[kind](count)}`);
  }
  return exitCodes.ok;
};

export default clearSeed;
