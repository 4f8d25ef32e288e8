import { Type, type Static } from 'typebox';
import { amount, amountInput, currency, instant, strict, uuid } from '#shared/http/schemas.ts';

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const slug = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 100 });
export const quantity = Type.Integer({ minimum: 0, maximum: 1_000_000 });
export const sku = Type.String({ minLength: 1, maxLength: 100 });

export const idOrSlugParams = strict({
  id: Type.String({ minLength: 1, maxLength: 120, pattern: '^[a-z0-9-]+$' }),
});
export const variantParams = strict({ id: uuid, variant_id: uuid });
export const imageParams = strict({ id: uuid, image_id: uuid });

export const detailsInput = {
  title: Type.String({ minLength: 1, maxLength: 255 }),
  description: Type.Optional(Type.String({ maxLength: 100_000 })),
  vendor: Type.Optional(Type.String({ maxLength: 255 })),
  category_id: Type.Optional(nullable(uuid)),
  tags: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { maxItems: 100 })),
  tax_class: Type.Optional(
    Type.String({
      pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
      maxLength: 40,
      description: "how it is taxed, in the operator's words; `standard` without it",
      examples: ['standard', 'reduced', 'exempt'],
    }),
  ),
  seo: Type.Optional(
    strict({
      title: Type.Optional(Type.String({ maxLength: 255 })),
      description: Type.Optional(Type.String({ maxLength: 1_000 })),
    }),
  ),
} as const;

export const variantInput = {
  sku: Type.Optional(sku),
  options: Type.Optional(
    Type.Record(Type.String({ maxLength: 255 }), Type.String({ minLength: 1, maxLength: 255 }), {
      maxProperties: 3,
      description: 'one value for each option of the product, by name',
    }),
  ),
  price: amountInput,
  compare_at_price: Type.Optional(nullable(amountInput)),
  weight_grams: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000_000 })),
  barcode: Type.Optional(nullable(Type.String({ maxLength: 100 }))),
  image_id: Type.Optional(nullable(uuid)),
  low_stock_threshold: Type.Optional(quantity),
} as const;

const imageView = Type.Object({
  id: uuid,
  url: Type.String({ description: 'relative to this address, or elsewhere when it was imported' }),
  alt: Type.String(),
  width: nullable(Type.Integer()),
  height: nullable(Type.Integer()),
});
const seller = Type.Object({ id: uuid, name: nullable(Type.String()) });
const categoryLink = Type.Object({ id: uuid, slug: Type.String(), name: Type.String() });
const option = Type.Object({ name: Type.String(), values: Type.Array(Type.String()) });
const status = Type.String({ enum: ['draft', 'active', 'inactive', 'archived'] });

export const card = Type.Object({
  id: uuid,
  slug: Type.String(),
  status: Type.Optional(status),
  title: Type.String(),
  seller,
  category: nullable(categoryLink),
  price: amount,
  price_max: amount,
  compare_at_price: nullable(amount),
  currency,
  in_stock: Type.Boolean(),
  image: nullable(imageView),
  options: Type.Array(option),
  created_at: instant,
  updated_at: instant,
});

const variantView = Type.Object({
  id: uuid,
  sku: Type.String(),
  options: Type.Record(Type.String(), Type.String()),
  price: amount,
  compare_at_price: nullable(amount),
  currency,
  available: Type.Integer({ description: 'exact to 20; to the public, 20 means 20 or more' }),
  in_stock: Type.Boolean(),
  weight_grams: Type.Integer(),
  barcode: nullable(Type.String()),
  image_id: nullable(uuid),
  on_hand: Type.Optional(Type.Integer({ description: 'managers only, as the two below' })),
  reserved: Type.Optional(Type.Integer()),
  low_stock_threshold: Type.Optional(Type.Integer()),
});

export const product = Type.Object({
  id: uuid,
  slug: Type.String(),
  status: Type.Optional(status),
  handle: Type.Optional(Type.String({ description: 'its name in import files; managers only' })),
  title: Type.String(),
  description: Type.String({ description: 'as the seller wrote it: not safe HTML' }),
  seller,
  category: nullable(categoryLink),
  category_path: Type.Array(categoryLink),
  tags: Type.Array(Type.String()),
  options: Type.Array(option),
  price: amount,
  price_max: amount,
  compare_at_price: nullable(amount),
  currency,
  in_stock: Type.Boolean(),
  images: Type.Array(imageView),
  variants: Type.Array(variantView),
  tax_class: Type.String(),
  seo: Type.Object({ title: Type.String(), description: Type.String() }),
  version: Type.Integer(),
  created_at: instant,
  updated_at: instant,
});

export type DetailsInput = Static<ReturnType<typeof strictDetails>>;
export type VariantBody = Static<ReturnType<typeof strictVariant>>;
const strictDetails = () => strict(detailsInput);
const strictVariant = () => strict(variantInput);
