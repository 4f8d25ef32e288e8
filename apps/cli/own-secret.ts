import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CliError, type Cli } from './cli.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { ownDataFolder } from './owner-lock.ts';

/**
 * Works on the secret of a data folder that no process uses: one that runs would go on with the secret
 * that it has read, and the demo of an empty shop reads it too.
 */
export const changeSecret = async (
  cli: Cli,
  work: (directory: string) => Promise<ExitCode>,
): Promise<ExitCode> => {
  const { dataDirectory, platform } = cli.readConfig();
  if (platform !== 'embedded') throw new CliError(cli.text.secretElsewhere, exitCodes.usage);
  if (!existsSync(join(dataDirectory, 'secret')))
    throw new CliError(cli.text.secretMissing(dataDirectory), exitCodes.failed);
  const lock = ownDataFolder(dataDirectory);
  if (!lock) throw new CliError(cli.text.secretInUse, exitCodes.failed);
  try {
    return await work(dataDirectory);
  } finally {
    lock.release();
  }
};
