import type { Clock } from '#shared/platform/module.ts';
import { ProviderUnclear } from '../../application/ports.ts';
import type { ProviderMovement, ProviderStatement } from '../../application/reconciliation.ts';
import { mercadoPagoName } from './checkout-provider.ts';
import type { MercadoPagoClient } from './client.ts';
import { movementsOf, splitMovementsOf, unknownCharge, type KnownCharge } from './movements.ts';
import type { MercadoPagoPayment } from './resources.ts';
import type { ReadWithdrawals } from './withdrawals.ts';

const pageSize = 100;

/** What our books call these charges of a provider; those that they do not know are left out. */
export type FindKnownCharges = (
  provider: string,
  references: readonly string[],
) => Promise<ReadonlyMap<string, KnownCharge>>;

/** Accounts of sellers that are charged, with what opens each now. */
export type FindSplitTokens = (since: Date) => Promise<readonly string[]>;

/** A charge can be disputed, and so refunded, for half a year. */
const splitDays = 200;
const dayMs = 86_400_000;

/**
 * What Mercado Pago moved, as its search of payments tells. What changed since `from` is asked for, since
 * a charge may be of yesterday and its refund of today: so all movements of a payment come together. Of
 * what is charged to sellers our account knows no payment: their accounts are asked, and our fee is told. What
 * went to a bank by hand is in its reports alone.
 */
export const createMercadoPagoStatement = ({
  client,
  accessToken,
  findKnown,
  findSplitTokens,
  withdrawals,
  clock,
}: Readonly<{
  client: Pick<MercadoPagoClient, 'searchUpdated'>;
  accessToken: string;
  findKnown: FindKnownCharges;
  findSplitTokens?: FindSplitTokens;
  withdrawals: ReadWithdrawals;
  clock: Clock;
}>): ProviderStatement => {
  const search = async (token: string, from: Date, to: Date, offset: number) => {
    const answer = await client.searchUpdated({ token, from, to, offset, limit: pageSize });
    if (answer.is === 'ok') return answer.value.results;
    // A seller's consent may have ended: what was booked of it then has no movement, and a person looks.
    if (token !== accessToken && answer.is === 'refused') return [];
    throw new ProviderUnclear(`Mercado Pago does not tell what it moved: ${answer.is}`);
  };
  /** By the time of the last change, and not by number: what changes meanwhile would shift the pages. */
  async function* updatedSince(
    token: string,
    start: Date,
  ): AsyncGenerator<readonly MercadoPagoPayment[]> {
    const to = clock();
    const seen = new Set<string>();
    for (let from = start, offset = 0; ;) {
      const found = await search(token, from, to, offset);
      const fresh = found.filter(({ id, updatedAt }) => {
        const key = `${id} ${updatedAt?.toISOString() ?? ''}`;
        return !seen.has(key) && seen.add(key);
      });
      yield fresh;
      if (found.length < pageSize) return;
      const last = found.at(-1)!.updatedAt;
      const isLater = last !== null && last > from;
      offset = isLater ? 0 : offset + pageSize;
      if (isLater) from = last;
    }
  }

  async function* movementsOn(
    token: string,
    from: Date,
    toMovements: typeof movementsOf,
  ): AsyncGenerator<readonly ProviderMovement[]> {
    const latest = new Map<string, MercadoPagoPayment>();
    for await (const page of updatedSince(token, from))
      for (const payment of page) latest.set(payment.id, payment);
    const payments = [...latest.values()];
    for (let n = 0; n < payments.length; n += pageSize) {
      const page = payments.slice(n, n + pageSize);
      const known = await findKnown(
        mercadoPagoName,
        page.map(({ id }) => id),
      );
      yield page.flatMap((payment) => toMovements(payment, known.get(payment.id) ?? unknownCharge));
    }
  }

  return {
    provider: mercadoPagoName,
    async *movements(from, to) {
      yield await withdrawals(from, to);
      yield* movementsOn(accessToken, from, movementsOf);
      const since = new Date(from.getTime() - splitDays * dayMs);
      for (const token of (await findSplitTokens?.(since)) ?? [])
        yield* movementsOn(token, from, splitMovementsOf);
    },
  };
};
