import type { Clock } from '#shared/platform/module.ts';
import { ProviderUnclear } from '../../application/ports.ts';
import type { ProviderMovement } from '../../application/reconciliation.ts';
import type { Answer } from './answer.ts';
import type { MercadoPagoClient } from './client.ts';
import type { MercadoPagoReport } from './resources.ts';
import type { Withdrawal } from './settlement-report.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** No report is longer there. */
const reportDaysMax = 60;

/** The causes that withdrawals have in our books, by the provider's name of each; of others nothing. */
export type FindKnownWithdrawals = (
  provider: string,
  references: readonly string[],
) => Promise<ReadonlyMap<string, NonNullable<ProviderMovement['cause']>>>;

type Options = Readonly<{
  client: Pick<MercadoPagoClient, 'listReports' | 'requestReport' | 'readReport'>;
  accessToken: string;
  provider: string;
  findKnown: FindKnownWithdrawals;
  clock: Clock;
}>;

/**
 * What a person took out of the account at Mercado Pago: the search of payments knows nothing of it, the
 * settlement reports do. Those that are there and touch the period are read; where they end more than a
 * day ago one more is asked for, at most once an hour, and read when it is there.
 */
export const createWithdrawals = (options: Options) => {
  const { client, accessToken: token, provider, findKnown, clock } = options;
  let askedAt = 0;

  /** An account that gives no reports has none: its payments are held against the books all the same. */
  const valueOf = <T>(answer: Answer<T>): T | undefined => {
    if (answer.is === 'ok') return answer.value;
    if (answer.is === 'refused') return undefined;
    throw new ProviderUnclear(`Mercado Pago does not give its report: ${answer.is}`);
  };
  /** Of all that is not told yet: the days of a longer period, which come one by one, are in one report. */
  const askFor = async (from: Date): Promise<void> => {
    const now = clock();
    if (Math.abs(now.getTime() - askedAt) < hourMs) return;
    askedAt = now.getTime();
    const to = new Date(Math.min(now.getTime(), from.getTime() + reportDaysMax * dayMs));
    const key = `report ${from.toISOString()} ${to.toISOString()}`;
    // What was not understood is asked for again in an hour: a second report says the same.
    await client.requestReport({ token, key, from, to });
  };
  const toMovement = (
    { reference, amount, payoutId, occurredAt }: Withdrawal,
    cause: ProviderMovement['cause'],
  ): ProviderMovement => ({
    reference,
    cause,
    amount,
    occurredAt: occurredAt.toISOString(),
    withdrawal: { payoutId },
  });

  return async (from: Date, asked: Date): Promise<readonly ProviderMovement[]> => {
    const to = new Date(Math.min(asked.getTime(), clock().getTime()));
    const reports = valueOf(await client.listReports({ token }));
    if (!reports || to <= from) return [];
    const ofPeriod = reports.filter((one) => one.from < to && one.to > from);
    const isTold = (one: MercadoPagoReport): boolean =>
      one.from <= from && one.to.getTime() >= to.getTime() - dayMs;
    if (!ofPeriod.some(isTold)) await askFor(from);
    const found = new Map<string, Withdrawal>();
    for (const { fileName } of ofPeriod) {
      if (fileName === null) continue;
      const rows = valueOf(await client.readReport({ token, fileName })) ?? [];
      for (const row of rows) found.set(row.reference, row);
    }
    const withdrawals = [...found.values()].filter(
      ({ occurredAt }) => occurredAt >= from && occurredAt < to,
    );
    const known = await findKnown(
      provider,
      withdrawals.map(({ reference }) => reference),
    );
    return withdrawals.map((one) => toMovement(one, known.get(one.reference) ?? null));
  };
};

export type ReadWithdrawals = ReturnType<typeof createWithdrawals>;
