import { CliError, type Cli, type Command } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { ask, requireRunning } from '../running.ts';

type Options = Readonly<{ path: string; body?: string }>;

const timeoutMs = 30_000;

const readBody = async (cli: Cli, given: string): Promise<string> => {
  let text = given;
  if (given === '-') {
    text = '';
    process.stdin.setEncoding('utf8');
    for await (const chunk of process.stdin) text += String(chunk);
  }
  try {
    JSON.parse(text);
  } catch {
    throw new CliError(cli.text.bodyNotJson, exitCodes.usage);
  }
  return text;
};

/** A request to the running API as the operator; the answer goes to standard output as it is. */
const request =
  (method: 'GET' | 'POST' | 'PUT' | 'DELETE'): Command<Options> =>
  async (cli, { path, body }) => {
    // Only ever to this installation: the operator's token goes along.
    if (!path.startsWith('/')) throw new CliError(cli.text.pathWanted, exitCodes.usage);
    const running = await requireRunning(cli);
    const init: RequestInit = { method, signal: AbortSignal.timeout(timeoutMs) };
    if (body !== undefined) {
      init.body = await readBody(cli, body);
      init.headers = { 'content-type': 'application/json' };
    }
    const answer = await (await ask(running, path, init)).text();
    if (answer !== '') cli.print(answer);
    return exitCodes.ok;
  };

export const get = request('GET');
export const post = request('POST');
export const put = request('PUT');
export const remove = request('DELETE');
