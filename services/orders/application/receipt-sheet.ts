import type { Language } from '#shared/kernel/preferred-language.ts';

/** A receipt as it stands on paper: every text of it, worded, in the order in which it is read. */
export type ReceiptSheet = Readonly<{
  language: Language;
  shopName: string;
  title: string;
  facts: readonly ReceiptFact[];
  /** Undefined: nothing was agreed on. */
  delivery: Readonly<{ title: string; lines: readonly string[] }> | undefined;
  columns: Readonly<Record<ReceiptColumn, string>>;
  /** Whether any row has one. */
  hasDiscounts: boolean;
  rows: readonly ReceiptRow[];
  sums: readonly (ReceiptFact & Readonly<{ isTotal: boolean }>)[];
  notes: readonly string[];
  /** Where the order can be looked up, and what a code of that says of itself. */
  url: string;
  qrCodeText: string;
  /** With `{page}` and `{pages}`. */
  pageText: string;
  /** Its name without an ending. */
  fileName: string;
}>;

export type ReceiptFact = Readonly<{ name: string; value: string }>;
export type ReceiptColumn = 'quantity' | 'product' | 'unitPrice' | 'discount' | 'tax' | 'total';
export type ReceiptRow = Readonly<{
  quantity: string;
  product: string;
  sku: string;
  /** Before the discount. */
  unitPrice: string;
  /** Empty where there is none. */
  discount: string;
  /** Empty where the operator had no rate. */
  tax: string;
  taxCode: string;
  total: string;
}>;

/** Draws a receipt as a PDF of as many pages as it needs. */
export type PrintReceipt = (sheet: ReceiptSheet, madeAt: Date) => Promise<Buffer>;
