import { setImmediate } from 'node:timers/promises';
import type { PrintReceipt, ReceiptRow, ReceiptSheet } from '../application/receipt-sheet.ts';
import { drawQr, openPaper, paragraph, type Paper } from './paper.ts';
import { faint, type Branch } from './receipt-pen.ts';

const margin = 44;
const footHeight = 20;
const qrSize = 72;
const gap = 10;

const body = { size: 10 } as const;
const small = { size: 8.5, colour: faint } as const;
const bold = { size: 10, weight: 'bold' } as const;
const titleStyle = { size: 18, weight: 'bold' } as const;
const markStyle = { size: 15, weight: 'bold' } as const;
const head = { size: 8.5, weight: 'bold', colour: faint } as const;

/** Widths of the columns; the product has what the others leave. */
const widths = { quantity: 30, unitPrice: 76, discount: 76, tax: 76, total: 84 } as const;

type Sheet = Paper & Readonly<{ hasDiscounts: boolean }>;

const drawFacts = (sheet: Sheet, facts: ReceiptSheet['facts']): void => {
  const { pen, root, cursor, left, width } = sheet;
  const nameWidth = 76;
  for (const { name, value } of facts) {
    const lines = pen.wrap(value, width - nameWidth, body);
    const { y } = cursor;
    pen.tagged(root, 'P', () => {
      pen.lines([name], left, y, { ...body, colour: faint });
      pen.lines(lines, left + nameWidth, y, body);
    });
    cursor.y += lines.length * pen.lineHeight(body);
  }
};

/** What it is of whom, and beside it where it goes. */
const drawHead = async (sheet: Sheet, receipt: ReceiptSheet): Promise<void> => {
  const { pen, cursor, left, width } = sheet;
  const name = pen.wrap(receipt.shopName, width - qrSize - gap, markStyle);
  pen.artifact(() => pen.lines(name, left, cursor.y, markStyle));
  cursor.y += (name.length - 1) * pen.lineHeight(markStyle) + 30;
  paragraph({ ...sheet, width: width - qrSize - gap }, receipt.title, titleStyle, 'H1');
  const place = { x: left + width - qrSize, y: margin, side: qrSize };
  await drawQr(sheet, { text: receipt.url, alt: receipt.qrCodeText, ...place });
  cursor.y = Math.max(cursor.y, margin + qrSize) + gap;
  const top = cursor.y;
  const half = width * 0.56;
  drawFacts({ ...sheet, width: half }, receipt.facts);
  const end = cursor.y;
  cursor.y = top;
  const { delivery } = receipt;
  if (delivery) {
    const side = { ...sheet, left: left + half + 2 * gap, width: width - half - 2 * gap };
    paragraph(side, delivery.title, bold, 'H2');
    for (const line of delivery.lines) paragraph(side, line, body);
  }
  cursor.y = Math.max(cursor.y, end) + 1.5 * gap;
};

const columnsOf = ({
  left,
  width,
  hasDiscounts,
}: Pick<Sheet, 'left' | 'width' | 'hasDiscounts'>) => {
  const right = left + width;
  const tax = right - widths.total - gap;
  const discount = tax - widths.tax - gap;
  const unitPrice = hasDiscounts ? discount - widths.discount - gap : discount;
  const product = left + widths.quantity;
  return { quantity: left, product, unitPrice, discount, tax, total: right };
};

const drawColumns = (sheet: Sheet, columns: ReceiptSheet['columns'], row: Branch | undefined) => {
  const { pen, cursor, left, width } = sheet;
  const at = columnsOf(sheet);
  const { y } = cursor;
  const cell = (draw: () => void): void => (row ? pen.tagged(row, 'TH', draw) : pen.artifact(draw));
  cell(() => pen.lines([columns.quantity], at.quantity, y, head));
  cell(() => pen.lines([columns.product], at.product, y, head));
  cell(() => pen.toRight(columns.unitPrice, at.unitPrice, y, widths.unitPrice, head));
  if (sheet.hasDiscounts)
    cell(() => pen.toRight(columns.discount, at.discount, y, widths.discount, head));
  cell(() => pen.toRight(columns.tax, at.tax, y, widths.tax, head));
  cell(() => pen.toRight(columns.total, at.total, y, widths.total, head));
  cursor.y += pen.lineHeight(head) + 4;
  pen.artifact(() => pen.rule(left, cursor.y, width));
  cursor.y += 5;
};

