import { apiScopes } from '#shared/kernel/scopes.ts';
import { createKey, findAccount, type NewKey, type OfAccount } from '../account-keys.ts';
import { CliError, printJson, type Cli, type Command, type Output } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { requireRunning } from '../running.ts';

type Options = Output & OfAccount & Readonly<{ name: string; scopes: string; days?: string }>;

/** What is said goes to standard error, so that the key alone goes where it is piped to. */
export const showKey = (cli: Cli, made: NewKey, email: string, output: Output['output']): void => {
  if (output === 'json') return printJson(cli, made);
  cli.say(cli.text.keyMade(made.name, email, made.expires_at.slice(0, 10)));
  cli.print(made.key);
  cli.say(cli.text.keyOnce);
};

const readScopes = (cli: Cli, given: string): readonly string[] => {
  const scopes = [...new Set(given.split(',').map((one) => one.trim()))].filter(Boolean);
  const unknown = scopes.filter((one) => !apiScopes.some((known) => known === one));
  if (scopes.length > 0 && unknown.length === 0) return scopes;
  throw new CliError(cli.text.keyScopes(unknown, apiScopes), exitCodes.usage);
};

const readDays = (cli: Cli, given: string): number => {
  const days = Number(given);
  if (Number.isInteger(days) && days >= 1 && days <= 365) return days;
  throw new CliError(cli.text.keyDays, exitCodes.usage);
};

/** One more key of an account, whose text is printed this once. */
const create: Command<Options> = async (cli, options) => {
  const { name, days, output } = options;
  const scopes = readScopes(cli, options.scopes);
  const life = days === undefined ? {} : { expires_in_days: readDays(cli, days) };
  const running = await requireRunning(cli);
  const account = await findAccount(cli, running, options);
  showKey(cli, await createKey(running, account, { name, scopes, ...life }), account.email, output);
  return exitCodes.ok;
};

export default create;
