import type { ChainLink, CheckedPage } from '#shared/kernel/hash-chain.ts';
import type { Money } from '#shared/kernel/money.ts';
import type { JournalEntry, Side } from '../domain/posting.ts';

export type { ChainLink };

export type LedgerAccount = Readonly<{
  id: string;
  kind: string;
  balance: Money;
  /** What pending entries will take of it. */
  pending: Money;
}>;

export type LedgerLine = Readonly<{ account: string; side: Side; amount: Money }>;

export type LedgerEntry = Readonly<{
  id: string;
  seq: string;
  causeType: string;
  causeId: string;
  paymentId: string | null;
  orderId: string | null;
  jobId: string | null;
  reverses: string | null;
  recordedAt: string;
  lines: readonly LedgerLine[];
}>;

export type EntryFilter = Readonly<{
  id?: string;
  paymentId?: string;
  orderId?: string;
  jobId?: string;
  account?: string;
  causeType?: string;
  beforeSeq?: string;
  limit: number;
}>;

/** An account's debits, credits and what they come to (credits less debits), rebuilt from lines. */
export type TrialBalanceRow = Readonly<{
  account: string;
  currency: string;
  debitMinor: bigint;
  creditMinor: bigint;
}>;

export type StatementLine = Readonly<{
  seq: string;
  lineNo: number;
  entryId: string;
  causeType: string;
  causeId: string;
  paymentId: string | null;
  orderId: string | null;
  jobId: string | null;
  recordedAt: string;
  side: Side;
  amountMinor: bigint;
  /** After this line. */
  balanceMinor: bigint;
}>;

export type StatementPlace = Readonly<{ recordedAt: string; seq: string; lineNo: number }>;

export type Statement = Readonly<{
  /** Before `from`, and before `to`. */
  openingMinor: bigint;
  closingMinor: bigint;
  lines: readonly StatementLine[];
}>;

export interface Ledger {
  accounts(): Promise<readonly LedgerAccount[]>;
  /** Newest first. */
  entries(filter: EntryFilter): Promise<readonly LedgerEntry[]>;
  /** As of an instant: what was recorded before it. Adds up every line, and asks no stored balance. */
  trialBalance(asOf: Date): Promise<readonly TrialBalanceRow[]>;
  /** Lines of one account from `from` on and before `to`, oldest first, after `after`. */
  statement(
    request: Readonly<{
      account: string;
      currency: string;
      from: Date;
      to: Date;
      after?: StatementPlace;
      limit: number;
    }>,
  ): Promise<Statement>;
}

/** A rule that does not hold somewhere; `text` is an English sentence that names where. */
export type LedgerFinding = Readonly<{ rule: string; entryId: string | null; text: string }>;

export interface LedgerRules {
  /** Checks every rule of the books over all rows, in one snapshot; a hundred findings a rule. */
  check(): Promise<readonly LedgerFinding[]>;
}

/** An entry where it stands in the chain. */
export type ChainedEntry = LedgerEntry & Readonly<{ n: string; hash: string }>;

export interface LedgerChain {
  /** Puts into the chain what is committed and not in it, until nothing is left. */
  seal(): Promise<void>;
  /** Checks `limit` links after `from` against the entries themselves. */
  checkLinks(from: ChainLink, limit: number): Promise<CheckedPage<LedgerFinding>>;
  /** Entries that should be in the chain and are not; 100 at most. */
  findUnchained(): Promise<readonly LedgerFinding[]>;
  count(): Promise<Readonly<{ entries: number; waiting: number }>>;
  linkAt(seq: string): Promise<ChainLink | undefined>;
  head(): Promise<ChainLink | undefined>;
  /** Entries recorded from `from` on and before `to`, in the chain's order up to link `upTo`. */
  read(
    request: Readonly<{ from: Date; to: Date; upTo: string }>,
  ): AsyncIterable<readonly ChainedEntry[]>;
  /** Which of these entries comes first in the books. */
  firstOf(entryIds: readonly string[]): Promise<string | undefined>;
}

/** Entries that stand alone, with no other change beside them. */
export interface Postings {
  /** Books one entry. Raises what the database says when it breaks a rule. */
  post(entry: JournalEntry): Promise<void>;
}

export type PendingOutcome = 'posted' | 'voided' | 'expired';

/** Entries in two steps: their money is held back until they end, once. */
export interface PendingEntries {
  /** Holds the money that the entry debits until `expiresAt`; a second time changes nothing. */
  hold(entry: JournalEntry, expiresAt: Date): Promise<void>;
  /** Books it, unless it ended before or its time is over. Answers how it ended. */
  post(id: string, entryId: string): Promise<PendingOutcome | 'unknown'>;
  void(id: string): Promise<PendingOutcome | 'unknown'>;
  /** Ends it when its time is over; `early` before that. */
  expire(id: string): Promise<PendingOutcome | 'early' | 'unknown'>;
}
