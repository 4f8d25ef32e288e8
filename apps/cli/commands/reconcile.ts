import { printJson, type Command, type Output } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { instantOf } from '../instant-of.ts';
import { askJson, requireRunning } from '../running.ts';

type Options = Output & Readonly<{ from?: string; to?: string }>;

type Report = Readonly<{
  runs: readonly Readonly<{
    provider: string;
    from: string;
    to: string;
    movements: number;
    differences: number;
  }>[];
}>;

/** As long as a year of movements takes. */
const withinMs = 600_000;

/** Holds what the providers moved against the books; fails when they differ. */
const reconcile: Command<Options> = async (cli, { from, to, output }) => {
  const { text } = cli;
  const report = await askJson<Report>(await requireRunning(cli), '/api/v1/reconciliation/runs', {
    method: 'POST',
    body: {
      ...(from === undefined ? {} : { from: instantOf(from) }),
      ...(to === undefined ? {} : { to: instantOf(to) }),
    },
    signal: AbortSignal.timeout(withinMs),
  });
  const differences = report.runs.reduce((sum, run) => sum + run.differences, 0);
  if (output === 'json') printJson(cli, report);
  else {
    for (const run of report.runs)
      cli.print(text.reconciled(run.provider, run.from, run.to, run.movements, run.differences));
    cli.print(differences === 0 ? text.reconciledAll : text.differencesLeft(differences));
  }
  return differences === 0 ? exitCodes.ok : exitCodes.failed;
};

export default reconcile;
