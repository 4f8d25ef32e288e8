import type { Actor } from '../ports.ts';

export interface ImportViews {
  /** Raises `import_not_found`, also for another account's. */
  load(id: string, actor: Actor): Promise<object>;
}

export type ShowImport = (id: string, actor: Actor) => Promise<object>;

export const createShowImport =
  ({ views }: Readonly<{ views: ImportViews }>): ShowImport =>
  (id, actor) =>
    views.load(id, actor);
