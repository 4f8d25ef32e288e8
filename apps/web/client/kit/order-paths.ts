import { checkoutPath, shortId } from '../../addresses.ts';
import type { Language } from '../../render-contract.ts';

/** Where an order that was placed is paid. Not with the other addresses: no first page links there. */
export const payOrderPath = (language: Language, orderId: string): string =>
  `${checkoutPath(language)}/${shortId(orderId)}`;

/** The receipt of an order as a file, in the language in which it was ordered. */
export const receiptPdfPath = (orderId: string): string =>
  `/web/api/v1/orders/${orderId}/receipt.pdf`;
