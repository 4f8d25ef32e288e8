import { browserApi } from '../../api/client.ts';
import { useLoaded } from '../../kit/use-request.ts';

type Node = Readonly<{ id: string; slug: string; name: string; children?: readonly unknown[] }>;
export type ShownCategory = Readonly<{ id: string; slug: string; path: string }>;

const flatten = (nodes: readonly Node[], above: string): readonly ShownCategory[] =>
  nodes.flatMap(({ id, slug, name, children = [] }) => {
    const path = above === '' ? name : `${above} › ${name}`;
    return [{ id, slug, path }, ...flatten(children as readonly Node[], path)];
  });

/** Every category with those above it, as a list to choose from. */
export const useCategories = (): readonly ShownCategory[] => {
  const { data } = useLoaded(['categories'], (signal) =>
    browserApi().GET('/api/v1/categories', { signal }),
  );
  return flatten(data?.items ?? [], '');
};
