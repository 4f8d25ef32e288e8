/** The receipt of an order as a file, in the language in which it was ordered. */
export const receiptPdfPath = (orderId: string): string =>
  `/web/api/v1/orders/${orderId}/receipt.pdf`;
