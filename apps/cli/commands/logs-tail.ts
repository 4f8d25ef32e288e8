import { styled, type Command, type Output } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { askJson, readRunFile, requireRunning } from '../running.ts';

type Options = Output & Readonly<{ service?: string; level?: string; correlation?: string }>;
type LogRecord = Readonly<{ time: string; level: string; service: string; message: string }>;

const pollMs = 1_000;
const failuresMax = 3;
/** As many as one answer has. */
const limit = 200;

const styles = { warn: 'yellow', error: 'red', fatal: 'red' } as const;

const lineOf = ({ time, level, service, message }: LogRecord): string => {
  const word = level.padEnd(5);
  const shown = level in styles ? styled(styles[level as keyof typeof styles], word) : word;
  return `${styled('gray', time.slice(11, 23))}  ${shown}  ${service.padEnd(13)}  ${message}`;
};

/** What is new in an answer, oldest first; two records that read the same are told apart by number. */
export const createLogFollower = () => {
  let seen = new Map<string, number>();
  return (newestFirst: readonly LogRecord[]): readonly LogRecord[] => {
    const here = new Map<string, number>();
    const fresh = newestFirst.toReversed().filter((record) => {
      const text = JSON.stringify(record);
      const count = (here.get(text) ?? 0) + 1;
      here.set(text, count);
      return count > (seen.get(text) ?? 0);
    });
    seen = here;
    return fresh;
  };
};

/** Prints one line a record until it is interrupted, beginning with the newest that there are. */
const followLogs: Command<Options> = async (cli, { service, level, correlation, output }) => {
  const first = await requireRunning(cli);
  const { dataDirectory } = cli.readConfig();
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());
  const query = new URLSearchParams({
    limit: String(limit),
    ...(service === undefined ? {} : { service }),
    ...(level === undefined ? {} : { level }),
    ...(correlation === undefined ? {} : { correlation_id: correlation }),
  });
  const newOf = createLogFollower();
  for (let failures = 0; !stopped.signal.aborted;) {
    try {
      // The token of an hour ago has ended; the file has a fresh one.
      const running = (await readRunFile(dataDirectory)) ?? first;
      const path = `/api/v1/admin/logs?${query.toString()}`;
      const { items } = await askJson<{ items: readonly LogRecord[] }>(running, path);
      for (const record of newOf(items))
        cli.print(output === 'json' ? JSON.stringify(record) : lineOf(record));
      failures = 0;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      if (++failures >= failuresMax) {
        cli.say(cli.text.eventsEnded);
        return exitCodes.notRunning;
      }
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      const end = (): void => (clearTimeout(timer), resolve());
      stopped.signal.addEventListener('abort', end, { once: true });
    });
  }
  return exitCodes.ok;
};

export default followLogs;
