import type { Config } from '#shared/platform/config.ts';
import { readKeptSettings } from '#shared/platform/kept-settings.ts';
import { writeDemoNote } from '../demo/note.ts';
import { styled, type Cli } from './cli.ts';
import { wordDemo } from './commands/seed.ts';
import { seedInBackground, type DemoMessage } from './demo-child.ts';
import { createProgressLine } from './progress-line.ts';

/** What else a filling can come to is for good: no start tries it again. */
const filledOutcomes: ReadonlySet<string> = new Set(['seeded', 'not_empty', 'busy']);

/** Fills the example behind the running shop and tells how it went. */
export const fillDemo = (cli: Cli, config: Config, log: string, tell: (line: string) => void) => {
  const line = createProgressLine(cli);
  // Of the country that was chosen; without a choice, of where the currency is at home.
  const { country } = readKeptSettings(config.dataDirectory);
  const asked = { currency: config.currency, ...(country === null ? {} : { country }) };
  return seedInBackground(log, country, (message: DemoMessage) => {
    if ('progress' in message) {
      const { done, total } = message.progress;
      line.show(cli.text.demoProgress(Math.floor((100 * done) / total)));
      return;
    }
    line.clear();
    if ('result' in message && !filledOutcomes.has(message.result.outcome))
      void writeDemoNote(config.dataDirectory, { state: 'cleared' });
    if ('failure' in message)
      tell(`  ${styled('red', '✖')} ${cli.text.demoFailed(message.failure)}`);
    else tell(`  ${styled('green', '✔')} ${wordDemo(cli, message.result, message.seconds, asked)}`);
  });
};
