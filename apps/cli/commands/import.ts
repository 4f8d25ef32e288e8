import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import type { RunFile } from '../../server/run-file.ts';
import { CliError, printJson, styled, type Cli, type Command, type Output } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { createProgressLine } from '../progress-line.ts';
import { ask, askJson, readRunFile, requireRunning } from '../running.ts';

type Options = Output & Readonly<{ files: readonly string[]; dryRun?: boolean; seller?: string }>;

type RowFault = Readonly<{ line: number; column: string | null; code: string; detail: string }>;
type View = Readonly<{
  id: string;
  status: 'running' | 'completed' | 'failed';
  failure: string | null;
  bytes_total: number;
  bytes_read: number;
  products_created: number;
  products_updated: number;
  products_unchanged: number;
  products_refused: number;
  errors_count: number;
  errors: readonly RowFault[];
}>;

const pollMs = 400;
const errorsShown = 50;

const path = '/api/v1/products/import';

/** The file goes out as it is read: its size does not matter to this process. */
const upload = async (running: RunFile, file: string, options: Options): Promise<View> => {
  const query = new URLSearchParams({
    ...(options.dryRun ? { dry_run: 'true' } : {}),
    ...(options.seller === undefined ? {} : { seller: options.seller }),
  });
  const answer = await ask(running, `${path}?${query.toString()}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>,
    duplex: 'half',
  });
  return (await answer.json()) as View;
};

const follow = async (
  cli: Cli,
  running: RunFile,
  first: View,
  show: (percent: number) => void,
): Promise<View> => {
  const { dataDirectory } = cli.readConfig();
  for (let view = first; ;) {
    if (view.status !== 'running') return view;
    show(Math.floor((100 * view.bytes_read) / Math.max(1, view.bytes_total)));
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    // Read again: a token of the first minute does not last a long import.
    const now = (await readRunFile(dataDirectory)) ?? running;
    view = await askJson<View>(now, `${path}/${view.id}`);
  }
};

const report = (cli: Cli, file: string, view: View, isDryRun: boolean): void => {
  const { text } = cli;
  const mark = isGood(view) ? styled('green', '✔') : styled('red', '✖');
  const counts = text.imported({
    created: view.products_created,
    updated: view.products_updated,
    unchanged: view.products_unchanged,
    refused: view.products_refused,
  });
  cli.print(`${mark} ${text.importedTitle(file, isDryRun)}: ${counts}`);
  for (const error of view.errors.slice(0, errorsShown)) cli.print(`    ${text.rowError(error)}`);
  const more = view.errors_count - Math.min(errorsShown, view.errors.length);
  if (more > 0) cli.print(`    ${text.moreErrors(more)}`);
  if (view.failure !== null) cli.print(`    ${text.importFailed(view.failure)}`);
};

const isGood = (view: View): boolean =>
  view.status === 'completed' && view.products_refused === 0 && view.errors_count === 0;

/** Imports each file in turn; one that was refused in part does not keep the next from its turn. */
const importFiles: Command<Options> = async (cli, options) => {
  for (const file of options.files) {
    await access(file, constants.R_OK).catch((error: Error) => {
      throw new CliError(cli.text.fileUnreadable(file, error.message), exitCodes.usage);
    });
  }
  const running = await requireRunning(cli);
  const line = createProgressLine(cli);
  const results: { file: string; view: View }[] = [];
  for (const file of options.files) {
    const name = basename(file);
    const show = (percent: number): void => line.show(cli.text.importing(name, percent));
    show(0);
    const view = await upload(running, file, options)
      .then((first) => follow(cli, running, first, show))
      .finally(() => line.clear());
    results.push({ file, view });
    if (options.output !== 'json') report(cli, name, view, options.dryRun ?? false);
  }
  if (options.output === 'json')
    printJson(
      cli,
      results.map(({ file, view }) => ({ file, ...view })),
    );
  return results.every(({ view }) => isGood(view)) ? exitCodes.ok : exitCodes.failed;
};

export default importFiles;
