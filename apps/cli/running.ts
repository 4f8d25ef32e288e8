import { readFile } from 'node:fs/promises';
import { runFilePath, type RunFile } from '../server/run-file.ts';
import { CliError, type Cli } from './cli.ts';
import { exitCodes } from './exit-codes.ts';

const answerWithinMs = 3_000;
const requestTimeoutMs = 30_000;

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

export const readRunFile = async (dataDirectory: string): Promise<RunFile | undefined> => {
  try {
    return JSON.parse(await readFile(runFilePath(dataDirectory), 'utf8')) as RunFile;
  } catch {
    return undefined;
  }
};

/**
 * The Plaza that runs on this data folder, if one does. A file that a killed process left behind
 * names a number that is free, or another process by now, which does not answer there as Plaza.
 */
export const findRunning = async (dataDirectory: string): Promise<RunFile | undefined> => {
  const file = await readRunFile(dataDirectory);
  if (!file || !isAlive(file.pid)) return undefined;
  try {
    const answer = await fetch(`${file.url}/health/live`, {
      signal: AbortSignal.timeout(answerWithinMs),
    });
    return answer.ok ? file : undefined;
  } catch {
    return undefined;
  }
};

/** As `findRunning`, or the sentence and the exit code of a command that needs a running Plaza. */
export const requireRunning = async (cli: Cli): Promise<RunFile> => {
  const { dataDirectory } = cli.readConfig();
  const running = await findRunning(dataDirectory);
  if (!running) throw new CliError(cli.text.notRunning(dataDirectory), exitCodes.notRunning);
  return running;
};

/** What the API said when it refused. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly reasons: readonly string[];

  constructor(status: number, body: unknown) {
    const { code, title, detail, errors } = body as {
      code?: string;
      title?: string;
      detail?: string;
      errors?: readonly { code: string; detail: string }[];
    };
    super(detail ?? title ?? `HTTP ${status}`);
    this.status = status;
    this.code = code ?? `http_${status}`;
    this.reasons = (errors ?? []).map((error) => error.code);
  }
}

type Request = Readonly<{ method?: string; body?: object; signal?: AbortSignal }>;

const problemOf = async (answer: Response): Promise<ApiProblem> =>
  new ApiProblem(answer.status, await answer.json().catch(() => ({})));

/** A request as the operator; the token is kept fresh in the run file by the server. */
export const ask = async (running: RunFile, path: string, init: RequestInit): Promise<Response> => {
  const headers = new Headers(init.headers);
  // Where identity does not run, there is none.
  if (running.token !== '') headers.set('authorization', `Bearer ${running.token}`);
  const answer = await fetch(`${running.url}${path}`, { ...init, headers });
  if (!answer.ok) throw await problemOf(answer);
  return answer;
};

export const askJson = async <Body>(
  running: RunFile,
  path: string,
  request: Request = {},
): Promise<Body> => {
  const { method = 'GET', body, signal = AbortSignal.timeout(requestTimeoutMs) } = request;
  const answer = await ask(running, path, {
    method,
    signal,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return (await answer.json()) as Body;
};
