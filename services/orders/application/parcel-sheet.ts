import type { Language } from '#shared/kernel/preferred-language.ts';

export type ParcelPaper = 'packing_slip' | 'shipping_label';

/** What goes with a parcel, or on it, as it stands on paper: every text of it, worded. No amounts. */
export type ParcelSheet = Readonly<{
  title: string;
  number: string;
  sender: Readonly<{ title: string; lines: readonly string[] }>;
  recipient: Readonly<{
    title: string;
    name: string;
    /** Street, door, neighbourhood. */
    lines: readonly string[];
    /** What a carrier sorts by, the smallest part first. */
    place: readonly string[];
    postalCode: string | null;
    phone: string | null;
  }>;
  facts: readonly Readonly<{ name: string; value: string }>[];
  tracking: readonly string[];
  columns: Readonly<Record<'quantity' | 'product' | 'sku', string>>;
  rows: readonly Readonly<{ quantity: string; product: string; sku: string }>[];
  /** How many pieces there are in it. */
  countText: string;
  /** Where whoever packs it finds the order. */
  url: string;
  qrCodeText: string;
  /** With `{page}` and `{pages}`. */
  pageText: string;
}>;

export type ParcelPrint = Readonly<{
  paper: ParcelPaper;
  language: Language;
  shopName: string;
  title: string;
  sheets: readonly ParcelSheet[];
}>;

/** Draws the papers of parcels into one PDF, each from a page of its own on, in their order. */
export type PrintParcels = (print: ParcelPrint, madeAt: Date) => Promise<Buffer>;
