import { pino, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/** Names whose values never reach a log, at any depth that our records have. */
const secretNames = ['password', 'token', 'code', 'secret', 'authorization', 'cookie', 'card'];

/**
 * Structured logs as one JSON object a line, on standard error: standard output is for the data
 * that a command prints. Times are RFC 3339 and levels are words, as log collectors expect.
 */
export const createLogger = (
  options: Readonly<{ level: string; destination?: string | number }>,
): Logger =>
  pino(
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
    pino.destination({ dest: options.destination ?? 2, sync: false, mkdir: true }),
  );
