import { printJson, type Command, type Output } from '../cli.ts';
import { exitCodes } from '../exit-codes.ts';
import { askJson, requireRunning } from '../running.ts';

type Options = Output & Readonly<{ head?: string }>;

type Report = Readonly<{
  is_sound: boolean;
  links: number;
  waiting: number;
  erased: number;
  pruned: number;
  head: string | null;
  findings: readonly Readonly<{
    fault: string;
    seq: string | null;
    entry_id: string | null;
  }>[];
}>;

/** As long as millions of entries take. */
const withinMs = 600_000;

/** Checks the audit log's chain; fails when something was changed, added or taken away. */
const verifyAudit: Command<Options> = async (cli, { head, output }) => {
  const { text } = cli;
  const query = head === undefined ? '' : `?head=${encodeURIComponent(head)}`;
  const report = await askJson<Report>(
    await requireRunning(cli),
    `/api/v1/admin/audit/verify${query}`,
    { signal: AbortSignal.timeout(withinMs) },
  );
  if (output === 'json') printJson(cli, report);
  else {
    for (const { fault, seq, entry_id: entry } of report.findings)
      cli.print(text.auditFinding(fault, seq ?? '', entry ?? ''));
    cli.print(report.is_sound ? text.auditSound(report) : text.auditUnsound(report));
    if (report.head !== null) cli.print(text.auditHead(report.head));
  }
  return report.is_sound ? exitCodes.ok : exitCodes.failed;
};

export default verifyAudit;
