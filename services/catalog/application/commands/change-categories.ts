import { slugOf } from '../../domain/product.ts';
import type { Categories, Category } from '../ports.ts';
import type { Precondition } from './change-product.ts';

export type CategoryInput = Readonly<{
  name: string;
  slug?: string | undefined;
  parentId?: string | null | undefined;
  position?: number | undefined;
}>;

export type ChangeCategories = Readonly<{
  add: (input: CategoryInput) => Promise<Category>;
  replace: (id: string, input: CategoryInput, precondition: Precondition) => Promise<Category>;
  remove: (id: string) => Promise<void>;
}>;

const tidy = (name: string): string => name.trim().replaceAll(/\s+/g, ' ').normalize('NFC');

export const createChangeCategories = (
  ports: Readonly<{ categories: Categories; newId: () => string }>,
): ChangeCategories => ({
  add(input) {
    const id = ports.newId();
    const name = tidy(input.name);
    const made = slugOf(name);
    return ports.categories.add({
      id,
      parentId: input.parentId ?? null,
      slug: input.slug ?? (made === '' ? `c-${id.slice(-8)}` : made),
      name,
      position: input.position ?? 0,
      version: 1,
    });
  },
  /** The slug stays unless a new one is given: it is an address. */
  replace: (id, input, precondition) =>
    ports.categories.change(id, (category) => {
      precondition(category.version);
      return {
        ...category,
        parentId: input.parentId ?? null,
        slug: input.slug ?? category.slug,
        name: tidy(input.name),
        position: input.position ?? 0,
      };
    }),
  remove: (id) => ports.categories.remove(id),
});
