import { pino, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/** Names whose values never reach a log, at any depth that our records have. */
const secretNames = ['password', 'token', 'code', 'secret', 'authorization', 'cookie', 'card'];

const keptMax = 2_000;
const keptLineMax = 8_000;
const kept = new WeakMap<object, readonly string[]>();

/** The newest lines that a logger has written, the oldest first: what an operator looks at. */
export const recentLinesOf = (logger: Logger): readonly string[] => kept.get(logger) ?? [];

/** Writes to `destination` and keeps the newest lines, already without secrets. */
const keeping = (destination: ReturnType<typeof pino.destination>) => {
  const lines: string[] = [];
  const write = (line: string): void => {
    destination.write(line);
    if (line.length > keptLineMax) return;
    lines.push(line);
    // Cut in blocks: taking the first away moves all others.
    if (lines.length >= keptMax * 1.5) lines.splice(0, lines.length - keptMax);
  };
  return { lines, stream: { write } };
};

/**
 * Structured logs as one JSON object a line, on standard error: standard output is for the data
 * that a command prints. Times are RFC 3339 and levels are words, as log collectors expect.
 */
export const createLogger = (
  options: Readonly<{ level: string; destination?: string | number }>,
): Logger => {
  const { lines, stream } = keeping(
    pino.destination({ dest: options.destination ?? 2, sync: false, mkdir: true }),
  );
  const logger = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: '[redacted]',
      },
    },
    stream,
  );
  kept.set(logger, lines);
  return logger;
};
