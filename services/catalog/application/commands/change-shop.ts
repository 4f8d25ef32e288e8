import { brandColours, isColour, type BrandColours } from '#shared/kernel/brand-colours.ts';
import { readShopName } from '#shared/kernel/shop-name.ts';
import { placeOfCountry } from '#shared/kernel/shop-places.ts';
import { catalogError } from '../../domain/errors.ts';

/** What a shop is called and where it is. */
export type ShopIdentity = Readonly<{
  /** null: Plaza. */
  name: string | null;
  /** ISO 3166-1; null: where its currency is at home. */
  country: string | null;
}>;

/** What the owner says of the shop as a whole. */
export type ShopTerms = ShopIdentity &
  Readonly<{
    /** `#rrggbb`; null: the colours that Plaza comes with. */
    brandColour: string | null;
    /** For how long after its arrival a product is taken back; 0: not at all. */
    returnDays: number;
  }>;

export type Shop = ShopTerms &
  Readonly<{ version: number; changedAt: Date | null; changedBy: string | null }>;

export interface Shops {
  read(): Promise<Shop>;
  /** While no person has changed anything; what was so begun may be begun again. */
  begin(identity: ShopIdentity): Promise<void>;
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

const atField = (field: string, code: string, detail: string) => ({
  errors: [{ pointer: `#/${field}`, code, detail }],
});

/** As it is kept; raises `catalog.shop_name_invalid` and `catalog.shop_country_unknown`. */
const checkIdentity = ({ name, country }: ShopIdentity): ShopIdentity => {
  const read = name === null ? null : readShopName(name);
  if (read === undefined)
    throw catalogError(
      'shop_name_invalid',
      atField('name', 'wrong_format', 'has no name that can be shown'),
    );
  if (country !== null && !placeOfCountry(country))
    throw catalogError(
      'shop_country_unknown',
      atField('country', 'not_allowed', 'is no country that a shop can be of'),
    );
  return { name: read, country };
};

/** What is said of the shop before it has an owner. */
export const createBeginShop =
  ({ shops }: Readonly<{ shops: Shops }>) =>
  (identity: ShopIdentity): Promise<void> =>
    shops.begin(checkIdentity(identity));

export type BeginShop = ReturnType<typeof createBeginShop>;

export const createChangeShop =
  ({ shops }: Readonly<{ shops: Shops }>) =>
  async (
    version: number,
    terms: ShopTerms,
    by: Readonly<{ id: string; now: Date }>,
  ): Promise<Shop | undefined> => {
    const brandColour = terms.brandColour?.toLowerCase() ?? null;
    if (brandColour !== null) coloursOf(brandColour);
    return shops.change(version, { ...terms, ...checkIdentity(terms), brandColour }, by);
  };

export type ChangeShop = ReturnType<typeof createChangeShop>;
