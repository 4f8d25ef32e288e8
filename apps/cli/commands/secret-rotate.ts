import { rotateSecret } from '#shared/platform/secret.ts';
import type { Command } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { changeSecret } from '../own-secret.ts';

/** Puts a new secret before the one that is there; the next start seals everything with it. */
const secretRotate: Command = (cli) =>
  changeSecret(cli, async (directory) => {
    await rotateSecret(directory);
    cli.print(cli.text.secretRotated);
    return exitCodes.ok;
  });

export default secretRotate;
