import type { Actor, FinishedAnswer, PublicAnswers, Loaded } from '../ports.ts';

/** A product as its managers see it: with status, handle and exact stock. */
export type ManagedAnswer = Readonly<{ body: object; etag: string }>;

export interface ProductViews {
  /** The public page of an active product by id or slug. Raises `product_not_found`. */
  loadPublic(idOrSlug: string): Promise<Loaded>;
  /** Any product that the actor may change. Raises `product_not_found`. */
  loadManaged(idOrSlug: string, actor: Actor): Promise<ManagedAnswer>;
}

export type ShowProduct = Readonly<{
  toPublic: (idOrSlug: string, url: string) => Promise<FinishedAnswer>;
  /** Undefined when it is not the actor's to manage: then the public page is shown, if there is one. */
  toManager: (idOrSlug: string, actor: Actor) => Promise<ManagedAnswer>;
}>;

export const createShowProduct = (
  ports: Readonly<{ answers: PublicAnswers; views: ProductViews }>,
): ShowProduct => ({
  toPublic: (idOrSlug, url) =>
    ports.answers.get('detail', idOrSlug, url, () => ports.views.loadPublic(idOrSlug)),
  toManager: (idOrSlug, actor) => ports.views.loadManaged(idOrSlug, actor),
});
