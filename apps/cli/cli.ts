import { styleText } from 'node:util';
import type { Config } from '#shared/platform/config.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Language, Messages } from './language.ts';

type Style = Parameters<typeof styleText>[0];

/** What a command knows of the world; `main.ts` makes it, tests make their own. */
export type Cli = Readonly<{
  text: Messages;
  language: Language;
  version: string;
  /** Data, for pipes and people. */
  print: (line?: string) => void;
  /** Everything that is not data: progress, warnings, failures. */
  say: (line?: string) => void;
  /** Somebody sits in front of standard output, and of standard error. */
  isInteractive: Readonly<{ out: boolean; error: boolean; input: boolean }>;
  /** Raises a `ConfigError` that names every wrong setting; `settings` go before the environment's. */
  readConfig: (settings?: Readonly<Record<string, string>>) => Config;
  /** Whether the environment says which currency the shop has, so that nobody else can. */
  isCurrencyFixed?: boolean;
}>;

export type Command<Options = object> = (cli: Cli, options: Options) => Promise<ExitCode>;

/** `-o json` where a command has it. */
export type Output = Readonly<{ output?: 'text' | 'json' }>;

/** A failure whose sentence is in the catalogue: it is shown without a stack. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Styles for standard output; `styleText` heeds NO_COLOR, FORCE_COLOR and a pipe by itself. */
export const styled = (style: Style, text: string): string =>
  styleText(style, text, { stream: process.stdout, validateStream: true });

/** Styles for standard error. */
export const styledError = (style: Style, text: string): string =>
  styleText(style, text, { stream: process.stderr, validateStream: true });

export const printJson = (cli: Cli, value: unknown): void =>
  cli.print(JSON.stringify(value, null, 2));

/** Columns as wide as their widest cell, two spaces apart. */
export const columns = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
};
