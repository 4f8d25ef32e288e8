import type { StaffActed } from '#contracts/staff-acted.ts';
import type { ChainLink } from '#shared/kernel/hash-chain.ts';

/** An act of staff in one of the contexts, as the audit log stores it; `id` is its message's. */
export type RecordedAct = Readonly<{ id: string; context: string; act: StaffActed }>;

export type AuditEntry = Readonly<{
  id: string;
  at: string;
  type: string;
  accountId: string | null;
  actorId: string | null;
  detail: string | null;
  ip: string;
  userAgent: string | null;
  act: object | null;
  /** Whether it is in the chain already; that takes a second or two. */
  isSealed: boolean;
}>;

export type AuditFilter = Readonly<{
  accountId?: string;
  actorId?: string;
  type?: string;
  from?: Date;
  to?: Date;
  /** Only entries before this one. */
  beforeId?: string;
  limit: number;
}>;

export type { ChainLink };

export type AuditFault =
  /** The hash is not that of what stands before it. */
  | 'chain_broken'
  /** A link of the chain was taken away. */
  | 'link_missing'
  | 'entry_missing'
  | 'entry_changed'
  /** Came into the log behind entries that were sealed. */
  | 'entry_added'
  /** The link that was noted earlier is another one now. */
  | 'head_rewritten';

export type AuditFinding = Readonly<{
  fault: AuditFault;
  seq: string | null;
  entryId: string | null;
}>;

export type CheckedLinks = Readonly<{
  last: ChainLink | undefined;
  links: number;
  /** Whose personal part was erased; whose entry went with its age. */
  erased: number;
  pruned: number;
  findings: readonly AuditFinding[];
}>;

export interface AuditLog {
  /** Stores acts; one that is there already is passed over. */
  record(acts: readonly RecordedAct[]): Promise<void>;
  /** Puts what is new into the chain, until nothing is left that can be put there now. */
  seal(): Promise<void>;
  list(filter: AuditFilter): Promise<readonly AuditEntry[]>;
  /** Checks `limit` links after `from`; its hash is what the next one builds on. */
  checkLinks(from: ChainLink, limit: number): Promise<CheckedLinks>;
  /** Entries that are older than the newest link and not in the chain; 100 at most. */
  findAdded(): Promise<readonly AuditFinding[]>;
  /** Entries that wait to be sealed. */
  countWaiting(): Promise<number>;
  /** The link at this place, if there is one. */
  linkAt(seq: string): Promise<ChainLink | undefined>;
}
