import { CliError, type Cli } from './cli.ts';
import { exitCodes } from './exit-codes.ts';
import { askJson } from './running.ts';
import type { RunFile } from '../server/run-file.ts';

export type Account = Readonly<{ id: string; email: string }>;
export type Key = Readonly<{
  id: string;
  name: string;
  prefix: string;
  scopes: readonly string[];
  created_at: string;
  expires_at: string;
  last_used_at: string | null;
}>;
export type NewKey = Key & Readonly<{ key: string }>;

/** `--email`, where a command has it. */
export type OfAccount = Readonly<{ email?: string }>;

type Page = Readonly<{ items: readonly Account[] }>;

/**
 * Whose keys are meant: a key acts as an account, and the operator at the machine is none. Without an
 * address it is the administrator, where there is only one.
 */
export const findAccount = async (
  cli: Cli,
  running: RunFile,
  { email }: OfAccount,
): Promise<Account> => {
  const find = async (query: Record<string, string>): Promise<readonly Account[]> => {
    const search = new URLSearchParams({ ...query, limit: '100' }).toString();
    return (await askJson<Page>(running, `/api/v1/users?${search}`)).items;
  };
  if (email === undefined) {
    const [only, ...others] = await find({ role: 'admin' });
    if (only && others.length === 0) return only;
    throw new CliError(cli.text.keysWhose, exitCodes.usage);
  }
  // The search is for parts of names too.
  const wanted = email.trim().toLowerCase();
  const found = (await find({ q: wanted })).find((one) => one.email?.toLowerCase() === wanted);
  if (!found) throw new CliError(cli.text.keysNoAccount(email), exitCodes.failed);
  return found;
};

export const keysPath = ({ id }: Account): string => `/api/v1/auth/accounts/${id}/api-keys`;

export const listKeys = async (running: RunFile, account: Account): Promise<readonly Key[]> =>
  (await askJson<Readonly<{ items: readonly Key[] }>>(running, keysPath(account))).items;

/** By its id, or by the beginning that its holder sees. */
export const findKey = async (
  cli: Cli,
  running: RunFile,
  account: Account,
  wanted: string,
): Promise<Key> => {
  const keys = await listKeys(running, account);
  const found = keys.find(({ id, prefix }) => wanted === id || wanted === prefix);
  if (!found) throw new CliError(cli.text.keysNoKey(wanted, account.email), exitCodes.failed);
  return found;
};

export const createKey = (
  running: RunFile,
  account: Account,
  body: Readonly<{ name: string; scopes: readonly string[]; expires_in_days?: number }>,
): Promise<NewKey> => askJson<NewKey>(running, keysPath(account), { method: 'POST', body });
