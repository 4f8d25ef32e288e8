import { forgetFormerSecrets } from '#shared/platform/secret.ts';
import type { Command } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { changeSecret } from '../own-secret.ts';

/** Takes away the secrets that were replaced, once nothing needs them. */
const secretForget: Command = (cli) =>
  changeSecret(cli, async (directory) => {
    const outcome = await forgetFormerSecrets(directory);
    cli.print(cli.text.secretForgotten[outcome]);
    return outcome === 'not_sealed' ? exitCodes.failed : exitCodes.ok;
  });

export default secretForget;
