import { styled, type Cli } from './cli.ts';

/** What the start of Plaza tells, in the terminal or as JSON. */
export type Table = Readonly<{
  version: string;
  node: string;
  pid: number;
  url: string;
  api: string;
  reference: string;
  health: string;
  /** Pages for who runs it; null where none are served. */
  admin: string | null;
  system: string | null;
  mail: string | null;
  data: string;
  service_count: number;
  /** Null when it was running already. */
  ready_after_seconds: number | null;
  is_already_running: boolean;
  /** `ready`: seeded before; `filling`: it is being seeded now; `none`: no example here. */
  demo: 'ready' | 'filling' | 'none';
  /** ISO 3166-1, of the example that is there. */
  demo_country: string | null;
  /** ISO 4217, of the shop. */
  currency: string;
  /** For the first administrator; null once there is one. */
  setup_url: string | null;
  notices: readonly string[];
}>;

const tick = (text: string): string => `${styled('green', '✔')} ${text}`;

const addresses = (cli: Cli, table: Table): readonly string[] => {
  const { labels } = cli.text;
  const all = [
    [labels.shop, table.url],
    [labels.admin, table.admin],
    [labels.system, table.system],
    [labels.mail, table.mail],
    [labels.api, table.api],
    [labels.reference, table.reference],
    // Where there is a page that shows it, its address says less.
    [labels.health, table.system === null ? table.health : null],
  ] as const;
  const rows = all.flatMap(([label, url]) => (url === null ? [] : [[label, url] as const]));
  const width = Math.max(...rows.map(([label]) => label.length)) + 4;
  return rows.map(([label, url]) => `  ${label.padEnd(width)}${styled('cyan', url)}`);
};

/** The lines under the heading: at most twenty with it, and nothing that does not exist yet. */
export const tableLines = (cli: Cli, table: Table): readonly string[] => {
  const { text } = cli;
  const seconds = text.seconds(table.ready_after_seconds ?? 0);
  const state = table.is_already_running
    ? text.alreadyRunning(table.pid)
    : text.servicesReady(table.service_count, seconds);
  const { demo_country: country, currency } = table;
  const demo =
    table.demo === 'ready' && country !== null
      ? `        ${tick(text.demoShop(country, currency))}`
      : '';
  return [
    '',
    `  ${tick(state)}${demo}`,
    ...table.notices.map((notice) => `  ${styled('yellow', '!')} ${notice}`),
    '',
    ...addresses(cli, table),
    ...(table.setup_url === null
      ? []
      : [
          '',
          `  ${text.setupTitle}`,
          `  ${styled('bold', `→ ${table.setup_url}`)}`,
          `    ${text.setupOr}`,
        ]),
    '',
    ...(table.demo === 'filling' ? [`  ${text.demoFilling}`] : []),
    ...(table.is_already_running ? [] : [`  ${text.howToStop}`]),
  ];
};
