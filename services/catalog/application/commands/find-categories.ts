import type { DomainError } from '#shared/kernel/errors.ts';
import { fold, slugOf } from '../../domain/product.ts';
import type { Categories, Category } from '../ports.ts';

/**
 * The category that a file's `Type` means: undefined when the file has no such column, null for an
 * empty cell. `currentId` is the product's category, which stays when it has that name: names repeat
 * in a tree.
 */
export type CategoryFinder = (
  type: string | undefined,
  currentId: string | null | undefined,
) => Promise<string | null | undefined>;

/** Finds categories by name and adds, at the top, those that there are not; a dry run adds none. */
export const createCategoryFinder = async (
  categories: Categories,
  newId: () => string,
  isDryRun: boolean,
): Promise<CategoryFinder> => {
  const all = await categories.list();
  const byId = new Map(all.map((category) => [category.id, category]));
  const byName = new Map(all.toReversed().map((category) => [fold(category.name), category]));

  const add = async (name: string): Promise<Category> => {
    const slug = slugOf(name);
    const category = {
      id: newId(),
      parentId: null,
      slug: slug === '' ? `c-${newId().slice(-8)}` : slug,
      name,
      position: 0,
      version: 1,
    };
    if (isDryRun) return category;
    try {
      return await categories.add(category);
    } catch (error) {
      if ((error as DomainError).code !== 'catalog.category_slug_taken') throw error;
      return categories.add({ ...category, slug: `${category.slug}-${category.id.slice(-8)}` });
    }
  };

  return async (type, currentId) => {
    if (type === undefined) return undefined;
    const name = type.replaceAll(/\s+/g, ' ').trim();
    if (name === '') return null;
    const key = fold(name);
    const current = currentId ? byId.get(currentId) : undefined;
    if (current && fold(current.name) === key) return current.id;
    const known = byName.get(key) ?? (await add(name));
    byName.set(key, known);
    byId.set(known.id, known);
    return known.id;
  };
};
