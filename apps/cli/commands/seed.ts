import { createLogger } from '#shared/telemetry/logger.ts';
import type { DemoResult } from '../../demo/seed.ts';
import { printJson, type Cli, type Command, type Output } from '../cli.ts';
import { writeDemoNote } from '../../demo/note.ts';
import type { DemoMessage } from '../demo-child.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { createProgressLine } from '../progress-line.ts';
import { requireRunning } from '../running.ts';

export const wordDemo = (
  cli: Pick<Cli, 'text'>,
  result: DemoResult,
  seconds: number,
  currency: string,
): string => {
  const { text } = cli;
  switch (result.outcome) {
    case 'seeded':
      return text.demoSeeded(result, text.seconds(seconds));
    case 'not_empty':
      return text.demoNotEmpty;
    case 'busy':
      return text.demoBusy;
    case 'other_currency':
      return text.demoOtherCurrency(currency);
  }
};

/** Tells the process that started this one, which speaks to the person. */
const tellParent = (message: DemoMessage): Promise<void> =>
  new Promise((resolve) => {
    if (process.connected && process.send) process.send(message, () => resolve());
    else resolve();
  });

/** Fills the shop with the example; in the background of `plaza start` when it has a parent. */
const seed: Command<Output> = async (cli, options): Promise<ExitCode> => {
  const hasParent = process.send !== undefined;
  // A parent that is gone was stopped or killed: half an example is nobody's.
  if (hasParent) process.on('disconnect', () => process.exit(exitCodes.failed));
  await requireRunning(cli);
  const config = cli.readConfig();
  const startedAt = performance.now();
  const line = createProgressLine(cli);
  const log = createLogger({ level: 'warn' });
  try {
    const { seedDemo } = await import('../../demo/seed.ts');
    let shown = -1;
    const result = await seedDemo({
      config,
      log,
      onProgress: (progress) => {
        const percent = Math.floor((100 * progress.done) / progress.total);
        if (percent === shown) return;
        shown = percent;
        if (hasParent) void tellParent({ progress });
        else line.show(cli.text.demoProgress(percent));
      },
    });
    line.clear();
    const seconds = (performance.now() - startedAt) / 1000;
    if (result.outcome === 'seeded') await writeDemoNote(config.dataDirectory, { state: 'done' });
    if (hasParent) await tellParent({ result, seconds });
    else if (options.output === 'json') printJson(cli, { ...result, seconds });
    else cli.print(wordDemo(cli, result, seconds, config.currency));
    const isDone = result.outcome === 'seeded' || result.outcome === 'not_empty';
    return isDone ? exitCodes.ok : exitCodes.failed;
  } catch (error) {
    line.clear();
    log.error({ err: error }, 'the example shop was not filled');
    if (!hasParent) throw error;
    await tellParent({ failure: error instanceof Error ? error.message : String(error) });
    return exitCodes.failed;
  } finally {
    if (hasParent) process.disconnect?.();
  }
};

export default seed;
