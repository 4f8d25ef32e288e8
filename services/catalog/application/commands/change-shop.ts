import { brandColours, isColour, type BrandColours } from '#shared/kernel/brand-colours.ts';
import { catalogError } from '../../domain/errors.ts';

/** What the owner says of the shop as a whole. */
export type ShopTerms = Readonly<{
  /** `#rrggbb`; null: the colours that Plaza comes with. */
  brandColour: string | null;
  /** For how long after its arrival a product is taken back; 0: not at all. */
  returnDays: number;
}>;

export type Shop = ShopTerms &
  Readonly<{ version: number; changedAt: Date | null; changedBy: string | null }>;

export interface Shops {
  read(): Promise<Shop>;
  /** Undefined when it has another version. */
  change(
    version: number,
    terms: ShopTerms,
    by: Readonly<{ id: string; now: Date }>,
  ): Promise<Shop | undefined>;
}

/** What a colour becomes in both themes; raises `catalog.colour_invalid`. */
export const coloursOf = (text: string): BrandColours => {
  const colour = text.toLowerCase();
  if (!isColour(colour)) throw catalogError('colour_invalid');
  return brandColours(colour);
};

export const createChangeShop =
  ({ shops }: Readonly<{ shops: Shops }>) =>
  async (
    version: number,
    terms: ShopTerms,
    by: Readonly<{ id: string; now: Date }>,
  ): Promise<Shop | undefined> => {
    const brandColour = terms.brandColour?.toLowerCase() ?? null;
    if (brandColour !== null) coloursOf(brandColour);
    return shops.change(version, { ...terms, brandColour }, by);
  };

export type ChangeShop = ReturnType<typeof createChangeShop>;
