import { findAccount, findKey, keysPath, type OfAccount } from '../account-keys.ts';
import type { Command } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { ask, requireRunning } from '../running.ts';

/** Ends a key; services that have just seen it go on for a minute at most. */
const revoke: Command<OfAccount & Readonly<{ key: string }>> = async (cli, options) => {
  const running = await requireRunning(cli);
  const account = await findAccount(cli, running, options);
  const { id, prefix } = await findKey(cli, running, account, options.key);
  await ask(running, `${keysPath(account)}/${id}`, { method: 'DELETE' });
  cli.print(cli.text.keyRevoked(prefix));
  return exitCodes.ok;
};

export default revoke;
