import { createLogger } from '#shared/telemetry/logger.ts';
import type { DemoResult } from '../../demo/seed.ts';
import { printJson, type Cli, type Command, type Output } from '../cli.ts';
import { writeDemoNote } from '../../demo/note.ts';
import type { DemoMessage } from '../demo-child.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { createProgressLine } from '../progress-line.ts';
import { requireRunning } from '../running.ts';

type Asked = Readonly<{ currency: string; country?: string }>;

export const wordDemo = (
  cli: Pick<Cli, 'text'>,
  result: DemoResult,
  seconds: number,
  { currency, country }: Asked,
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
      return text.demoOtherCurrency(country!, result.countryCurrency, currency);
    case 'no_example':
      return country === undefined
        ? text.demoNoneInCurrency(currency, result.countries)
        : text.demoNoneOf(country, result.countries);
  }
};

const isRefused = ({ outcome }: DemoResult): boolean =>
  outcome === 'no_example' || outcome === 'other_currency';

const codeOf = (result: DemoResult): ExitCode => {
  if (isRefused(result)) return exitCodes.usage;
  return result.outcome === 'busy' ? exitCodes.failed : exitCodes.ok;
};

/** Tells the process that started this one, which speaks to the person. */
const tellParent = (message: DemoMessage): Promise<void> =>
  new Promise((resolve) => {
    if (process.connected && process.send) process.send(message, () => resolve());
    else resolve();
  });

/** Fills the shop with the example; in the background of `plaza start` when it has a parent. */
const seed: Command<Output & Readonly<{ country?: string }>> = async (
  cli,
  options,
): Promise<ExitCode> => {
  const hasParent = process.send !== undefined;
  // A parent that is gone was stopped or killed: half an example is nobody's.
  if (hasParent) process.on('disconnect', () => process.exit(exitCodes.failed));
  await requireRunning(cli);
  const config = cli.readConfig();
  const country = options.country?.toUpperCase();
  const asked = { currency: config.currency, ...(country === undefined ? {} : { country }) };
  const startedAt = performance.now();
  const line = createProgressLine(cli);
  const log = createLogger({ level: 'warn' });
  try {
    const { seedDemo } = await import('../../demo/seed.ts');
    let shown = -1;
    const result = await seedDemo({
      config,
      country,
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
    if (result.outcome === 'seeded') {
      const note = { state: 'done', country: result.country } as const;
      await writeDemoNote(config.dataDirectory, note);
    }
    if (hasParent) await tellParent({ result, seconds });
    else if (options.output === 'json') printJson(cli, { ...result, seconds });
    else if (isRefused(result)) cli.say(wordDemo(cli, result, seconds, asked));
    else cli.print(wordDemo(cli, result, seconds, asked));
    return codeOf(result);
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
