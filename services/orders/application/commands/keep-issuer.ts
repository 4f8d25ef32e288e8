import type { Clock } from '#shared/platform/module.ts';
import { orderError } from '../../domain/errors.ts';
import { readIssuer, type Issuer } from '../../domain/issuer.ts';
import type { Caller } from './change-order-status.ts';

export type StoredIssuer = Issuer & Readonly<{ id: string; sellerId: string; version: number }>;

export interface Issuers {
  /** What the seller's next receipts say; undefined: nothing yet. */
  current(sellerId: string): Promise<StoredIssuer | undefined>;
  /** A version after `version`; undefined when another was faster. */
  add(issuer: StoredIssuer, now: Date): Promise<StoredIssuer | undefined>;
  /** Versions of the past, or of now, by their ids. */
  find(ids: readonly string[]): Promise<readonly StoredIssuer[]>;
}

const attemptsMax = 3;

/** What a seller's receipts say of the seller: the seller's own to say, or an administrator's. */
export const createKeepIssuer = ({
  issuers,
  clock,
  newId,
}: Readonly<{ issuers: Issuers; clock: Clock; newId: () => string }>) => {
  const check = (sellerId: string, { id, isSeller, isAdmin }: Caller): void => {
    if (!isAdmin && !(isSeller && id === sellerId)) throw orderError('seller_not_found');
  };
  return {
    async show(sellerId: string, caller: Caller): Promise<StoredIssuer | undefined> {
      check(sellerId, caller);
      return issuers.current(sellerId);
    },
    /** Saying the same again makes no new version. */
    async say(sellerId: string, given: Issuer, caller: Caller): Promise<StoredIssuer> {
      check(sellerId, caller);
      const issuer = readIssuer(given);
      for (let attempt = 1; attempt <= attemptsMax; attempt++) {
        const before = await issuers.current(sellerId);
        const isSame =
          before?.legalName === issuer.legalName &&
          before.country === issuer.country &&
          before.document.type === issuer.document.type &&
          before.document.number === issuer.document.number;
        if (isSame) return before;
        const next = { ...issuer, id: newId(), sellerId, version: (before?.version ?? 0) + 1 };
        const stored = await issuers.add(next, clock());
        if (stored) return stored;
      }
      throw orderError('issuer_changed');
    },
  };
};

export type KeepIssuer = ReturnType<typeof createKeepIssuer>;
