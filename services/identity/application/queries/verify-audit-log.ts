import { chainStart, walkChain } from '#shared/kernel/hash-chain.ts';
import type { AuditFinding, AuditLog, ChainLink } from '../audit.ts';

export type AuditReport = Readonly<{
  isSound: boolean;
  links: number;
  waiting: number;
  erased: number;
  pruned: number;
  /** Note it elsewhere: who can rewrite the whole chain cannot make it end in the same hash. */
  head: ChainLink | null;
  /** A hundred at most. */
  findings: readonly AuditFinding[];
}>;

export type VerifyAuditLogQuery = (noted?: ChainLink) => Promise<AuditReport>;

const findingsMax = 100;

/** Goes through the whole chain, and holds it against a link that was noted earlier. */
export const createVerifyAuditLog =
  (auditLog: AuditLog): VerifyAuditLogQuery =>
  async (noted) => {
    await auditLog.seal();
    const findings: AuditFinding[] = [];
    const sums = { links: 0, erased: 0, pruned: 0 };
    const head = await walkChain(
      (from, limit) => auditLog.checkLinks(from, limit),
      (page) => {
        findings.push(...page.findings);
        sums.links += page.links;
        sums.erased += page.erased;
        sums.pruned += page.pruned;
      },
    );
    findings.push(...(await auditLog.findAdded()));
    if (noted && (await auditLog.linkAt(noted.seq))?.hash !== noted.hash)
      findings.push({ fault: 'head_rewritten', seq: noted.seq, entryId: null });
    return {
      isSound: findings.length === 0,
      ...sums,
      waiting: await auditLog.countWaiting(),
      head: head === chainStart ? null : head,
      findings: findings.slice(0, findingsMax),
    };
  };
