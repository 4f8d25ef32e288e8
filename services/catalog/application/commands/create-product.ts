import { createVariant, type VariantInput } from '../../domain/new-variant.ts';
import {
  changeStatus,
  createProduct,
  evolve,
  slugOf,
  type Details,
  type Product,
} from '../../domain/product.ts';
import { catalogError } from '../../domain/errors.ts';
import type { DomainError } from '#shared/kernel/errors.ts';
import type { Actor, Cause, Products } from '../ports.ts';

export type CreateProduct = Readonly<{
  id: string;
  /** An earlier try of the same operation may have stored it. */
  isResumed: boolean;
  /** Whose it will be; only an administrator may name another than himself. */
  sellerId: string | undefined;
  slug: string | undefined;
  status: 'draft' | 'active';
  details: Details;
  options: readonly string[];
  variants: readonly (VariantInput & Readonly<{ stock: number }>)[];
}>;

type Ports = Readonly<{ products: Products; newId: () => string; currency: string }>;

export type CreateProductHandler = (command: CreateProduct, cause: Cause) => Promise<void>;

const sellerOf = ({ sellerId }: CreateProduct, actor: Actor): string => {
  if (sellerId === undefined || sellerId === actor.id) return actor.id;
  if (actor.isAdmin) return sellerId;
  const detail = 'only an administrator adds a product for another';
  throw catalogError('product_invalid', {
    errors: [{ pointer: '#/seller_id', code: 'not_allowed', detail }],
  });
};

const build = (command: CreateProduct, slug: string, cause: Cause, ports: Ports): Product => {
  const { details, options } = command;
  const variants = command.variants.map((input, i) =>
    createVariant(ports.newId(), slug, options, input, `/variants/${i}`),
  );
  const created = createProduct({
    ...details,
    id: command.id,
    sellerId: sellerOf(command, cause.actor),
    handle: slug,
    slug,
    currency: ports.currency,
    options,
    variants,
    images: [],
  });
  const draft = created.reduce(evolve, {} as Product);
  return command.status === 'draft' ? draft : changeStatus(draft, 'active').reduce(evolve, draft);
};

export const createCreateProduct =
  (ports: Ports): CreateProductHandler =>
  async (command, cause) => {
    if (command.isResumed && (await ports.products.exists(command.id))) return;
    const wanted = command.slug ?? slugOf(command.details.title);
    const suffix = command.id.slice(-8);
    const slug = wanted === '' ? `p-${suffix}` : wanted;
    const store = (product: Product): Promise<void> => {
      const stock = new Map(
        product.variants.map(({ id }, i) => [id, command.variants[i]!.stock] as const),
      );
      return ports.products.create(product, stock, cause);
    };
    try {
      await store(build(command, slug, cause, ports));
    } catch (error) {
      // A slug that nobody chose gives way to the one that was there first.
      const isTaken = (error as DomainError).code === 'catalog.slug_taken';
      if (!isTaken || command.slug !== undefined) throw error;
      await store(build(command, `${slug}-${suffix}`, cause, ports));
    }
  };
