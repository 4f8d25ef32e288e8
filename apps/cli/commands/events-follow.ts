import { styled, type Command, type Output } from '../cli.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { createEventFollower, type ShownEvent } from '../follow-events.ts';
import { askJson, readRunFile, requireRunning } from '../running.ts';

type Options = Output & Readonly<{ type?: string; correlation?: string }>;

const pollMs = 700;
const failuresMax = 3;

const shortId = (id: string): string => id.slice(-8);

const lineOf = ({ time, type, subject, correlation_id: chain }: ShownEvent): string =>
  `${styled('gray', time.slice(11, 23))}  ${type.padEnd(34)} ${shortId(subject)}  ${styled('gray', shortId(chain))}`;

/** Prints one line an event until it is interrupted; of one process, from its beginning. */
const followEvents: Command<Options> = async (cli, { type, correlation, output }) => {
  const first = await requireRunning(cli);
  const { dataDirectory } = cli.readConfig();
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());

  const read = async (after: string, limit: number): Promise<readonly ShownEvent[]> => {
    const query = new URLSearchParams({
      after,
      limit: String(limit),
      ...(type === undefined ? {} : { type }),
      ...(correlation === undefined ? {} : { correlation_id: correlation }),
    });
    // The token of an hour ago has ended; the file has a fresh one.
    const running = (await readRunFile(dataDirectory)) ?? first;
    const path = `/api/v1/admin/events?${query.toString()}`;
    return (await askJson<{ items: readonly ShownEvent[] }>(running, path)).items;
  };
  const from = correlation === undefined ? new Date() : new Date(0);
  const next = createEventFollower(read, from.toISOString());
  const isStopped = (): boolean => stopped.signal.aborted;
  for (let failures = 0; !isStopped();) {
    try {
      for (const event of await next())
        cli.print(output === 'json' ? JSON.stringify(event) : lineOf(event));
      failures = 0;
    } catch (error) {
      const isAway = error instanceof TypeError;
      if (!isAway) throw error;
      if (++failures >= failuresMax) {
        cli.say(cli.text.eventsEnded);
        return exitCodes.notRunning;
      }
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pollMs);
      stopped.signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), {
        once: true,
      });
    });
  }
  const done: ExitCode = exitCodes.ok;
  return done;
};

export default followEvents;
