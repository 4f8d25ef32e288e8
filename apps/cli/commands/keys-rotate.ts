import { createKey, findAccount, findKey, keysPath, type OfAccount } from '../account-keys.ts';
import type { Command, Output } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { ask, requireRunning } from '../running.ts';
import { showKey } from './keys-create.ts';

const dayMs = 86_400_000;

/**
 * Another key of the same name, scopes and life, and then the end of the old one: a failure in between
 * leaves two keys and never none.
 */
const rotate: Command<Output & OfAccount & Readonly<{ key: string }>> = async (cli, options) => {
  const running = await requireRunning(cli);
  const account = await findAccount(cli, running, options);
  const old = await findKey(cli, running, account, options.key);
  const lifeMs = Date.parse(old.expires_at) - Date.parse(old.created_at);
  const { name, scopes } = old;
  const life = { expires_in_days: Math.max(1, Math.round(lifeMs / dayMs)) };
  const made = await createKey(running, account, { name, scopes, ...life });
  showKey(cli, made, account.email, options.output);
  await ask(running, `${keysPath(account)}/${old.id}`, { method: 'DELETE' });
  cli.say(cli.text.keyRevoked(old.prefix));
  return exitCodes.ok;
};

export default rotate;
