import type { Clock } from '#shared/platform/module.ts';
import { ProviderUnclear } from '../../application/ports.ts';
import type { ProviderStatement } from '../../application/reconciliation.ts';
import { mercadoPagoName } from './checkout-provider.ts';
import type { MercadoPagoClient } from './client.ts';
import { movementsOf, unknownCharge, type KnownCharge } from './movements.ts';
import type { MercadoPagoPayment } from './resources.ts';

const pageSize = 100;

/** What our books call these charges of a provider; those that they do not know are left out. */
export type FindKnownCharges = (
  provider: string,
  references: readonly string[],
) => Promise<ReadonlyMap<string, KnownCharge>>;

/**
 * What Mercado Pago moved, as its search of payments tells. What changed since `from` is asked for, since
 * a charge may be of yesterday and its refund of today: so all movements of a payment come together.
 */
export const createMercadoPagoStatement = ({
  client,
  accessToken: token,
  findKnown,
  clock,
}: Readonly<{
  client: Pick<MercadoPagoClient, 'searchUpdated'>;
  accessToken: string;
  findKnown: FindKnownCharges;
  clock: Clock;
}>): ProviderStatement => {
  const search = async (from: Date, to: Date, offset: number) => {
    const answer = await client.searchUpdated({ token, from, to, offset, limit: pageSize });
    if (answer.is === 'ok') return answer.value.results;
    throw new ProviderUnclear(`Mercado Pago does not tell what it moved: ${answer.is}`);
  };
  /** By the time of the last change, and not by number: what changes meanwhile would shift the pages. */
  async function* updatedSince(start: Date): AsyncGenerator<readonly MercadoPagoPayment[]> {
    const to = clock();
    const seen = new Set<string>();
    for (let from = start, offset = 0; ;) {
      const found = await search(from, to, offset);
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

  return {
    provider: mercadoPagoName,
    async *movements(from) {
      const latest = new Map<string, MercadoPagoPayment>();
      for await (const page of updatedSince(from))
        for (const payment of page) latest.set(payment.id, payment);
      const payments = [...latest.values()];
      for (let n = 0; n < payments.length; n += pageSize) {
        const page = payments.slice(n, n + pageSize);
        const known = await findKnown(
          mercadoPagoName,
          page.map(({ id }) => id),
        );
        yield page.flatMap((payment) =>
          movementsOf(payment, known.get(payment.id) ?? unknownCharge),
        );
      }
    },
  };
};
