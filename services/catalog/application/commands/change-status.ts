import { changeStatus, type ProductStatus } from '../../domain/product.ts';
import type { Cause, Products } from '../ports.ts';

export type ChangeStatus = Readonly<{ id: string; to: Exclude<ProductStatus, 'draft'> }>;

export type ChangeStatusHandler = (command: ChangeStatus, cause: Cause) => Promise<void>;

export const createChangeStatus =
  ({ products }: Readonly<{ products: Products }>): ChangeStatusHandler =>
  async ({ id, to }, cause) => {
    await products.update(id, ({ product }) => changeStatus(product, to), cause);
  };
