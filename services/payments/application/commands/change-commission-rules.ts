import type { Clock } from '#shared/platform/module.ts';
import { paymentError } from '../../domain/errors.ts';

/** How much of a sale the operator keeps. The most specific rule wins; without one nothing is kept. */
export type CommissionTerms = Readonly<{
  /** Null: every seller. */
  sellerId: string | null;
  /** With all categories below it; null: every product. */
  categoryId: string | null;
  /** Hundredths of a per cent of what the buyer pays for a line. */
  rateBasisPoints: number;
  /** For each line besides, by currency, in its minor unit. */
  fixedMinor: Readonly<Record<string, bigint>>;
  /** Of the commission, on top of it. */
  taxRateBasisPoints: number;
  /** Whose tax that is: a country, or a part of one, as ISO 3166 names it. */
  jurisdiction: string;
  validFrom: string;
}>;

export type CommissionRule = CommissionTerms &
  Readonly<{ id: string; version: number; createdAt: string; updatedAt: string }>;

export interface CommissionRules {
  /** By id; at most `limit` after `after`. */
  list(filter: Readonly<{ after?: string; limit: number }>): Promise<readonly CommissionRule[]>;
  find(id: string): Promise<CommissionRule | undefined>;
  /** Undefined: there is a rule for the same from the same time. */
  add(id: string, terms: CommissionTerms, now: Date): Promise<CommissionRule | undefined>;
  /** Over this version only. */
  replace(
    id: string,
    version: number,
    terms: CommissionTerms,
    now: Date,
  ): Promise<CommissionRule | 'taken' | 'stale' | undefined>;
  remove(id: string, version: number): Promise<'removed' | 'stale' | undefined>;
}

/** What is sold is not touched by any of these: its commission is frozen. */
export const createChangeCommissionRules = (
  ports: Readonly<{ rules: CommissionRules; clock: Clock; newId: () => string }>,
) => {
  const { rules, clock, newId } = ports;
  return {
    list: rules.list.bind(rules),
    async show(id: string): Promise<CommissionRule> {
      const rule = await rules.find(id);
      if (!rule) throw paymentError('commission_rule_not_found');
      return rule;
    },
    async add(
      terms: Omit<CommissionTerms, 'validFrom'> & Readonly<{ validFrom?: string }>,
    ): Promise<CommissionRule> {
      const now = clock();
      const added = await rules.add(newId(), { validFrom: now.toISOString(), ...terms }, now);
      if (!added) throw paymentError('commission_rule_taken');
      return added;
    },
    async replace(id: string, version: number, terms: CommissionTerms) {
      const replaced = await rules.replace(id, version, terms, clock());
      if (!replaced) throw paymentError('commission_rule_not_found');
      if (replaced === 'taken') throw paymentError('commission_rule_taken');
      return replaced;
    },
    async remove(id: string, version: number): Promise<'removed' | 'stale'> {
      const removed = await rules.remove(id, version);
      if (!removed) throw paymentError('commission_rule_not_found');
      return removed;
    },
  };
};

export type ChangeCommissionRules = ReturnType<typeof createChangeCommissionRules>;
