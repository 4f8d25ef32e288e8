import { findAccount, listKeys, type OfAccount } from '../account-keys.ts';
import { columns, printJson, styled, type Command, type Output } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { requireRunning } from '../running.ts';

const day = (at: string | null): string => at?.slice(0, 10) ?? '–';

/** The keys of an account, newest first; none of their texts. */
const list: Command<Output & OfAccount> = async (cli, options) => {
  const { text } = cli;
  const running = await requireRunning(cli);
  const account = await findAccount(cli, running, options);
  const keys = await listKeys(running, account);
  if (options.output === 'json') printJson(cli, { account, items: keys });
  else if (keys.length === 0) cli.print(text.keysNone(account.email));
  else {
    const rows = keys.map((key) => [
      key.prefix,
      key.name,
      day(key.expires_at),
      day(key.last_used_at),
      key.scopes.join(','),
    ]);
    const [head, ...rest] = columns([text.keyColumns, ...rows]);
    cli.print(styled('bold', head!));
    for (const line of rest) cli.print(line);
  }
  return exitCodes.ok;
};

export default list;
