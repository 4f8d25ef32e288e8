import { readNewPassword } from '../ask-password.ts';
import { printJson, type Command, type Output } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { askJson, requireRunning } from '../running.ts';

type Options = Output & Readonly<{ email: string; username?: string; passwordStdin?: boolean }>;
type Account = Readonly<{ id: string; username: string; email: string; roles: readonly string[] }>;

/** The address's own name in the letters that a user name may have. */
export const usernameOf = (email: string): string =>
  email
    .split('@', 1)[0]!
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9_.-]+/g, '-')
    .slice(0, 32)
    .padEnd(3, '-');

/** One more administrator, by who has the machine: its operator needs no password to say so. */
const createAdmin: Command<Options> = async (cli, options) => {
  // First, so that nobody types a password for nothing.
  const running = await requireRunning(cli);
  const { email, username = usernameOf(email), passwordStdin = false } = options;
  const password = await readNewPassword(cli, passwordStdin);
  const account = await askJson<Account>(running, '/api/v1/auth/admins', {
    method: 'POST',
    body: { email, username, password, language: cli.language },
  });
  if (options.output === 'json') printJson(cli, account);
  else cli.print(cli.text.adminCreated(account.username, account.email));
  return exitCodes.ok;
};

export default createAdmin;
