import { chainStart, walkChain, type ChainLink } from '#shared/kernel/hash-chain.ts';
import type { LedgerChain, LedgerFinding, LedgerRules } from '../ledger.ts';

export type LedgerReport = Readonly<{
  isSound: boolean;
  entries: number;
  links: number;
  /** Entries that are not in the chain yet. */
  waiting: number;
  /** Note it elsewhere: who can rewrite the whole chain cannot make it end in the same hash. */
  head: ChainLink | null;
  /** The first entry in the books that a finding names. */
  firstBroken: string | null;
  findings: readonly LedgerFinding[];
}>;

export type VerifyLedgerQuery = (noted?: ChainLink) => Promise<LedgerReport>;

const findingsMax = 1_000;

/** Checks the chain and every rule of the books, and holds the chain against a link noted earlier. */
export const createVerifyLedger =
  ({ chain, rules }: Readonly<{ chain: LedgerChain; rules: LedgerRules }>): VerifyLedgerQuery =>
  async (noted) => {
    await chain.seal();
    const findings: LedgerFinding[] = [];
    let links = 0;
    const head = await walkChain(
      (from, limit) => chain.checkLinks(from, limit),
      (page) => {
        links += page.links;
        findings.push(...page.findings.slice(0, findingsMax - findings.length));
      },
    );
    findings.push(...(await chain.findUnchained()), ...(await rules.check()));
    if (noted && (await chain.linkAt(noted.seq))?.hash !== noted.hash)
      findings.push({
        rule: 'head_rewritten',
        entryId: null,
        text: `link ${noted.seq} is not the one that was noted`,
      });
    const named = findings.flatMap(({ entryId }) => (entryId === null ? [] : [entryId]));
    return {
      isSound: findings.length === 0,
      ...(await chain.count()),
      links,
      head: head === chainStart ? null : head,
      firstBroken: (await chain.firstOf(named)) ?? null,
      findings,
    };
  };
