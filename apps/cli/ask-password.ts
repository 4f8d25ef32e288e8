import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CliError, type Cli } from './cli.ts';
import { exitCodes } from './exit-codes.ts';

/** Reads one line from the terminal without showing it. */
const askSecretly = async (prompt: string): Promise<string> => {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  // Without a listener readline ends the question and not the program.
  terminal.on('SIGINT', () => process.exit(130));
  process.stderr.write(prompt);
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
};

const readStandardInput = async (): Promise<string> => {
  process.stdin.setEncoding('utf8');
  let text = '';
  for await (const chunk of process.stdin) text += String(chunk);
  return text.split(/\r?\n/, 1)[0]!;
};

/** A new password: from standard input, or typed twice and never shown. */
export const readNewPassword = async (cli: Cli, isPiped: boolean): Promise<string> => {
  if (isPiped) return readStandardInput();
  const { text } = cli;
  if (!cli.isInteractive.input) throw new CliError(text.passwordNeeded, exitCodes.usage);
  const password = await askSecretly(text.passwordPrompt);
  if (password === (await askSecretly(text.passwordAgain))) return password;
  throw new CliError(text.passwordsDiffer, exitCodes.usage);
};
