import type { Platform } from '#shared/platform/module.ts';
import type { Catalog } from '../application/ports.ts';

type Product = Readonly<{ variants?: readonly Readonly<{ id: string; available?: number }>[] }>;

/** Asks catalog over its own API; only at merges, so a purchase waits for no other context. */
export const createHttpCatalog = (ask: Platform['ask']): Catalog => ({
  async available(productIds) {
    const answers = await Promise.all(
      productIds.slice(0, 100).map((id) => ask('catalog', 'GET', `/products/${id}`)),
    );
    return new Map(
      answers
        .filter(({ status }) => status === 200)
        .flatMap(({ body }) => (body as Product).variants ?? [])
        .flatMap(({ id, available }) =>
          available === undefined ? [] : [[id, available] as const],
        ),
    );
  },
});
