import type { Clock } from '#shared/platform/module.ts';
import { paymentError } from '../../domain/errors.ts';
import { post, type JournalEntry } from '../../domain/posting.ts';
import { ProviderUnclear } from '../ports.ts';
import type {
  Difference,
  ProviderMovement,
  ProviderStatement,
  Reconciliation,
  ReconciliationRun,
  Resolution,
} from '../reconciliation.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** What is younger may be on its way (reliability L9). */
const settledAfterMs = 15 * minuteMs;
/** How far apart the two sides may say that the same happened. */
const slackMs = dayMs;
const firstPeriodMs = 7 * dayMs;
const periodMaxMs = 366 * dayMs;

export type Reconcile = (
  period?: Readonly<{ from?: Date; to?: Date }>,
) => Promise<readonly ReconciliationRun[]>;

/**
 * Holds what each provider moved against the books, a day at a time: from a day before the last run
 * ended, since a movement may be told late, or over the period that is asked for.
 */
export const createReconcile = ({
  statements,
  reconciliation,
  clock,
}: Readonly<{
  statements: readonly ProviderStatement[];
  reconciliation: Reconciliation;
  clock: Clock;
}>): Reconcile => {
  const runDay = async (statement: ProviderStatement, from: Date, to: Date) => {
    const movements: ProviderMovement[] = [];
    const [early, late] = [new Date(from.getTime() - slackMs), new Date(to.getTime() + slackMs)];
    try {
      for await (const page of statement.movements(early, late)) movements.push(...page);
    } catch (error) {
      if (!(error instanceof ProviderUnclear)) throw error;
      // Half of what it moved says nothing: the run is asked for again.
      throw paymentError('provider_unavailable', { retryAfterSeconds: 60, cause: error });
    }
    const { provider } = statement;
    const differences = await reconciliation.run({ provider, from, to, movements });
    return { movements: movements.length, differences };
  };
  return async ({ from: asked, to = new Date(clock().getTime() - settledAfterMs) } = {}) => {
    const runs: ReconciliationRun[] = [];
    if (asked && !(asked < to && asked.getTime() >= to.getTime() - periodMaxMs))
      throw paymentError('period_not_valid');
    for (const statement of statements) {
      const { provider } = statement;
      const last = await reconciliation.lastEnd(provider);
      const from =
        asked ??
        new Date(
          last ? Math.min(last.getTime(), to.getTime()) - slackMs : to.getTime() - firstPeriodMs,
        );
      for (let start = from; start < to;) {
        const end = new Date(Math.min(start.getTime() + dayMs, to.getTime()));
        const found = await runDay(statement, start, end);
        runs.push({ provider, from: start.toISOString(), to: end.toISOString(), ...found });
        start = end;
      }
    }
    return runs;
  };
};

/** Runs by itself every hour. */
export const createScheduledReconcile =
  ({
    reconcile,
    reconciliation,
    clock,
  }: Readonly<{ reconcile: Reconcile; reconciliation: Reconciliation; clock: Clock }>) =>
  async (): Promise<void> => {
    await reconcile();
    await reconciliation.plan(new Date(clock().getTime() + hourMs));
  };

export type ResolveDifference = (id: string, how: Resolution) => Promise<Difference>;

/** The operator's own bank, from which bank files are paid: `payout_paid` is booked on it too. */
const bank = 'bank_file';

/** The movement that a person made there, as the books know it: one a difference. */
const withdrawalOf = (difference: Difference, entryId: string): JournalEntry | undefined => {
  const { id, kind, provider, currency, providerMinor } = difference;
  const isWithdrawal = kind === 'withdrawal' || kind === 'payout';
  if (!isWithdrawal || providerMinor === null) return undefined;
  const isReturned = providerMinor > 0n;
  return post(
    isReturned ? 'withdrawal_returned' : 'withdrawal',
    { id: entryId, causeId: id, about: {} },
    {
      currency,
      names: { provider, bank },
      amounts: { amount: isReturned ? providerMinor : -providerMinor },
    },
  );
};

export const createResolveDifference = ({
  reconciliation,
  newId,
}: Readonly<{ reconciliation: Reconciliation; newId: () => string }>): ResolveDifference => {
  const entryFor = async (id: string): Promise<JournalEntry> => {
    const difference = await reconciliation.find(id);
    if (!difference) throw paymentError('difference_not_found');
    const entry = withdrawalOf(difference, newId());
    if (!entry) throw paymentError('difference_not_bookable');
    return entry;
  };
  return async (id, how) => {
    const entry = how.state === 'booked' ? await entryFor(id) : undefined;
    const found = await reconciliation.resolve(id, how, entry);
    if (!found) throw paymentError('difference_not_found');
    const { isSettled, difference } = found;
    // The same answer again is no second one.
    const isSame = difference.state === how.state && difference.note === how.note;
    if (!isSettled && !isSame) throw paymentError('difference_settled');
    return difference;
  };
};
