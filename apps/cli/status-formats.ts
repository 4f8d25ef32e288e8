import { statusVariables } from '#shared/platform/status-variables.ts';

export const statusFormats = ['text', 'json', 'yaml', 'env'] as const;
export type StatusFormat = (typeof statusFormats)[number];

type Scalar = string | number | boolean;
/** Two levels below the top at most: what the state of an installation needs. */
export type StatusReport = Readonly<Record<string, Scalar | Nested>>;
type Nested = Readonly<{ [name: string]: Scalar | Nested }>;

const isNested = (value: Scalar | Nested): value is Nested => typeof value === 'object';

/** A string in JSON is one in YAML 1.2 as well, whatever is in it; bare words could be read as something else. */
const yamlLines = (value: Nested, pad: string): readonly string[] =>
  Object.entries(value).flatMap(([name, one]) => {
    if (!isNested(one)) return [`${pad}${name}: ${JSON.stringify(one)}`];
    if (Object.keys(one).length === 0) return [`${pad}${name}: {}`];
    return [`${pad}${name}:`, ...yamlLines(one, `${pad}  `)];
  });

/** The report as YAML 1.2; names are Plaza's own and need no quotes. */
export const toYaml = (report: StatusReport): string => yamlLines(report, '').join('\n');

/** As one word of a POSIX shell, whatever is in it. */
const shellWord = (value: Scalar): string =>
  /^[A-Za-z0-9_.:/@%+,-]+$/.test(String(value))
    ? String(value)
    : `'${String(value).replaceAll("'", `'\\''`)}'`;

/** What of the report is about the installation as a whole, for a shell to source. */
export const toEnvironment = (report: StatusReport): string =>
  Object.entries(statusVariables)
    .flatMap(([name, key]) => {
      const value = report[key];
      return value === undefined || isNested(value) ? [] : [`${name}=${shellWord(value)}`];
    })
    .join('\n');
