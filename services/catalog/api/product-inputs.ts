import { readAmount } from '#shared/http/amounts.ts';
import type { ChangeProduct } from '../application/commands/change-product.ts';
import type { CreateProduct } from '../application/commands/create-product.ts';
import type { DetailsInput, VariantBody } from './product-schemas.ts';

type Variant = CreateProduct['variants'][number];

/** Details that were named; what was not is not there. */
export const toDetails = (body: Partial<DetailsInput>): ChangeProduct['details'] => ({
  ...(body.title === undefined ? {} : { title: body.title }),
  ...(body.description === undefined ? {} : { description: body.description }),
  ...(body.vendor === undefined ? {} : { vendor: body.vendor }),
  ...(body.category_id === undefined ? {} : { categoryId: body.category_id }),
  ...(body.tags === undefined ? {} : { tags: body.tags }),
  ...(body.tax_class === undefined ? {} : { taxClass: body.tax_class }),
  ...(body.seo?.title === undefined ? {} : { seoTitle: body.seo.title }),
  ...(body.seo?.description === undefined ? {} : { seoDescription: body.seo.description }),
});

/** All details; what was not named is empty, and taxed as most is, as PUT and POST mean it. */
export const toWholeDetails = (body: DetailsInput): CreateProduct['details'] => ({
  title: body.title,
  description: '',
  vendor: '',
  categoryId: null,
  tags: [],
  seoTitle: '',
  seoDescription: '',
  taxClass: 'standard',
  ...toDetails(body),
});

export const toPrices = (
  body: Pick<Partial<VariantBody>, 'price' | 'compare_at_price'>,
  currency: string,
  at = '',
): Readonly<{ priceMinor?: bigint; compareAtMinor?: bigint | null }> => ({
  ...(body.price === undefined
    ? {}
    : { priceMinor: readAmount(body.price, currency, `${at}/price`) }),
  ...(body.compare_at_price === undefined
    ? {}
    : {
        compareAtMinor:
          body.compare_at_price === null
            ? null
            : readAmount(body.compare_at_price, currency, `${at}/compare_at_price`),
      }),
});

export const toVariantChanges = (
  body: Partial<VariantBody>,
  currency: string,
  at = '',
): Partial<Variant> => ({
  ...toPrices(body, currency, at),
  sku: body.sku,
  options: body.options,
  weightGrams: body.weight_grams,
  barcode: body.barcode,
  imageId: body.image_id,
  lowStockThreshold: body.low_stock_threshold,
});

export const toVariant = (
  body: VariantBody & Readonly<{ stock?: number }>,
  currency: string,
  at = '',
): Variant => ({
  ...toVariantChanges(body, currency, at),
  priceMinor: readAmount(body.price, currency, `${at}/price`),
  stock: body.stock ?? 0,
});
