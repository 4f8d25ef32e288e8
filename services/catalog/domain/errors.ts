import { defineErrors } from '#shared/kernel/errors.ts';

/** Every error of the catalogue; codes are public for ever. */
export const catalogError = defineErrors('catalog', {
  product_not_found: ['not_found', 'There is no such product.'],
  product_gone: ['gone', 'This product was sold here once, and is not any more.'],
  colour_invalid: ['invalid', 'A colour is written as # and six hexadecimal digits.'],
  shop_name_invalid: [
    'invalid',
    'A name has 1 to 60 characters, without control characters or marks of direction.',
  ],
  shop_country_unknown: ['invalid', 'Plaza knows no shops of this country.'],
  variant_not_found: ['not_found', 'The product has no such variant.'],
  image_not_found: ['not_found', 'There is no such image.'],
  category_not_found: ['not_found', 'There is no such category.'],
  import_not_found: ['not_found', 'There is no such import.'],
  product_invalid: ['invalid', 'The product is not consistent.'],
  unknown_category: ['invalid', 'The category does not exist.'],
  variant_needed: ['invalid', 'The product has several variants: say which one.'],
  category_invalid: ['invalid', 'The category cannot stand there.'],
  stock_too_large: ['invalid', 'That is more than a variant can have.'],
  image_unreadable: [
    'invalid',
    'The file is not an image that can be read: JPEG, PNG, WebP or AVIF.',
  ],
  image_too_many_pixels: ['invalid', 'The image has more than 40 million pixels.'],
  file_missing: ['invalid', 'The request has no file.'],
  import_unreadable: ['invalid', 'The file is not a product CSV.'],
  status_not_allowed: ['conflict', 'The product cannot change to this status.'],
  product_archived: ['conflict', 'An archived product does not change any more.'],
  sku_taken: ['conflict', 'Another variant of the seller has this SKU.'],
  slug_taken: ['conflict', 'Another product has this slug.'],
  category_slug_taken: ['conflict', 'Another category has this slug.'],
  category_in_use: ['conflict', 'The category has products or categories below it.'],
  variant_reserved: ['conflict', 'Units of the variant are set aside for orders.'],
  last_variant: ['conflict', 'A product keeps at least one variant.'],
  not_enough_stock: ['conflict', 'There are not that many free units.'],
  import_running: ['conflict', 'Another import of yours is still running.'],
});
