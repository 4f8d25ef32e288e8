import { exportHeader, exportLines, type ExportedProduct } from '../../domain/export-product.ts';
import type { Actor } from '../ports.ts';

export interface ExportedProducts {
  /** Every product of a seller, or of all, in batches, oldest first. */
  read(sellerId: string | null): AsyncIterable<readonly ExportedProduct[]>;
}

export type ExportProducts = (actor: Actor, sellerId: string | null) => AsyncIterable<string>;

/** A product CSV as Shopify writes it; sellers get their own products, administrators those asked for. */
export const createExportProducts = ({
  products,
}: Readonly<{ products: ExportedProducts }>): ExportProducts =>
  async function* (actor, sellerId) {
    yield exportHeader(actor.isAdmin);
    for await (const batch of products.read(actor.isAdmin ? sellerId : actor.id))
      yield batch.map((product) => exportLines(product, actor.isAdmin)).join('');
  };
