/** What a product file can say, with the names that Shopify's old and new exports use for it. */
const names = {
  handle: ['Handle', 'URL handle'],
  title: ['Title'],
  description: ['Body (HTML)', 'Body HTML', 'Description'],
  vendor: ['Vendor'],
  type: ['Type'],
  tags: ['Tags'],
  published: ['Published', 'Published on online store'],
  status: ['Status'],
  option1Name: ['Option1 Name'],
  option1Value: ['Option1 Value'],
  option2Name: ['Option2 Name'],
  option2Value: ['Option2 Value'],
  option3Name: ['Option3 Name'],
  option3Value: ['Option3 Value'],
  sku: ['Variant SKU', 'SKU'],
  grams: ['Variant Grams', 'Weight value (grams)'],
  quantity: ['Variant Inventory Qty', 'Inventory quantity'],
  price: ['Variant Price', 'Price'],
  compareAt: ['Variant Compare At Price', 'Compare-at price'],
  barcode: ['Variant Barcode', 'Barcode'],
  taxable: ['Variant Taxable', 'Charge tax'],
  taxCode: ['Variant Tax Code', 'Tax code'],
  imageSrc: ['Image Src', 'Product image URL'],
  imagePosition: ['Image Position', 'Image position'],
  imageAlt: ['Image Alt Text', 'Image alt text'],
  variantImage: ['Variant Image', 'Variant image URL'],
  seoTitle: ['SEO Title', 'SEO title'],
  seoDescription: ['SEO Description', 'SEO description'],
  sellerId: ['Plaza Seller Id'],
} as const;

export type Column = keyof typeof names;

const byName = new Map(
  Object.entries(names).flatMap(([column, known]) =>
    known.map((name) => [name.toLowerCase(), column as Column] as const),
  ),
);

/** One line of the file; `line` is where it begins, the header being 1. */
export type ImportRow = Readonly<{
  line: number;
  cells: Readonly<Partial<Record<Column, string>>>;
}>;

/** The file's columns by position; undefined for those that mean nothing here. */
export type Header = Readonly<{
  columns: readonly (Column | undefined)[];
  /** As the file spells them, for messages. */
  titles: Readonly<Partial<Record<Column, string>>>;
}>;

export const readHeader = (cells: readonly string[]): Header => {
  const columns = cells.map((cell) => byName.get(cell.trim().toLowerCase()));
  const titles = Object.fromEntries(
    columns.flatMap((column, i) => (column === undefined ? [] : [[column, cells[i]!.trim()]])),
  );
  return { columns, titles };
};

/** Cells of a line; an apostrophe that our export put before a formula sign is taken off. */
export const readRow = (header: Header, line: number, cells: readonly string[]): ImportRow => ({
  line,
  cells: Object.fromEntries(
    header.columns.flatMap((column, i) =>
      column === undefined ? [] : [[column, unguard(cells[i] ?? '')]],
    ),
  ),
});

/** A spreadsheet would run a cell that begins so; with one apostrophe more it is text. */
export const guard = (text: string): string => (/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const unguard = (text: string): string => (/^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text);
