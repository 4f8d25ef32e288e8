import { printJson, type Command, type Output } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { askJson, requireRunning } from '../running.ts';

type Options = Output & Readonly<{ head?: string }>;

type Report = Readonly<{
  is_sound: boolean;
  entry_count: number;
  link_count: number;
  waiting: number;
  head: string | null;
  first_broken_entry: string | null;
  findings: readonly Readonly<{ rule: string; detail: string }>[];
}>;

/** As long as millions of entries take. */
const withinMs = 600_000;

/** Checks the chain and every rule of the books; fails when one does not hold. */
const verifyLedger: Command<Options> = async (cli, { head, output }) => {
  const { text } = cli;
  const query = head === undefined ? '' : `?head=${encodeURIComponent(head)}`;
  const report = await askJson<Report>(await requireRunning(cli), `/api/v1/ledger/verify${query}`, {
    signal: AbortSignal.timeout(withinMs),
  });
  if (output === 'json') printJson(cli, report);
  else {
    for (const { rule, detail } of report.findings) cli.print(text.ledgerFinding(rule, detail));
    if (report.first_broken_entry !== null) cli.print(text.ledgerFirst(report.first_broken_entry));
    cli.print(report.is_sound ? text.ledgerSound(report) : text.ledgerUnsound(report));
    if (report.head !== null) cli.print(text.auditHead(report.head));
  }
  return report.is_sound ? exitCodes.ok : exitCodes.failed;
};

export default verifyLedger;
