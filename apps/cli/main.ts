/** The command line. The only file of it that reads the environment and the arguments. */
import { readFileSync } from 'node:fs';
import { isatty } from 'node:tty';
import { readConfig } from '#shared/platform/config.ts';
import { withKeptSettings } from '#shared/platform/kept-settings.ts';
import type { Cli } from './cli.ts';
import { catalogues, chooseLanguage } from './language.ts';
import { runProgram } from './program.ts';

const language = chooseLanguage(process.env);
const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

const cli: Cli = {
  text: catalogues[language],
  language,
  version,
  print: (line = '') => void process.stdout.write(`${line}\n`),
  say: (line = '') => void process.stderr.write(`${line}\n`),
  isInteractive: {
    out: isatty(1),
    error: isatty(2),
    input: isatty(0),
  },
  readConfig: (settings) => readConfig(withKeptSettings({ ...process.env, ...settings })),
  isCurrencyFixed: (process.env['PLAZA_CURRENCY'] ?? '') !== '',
};

// `plaza events follow | head` closes the pipe: that is an end, not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runProgram(cli, process.argv.slice(2));
