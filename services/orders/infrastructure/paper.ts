import type PDFDocument from 'pdfkit';
import type { Language } from '#shared/kernel/preferred-language.ts';
import { receiptFonts } from './receipt-fonts.ts';
import { createPen, ink, type Branch, type Pen, type Style } from './receipt-pen.ts';

export type Document = InstanceType<typeof PDFDocument>;

/** Where the next thing stands; a thing that has no room left begins a page. */
const createCursor = (document: Document, margin: number, footHeight: number) => {
  const bottom = document.page.height - margin - footHeight;
  const cursor = {
    y: margin,
    bottom,
    newPage(): void {
      document.addPage();
      cursor.y = margin;
    },
    /** Begins a page unless so much is left; answers whether it did. */
    reserve(height: number): boolean {
      if (cursor.y + height <= bottom) return false;
      cursor.newPage();
      return true;
    },
  };
  return cursor;
};

/** A document under way: what draws on it, where, and the tree of what was drawn. */
export type Paper = Readonly<{
  document: Document;
  pen: Pen;
  root: Branch;
  cursor: ReturnType<typeof createCursor>;
  left: number;
  width: number;
}>;

export const paragraph = (
  { pen, root, cursor, left, width }: Paper,
  text: string,
  style: Style,
  type = 'P',
): void => {
  for (const line of pen.wrap(text, width, style)) {
    cursor.reserve(pen.lineHeight(style));
    pen.tagged(root, type, () => pen.lines([line], left, cursor.y, style));
    cursor.y += pen.lineHeight(style);
  }
};

/** A code that cameras read; `alt` is what it is for those who do not see it. */
export const drawQr = async (
  { document, pen, root }: Pick<Paper, 'document' | 'pen' | 'root'>,
  {
    text,
    alt,
    x,
    y,
    side,
  }: Readonly<{ text: string; alt: string; x: number; y: number; side: number }>,
): Promise<void> => {
  const { encode } = await import('uqr');
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const dot = side / size;
  const draw = (): void => {
    data.forEach((row, i) =>
      row.forEach((isDark, j) => {
        if (isDark) document.rect(x + j * dot, y + i * dot, dot, dot);
      }),
    );
    document.fill(ink);
  };
  pen.tagged(root, 'Figure', draw, { alt });
};

/**
 * A tagged document in our own typeface, and what ends it. The library is loaded with the first one, as
 * that of codes is.
 */
export const openPaper = async (
  options: Readonly<{
    size: 'A4' | [width: number, height: number];
    margin: number;
    footHeight: number;
    language: Language;
    title: string;
    author: string;
    madeAt: Date;
  }>,
): Promise<Paper & Readonly<{ end: () => Promise<Buffer> }>> => {
  const { size, margin, footHeight, language, title, author, madeAt } = options;
  const [{ default: Pdf }, fonts] = await Promise.all([import('pdfkit'), receiptFonts()]);
  const document = new Pdf({
    size,
    // What is written at the foot begins no page by itself.
    margins: { top: margin, left: margin, right: margin, bottom: 0 },
    bufferPages: true,
    tagged: true,
    pdfVersion: '1.7',
    lang: language,
    displayTitle: true,
    info: { Title: title, Author: author, CreationDate: madeAt, ModDate: madeAt },
  });
  const chunks: Buffer[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  document.on('data', (chunk: Uint8Array) => chunks.push(Buffer.from(chunk)));
  document.on('end', () => resolve(Buffer.concat(chunks)));
  document.on('error', reject);
  for (const [name, file] of fonts.files) document.registerFont(name, file);
  const root = document.struct('Document');
  document.addStructure(root);
  return {
    document,
    pen: createPen(document, fonts),
    root,
    cursor: createCursor(document, margin, footHeight),
    left: margin,
    width: document.page.width - 2 * margin,
    end: () => {
      root.end();
      document.end();
      return promise;
    },
  };
};