const drawRow = (
  sheet: Sheet,
  table: Branch,
  row: ReceiptRow,
  columns: ReceiptSheet['columns'],
) => {
  const { document, pen, cursor, left, width } = sheet;
  const at = columnsOf(sheet);
  const room = at.unitPrice - widths.unitPrice - gap - at.product;
  const name = pen.wrap(row.product, room, body);
  const sku = pen.wrap(row.sku, room, small);
  const text = name.length * pen.lineHeight(body) + sku.length * pen.lineHeight(small);
  const height = Math.max(text, pen.lineHeight(body) + pen.lineHeight(small));
  if (cursor.reserve(height + 6)) drawColumns(sheet, columns, undefined);
  const { y } = cursor;
  const branch = document.struct('TR');
  table.add(branch);
  pen.tagged(branch, 'TD', () => pen.lines([row.quantity], at.quantity, y, body));
  pen.tagged(branch, 'TD', () => {
    pen.lines(name, at.product, y, body);
    pen.lines(sku, at.product, y + name.length * pen.lineHeight(body), small);
  });
  pen.tagged(branch, 'TD', () =>
    pen.toRight(row.unitPrice, at.unitPrice, y, widths.unitPrice, body),
  );
  if (sheet.hasDiscounts)
    pen.tagged(branch, 'TD', () =>
      pen.toRight(row.discount, at.discount, y, widths.discount, body),
    );
  pen.tagged(branch, 'TD', () => {
    pen.toRight(row.tax, at.tax, y, widths.tax, body);
    pen.toRight(row.taxCode, at.tax, y + pen.lineHeight(body), widths.tax, small);
  });
  pen.tagged(branch, 'TD', () => pen.toRight(row.total, at.total, y, widths.total, body));
  cursor.y += height + 2;
  pen.artifact(() => pen.rule(left, cursor.y, width));
  cursor.y += 4;
};

const drawTable = async (sheet: Sheet, { columns, rows }: ReceiptSheet): Promise<void> => {
  const { document, root } = sheet;
  const table = document.struct('Table');
  root.add(table);
  const titles = document.struct('TR');
  table.add(titles);
  // A line of titles never stands alone at the end of a page.
  sheet.cursor.reserve(80);
  drawColumns(sheet, columns, titles);
  for (const [i, row] of rows.entries()) {
    drawRow(sheet, table, row, columns);
    // A long receipt lets others have their turn.
    if (i % 10 === 9) await setImmediate();
  }
};

const drawSums = (sheet: Sheet, { sums }: ReceiptSheet): void => {
  const { document, pen, root, cursor, left, width } = sheet;
  const table = document.struct('Table');
  root.add(table);
  cursor.y += 4;
  const amountWidth = 150;
  for (const { name, value, isTotal } of sums) {
    const style = isTotal ? ({ size: 13, weight: 'bold' } as const) : body;
    const lines = pen.wrap(name, width - amountWidth - gap, style);
    const height = lines.length * pen.lineHeight(style) + 3;
    cursor.reserve(height);
    const row = document.struct('TR');
    table.add(row);
    const { y } = cursor;
    pen.tagged(row, 'TH', () => pen.lines(lines, left, y, style));
    pen.tagged(row, 'TD', () => pen.toRight(value, left + width, y, amountWidth, style));
    cursor.y += height;
  }
};

/** On every page, once it is known how many there are. */
const drawFeet = (
  { document, pen, left, width }: Sheet,
  { pageText, title }: ReceiptSheet,
): void => {
  const { start, count } = document.bufferedPageRange();
  for (let i = 0; i < count; i++) {
    document.switchToPage(start + i);
    const y = document.page.height - margin - 4;
    const page = pageText.replace('{page}', String(i + 1)).replace('{pages}', String(count));
    pen.artifact(() => {
      pen.lines([title], left, y, small);
      pen.toRight(page, left + width, y, 120, small);
    });
  }
};

/** A4, tagged, in our own typeface. */
export const printReceipt: PrintReceipt = async (receipt, madeAt) => {
  const { language, title, shopName: author, hasDiscounts } = receipt;
  const paper = await openPaper({
    size: 'A4',
    margin,
    footHeight,
    language,
    title,
    author,
    madeAt,
  });
  const sheet: Sheet = { ...paper, hasDiscounts };
  await drawHead(sheet, receipt);
  await drawTable(sheet, receipt);
  drawSums(sheet, receipt);
  sheet.cursor.y += gap;
  for (const note of receipt.notes) paragraph(sheet, note, small);
  drawFeet(sheet, receipt);
  return paper.end();
};
