import type { Categories, Category, FinishedAnswer, PublicAnswers } from '../ports.ts';

export type ListCategories = (url: string) => Promise<FinishedAnswer>;

type Node = Readonly<{
  id: string;
  slug: string;
  name: string;
  position: number;
  version: number;
  children: readonly Node[];
}>;

const treeOf = (categories: readonly Category[]): readonly Node[] => {
  const byParent = Map.groupBy(categories, ({ parentId }) => parentId);
  const below = (parentId: string | null): readonly Node[] =>
    (byParent.get(parentId) ?? []).map(({ id, slug, name, position, version }) => ({
      id,
      slug,
      name,
      position,
      version,
      children: below(id),
    }));
  return below(null);
};

export const createListCategories =
  (
    ports: Readonly<{
      categories: Categories;
      answers: PublicAnswers;
      finish: (body: object) => FinishedAnswer;
    }>,
  ): ListCategories =>
  (url) =>
    ports.answers.get('list', 'categories', url, async () => ({
      answer: ports.finish({ items: treeOf(await ports.categories.list()) }),
    }));
