import type { Place } from '../admin/places.ts';

/** Products, stock, imports, sellers, payments and books, in the sidebar and in the palette. */
export const goodsPlaces: readonly Place[] = [];
