import type { ParcelSheet } from '../application/parcel-sheet.ts';
import { drawQr, paragraph, type Paper } from './paper.ts';
import { faint, ink, type Branch } from './receipt-pen.ts';

export const slipMargin = 44;
export const slipFootHeight = 20;

const qrSide = 72;
const gap = 10;
const boxSide = 9;
const body = { size: 10 } as const;
const small = { size: 8.5, colour: faint } as const;
const bold = { size: 10, weight: 'bold' } as const;
const head = { size: 8.5, weight: 'bold', colour: faint } as const;
const markStyle = { size: 15, weight: 'bold' } as const;
const titleStyle = { size: 18, weight: 'bold' } as const;

/** Of the box that is ticked, of how many, and of the code; the product has what they leave. */
const widths = { box: 22, quantity: 40, sku: 130 } as const;

const columnsOf = ({ left, width }: Pick<Paper, 'left' | 'width'>) => {
  const sku = left + width - widths.sku;
  const product = left + widths.box + widths.quantity;
  return { box: left, quantity: left + widths.box, product, sku, room: sku - gap - product };
};

const drawHead = async (paper: Paper, sheet: ParcelSheet, shopName: string): Promise<void> => {
  const { pen, cursor, left, width } = paper;
  const besideCode = { ...paper, width: width - qrSide - gap };
  const top = cursor.y;
  const name = pen.wrap(shopName, besideCode.width, markStyle);
  pen.artifact(() => pen.lines(name, left, top, markStyle));
  cursor.y += name.length * pen.lineHeight(markStyle) + 8;
  paragraph(besideCode, sheet.title, titleStyle, 'H1');
  const { url: text, qrCodeText: alt } = sheet;
  await drawQr(paper, { text, alt, x: left + width - qrSide, y: top, side: qrSide });
  cursor.y = Math.max(cursor.y, top + qrSide) + gap;
};

/** From whom and when on the left, to whom on the right. */
const drawParties = (paper: Paper, { sender, recipient, facts, tracking }: ParcelSheet): void => {
  const { cursor, left, width } = paper;
  const top = cursor.y;
  const half = { ...paper, width: width / 2 - gap };
  paragraph(half, sender.title, bold, 'H2');
  for (const line of sender.lines) paragraph(half, line, body);
  cursor.y += 6;
  for (const { name, value } of facts) paragraph(half, `${name}: ${value}`, body);
  for (const line of tracking) paragraph(half, line, body);
  const end = cursor.y;
  cursor.y = top;
  const side = { ...half, left: left + width / 2 + gap };
  const isSaid = [recipient.name, ...recipient.lines].some((text) => text !== '');
  if (isSaid) paragraph(side, recipient.title, bold, 'H2');
  paragraph(side, recipient.name, { size: 12, weight: 'bold' });
  const place = recipient.place.join(', ');
  const where = [recipient.postalCode ?? '', place].filter((part) => part !== '').join(' · ');
  for (const line of [...recipient.lines, where, recipient.phone ?? ''])
    if (line !== '') paragraph(side, line, body);
  cursor.y = Math.max(cursor.y, end) + 1.5 * gap;
};

const drawColumns = (
  paper: Paper,
  columns: ParcelSheet['columns'],
  row: Branch | undefined,
): void => {
  const { pen, cursor, left, width } = paper;
  const at = columnsOf(paper);
  const { y } = cursor;
  const cell = (draw: () => void): void => (row ? pen.tagged(row, 'TH', draw) : pen.artifact(draw));
  cell(() => pen.lines([columns.quantity], at.quantity, y, head));
  cell(() => pen.lines([columns.product], at.product, y, head));
  cell(() => pen.lines([columns.sku], at.sku, y, head));
  cursor.y += pen.lineHeight(head) + 4;
  pen.artifact(() => pen.rule(left, cursor.y, width));
  cursor.y += 5;
};

const drawRow = (
  paper: Paper,
  table: Branch,
  row: ParcelSheet['rows'][number],
  columns: ParcelSheet['columns'],
): void => {
  const { document, pen, cursor, left, width } = paper;
  const at = columnsOf(paper);
  const name = pen.wrap(row.product, at.room, body);
  const sku = pen.wrap(row.sku, widths.sku, body);
  const height = Math.max(name.length, sku.length, 1) * pen.lineHeight(body) + 2;
  if (cursor.reserve(height + 5)) drawColumns(paper, columns, undefined);
  const { y } = cursor;
  pen.artifact(() => {
    document
      .rect(at.box, y + 2, boxSide, boxSide)
      .lineWidth(0.75)
      .strokeColor(ink)
      .stroke();
  });
  const branch = document.struct('TR');
  table.add(branch);
  pen.tagged(branch, 'TD', () => pen.lines([row.quantity], at.quantity, y, bold));
  pen.tagged(branch, 'TD', () => pen.lines(name, at.product, y, body));
  pen.tagged(branch, 'TD', () => pen.lines(sku, at.sku, y, body));
  cursor.y += height;
  pen.artifact(() => pen.rule(left, cursor.y, width));
  cursor.y += 4;
};

/** On every page of this parcel, once it is known how many there are. */
const drawFeet = (
  { document, pen, left, width }: Paper,
  { pageText, title }: ParcelSheet,
  first: number,
): void => {
  const end = document.bufferedPageRange().count;
  for (let i = first; i < end; i++) {
    document.switchToPage(i);
    const y = document.page.height - slipMargin - 4;
    const page = pageText
      .replace('{page}', String(i - first + 1))
      .replace('{pages}', String(end - first));
    pen.artifact(() => {
      pen.lines([title], left, y, small);
      pen.toRight(page, left + width, y, 120, small);
    });
  }
};

/** What is in a parcel, to be ticked off; no amounts, since it may be a present. */
export const drawPackingSlip = async (
  paper: Paper,
  sheet: ParcelSheet,
  shopName: string,
): Promise<void> => {
  const { document, root, cursor, pen, left } = paper;
  const first = document.bufferedPageRange().count - 1;
  await drawHead(paper, sheet, shopName);
  drawParties(paper, sheet);
  const table = document.struct('Table');
  root.add(table);
  const titles = document.struct('TR');
  table.add(titles);
  // A line of titles never stands alone at the end of a page.
  cursor.reserve(80);
  drawColumns(paper, sheet.columns, titles);
  for (const row of sheet.rows) drawRow(paper, table, row, sheet.columns);
  cursor.reserve(pen.lineHeight(bold) + gap);
  cursor.y += 4;
  const { y } = cursor;
  pen.tagged(root, 'P', () => pen.lines([sheet.countText], left + widths.box, y, bold));
  drawFeet(paper, sheet, first);
};
