import type { ParcelSheet } from '../application/parcel-sheet.ts';
import { drawQr, type Paper } from './paper.ts';
import { faint, type Pen, type Style } from './receipt-pen.ts';

const millimetre = 72 / 25.4;
/** 10 × 15 cm, as printers of labels take them. */
export const labelSize = [100 * millimetre, 150 * millimetre] as const;
export const labelMargin = 16;

const gap = 7;
const qrSide = 80;
/** Of the sender, who gets it, where it is sorted to, and the order; they fill a page, with gaps between. */
const rooms = { sender: 46, recipient: 150, place: 88, order: qrSide } as const;
/** From the size that is meant down to what can still be read. */
const scales = [1, 0.9, 0.8, 0.7, 0.62, 0.55, 0.48, 0.42] as const;

type Piece = Readonly<{ text: string; style: Style; type?: string }>;
type Fitted = Readonly<{ lines: readonly string[]; style: Style; type: string }>;

const heightOf = (pen: Pick<Pen, 'lineHeight'>, fitted: readonly Fitted[]): number =>
  fitted.reduce((sum, { lines, style }) => sum + lines.length * pen.lineHeight(style), 0);

/**
 * The pieces, broken into lines of this width, in the largest size in which all of them have room. What has
 * none in the smallest is cut, and says so.
 */
export const fitPieces = (
  pen: Pick<Pen, 'wrap' | 'lineHeight'>,
  pieces: readonly Piece[],
  width: number,
  room: number,
): readonly Fitted[] => {
  let fitted: readonly Fitted[] = [];
  for (const scale of scales) {
    fitted = pieces.map(({ text, style, type = 'P' }) => {
      const own = { ...style, size: style.size * scale };
      return { lines: pen.wrap(text, width, own), style: own, type };
    });
    if (heightOf(pen, fitted) <= room) return fitted;
  }
  let left = room;
  return fitted.map(({ lines, style, type }) => {
    const most = Math.max(0, Math.floor(left / pen.lineHeight(style)));
    left -= Math.min(most, lines.length) * pen.lineHeight(style);
    if (lines.length <= most) return { lines, style, type };
    const kept = lines.slice(0, most);
    const last = kept.at(-1);
    // One sign less makes room for the one that says so.
    const end = last === undefined ? [] : [`${last.slice(0, -2)}…`];
    return { lines: [...kept.slice(0, -1), ...end], style, type };
  });
};

const drawPieces = (
  { pen, root }: Paper,
  fitted: readonly Fitted[],
  x: number,
  top: number,
): void => {
  let y = top;
  for (const { lines, style, type } of fitted) {
    if (lines.length === 0) continue;
    pen.tagged(root, type, () => pen.lines(lines, x, y, style));
    y += lines.length * pen.lineHeight(style);
  }
};

const caption = { size: 7.5, colour: faint } as const;
const piece = (text: string, size: number, weight: 'regular' | 'bold' = 'regular'): Piece => ({
  text,
  style: { size, weight },
});

const placeOf = ({ recipient }: ParcelSheet): readonly Piece[] => {
  const [city, ...others] = recipient.place;
  return [
    ...(recipient.postalCode === null ? [] : [piece(recipient.postalCode, 26, 'bold')]),
    ...(city === undefined ? [] : [piece(city, 21, 'bold')]),
    ...(others.length === 0 ? [] : [piece(others.join(', '), 11)]),
  ];
};

/** A page: from whom, to whom, where carriers sort it to, and which order it is. */
export const drawLabel = async (paper: Paper, sheet: ParcelSheet): Promise<void> => {
  const { pen, left, width } = paper;
  const { sender, recipient } = sheet;
  const [first = '', ...more] = sender.lines;
  const zones = [
    [
      rooms.sender,
      [
        { text: sender.title, style: caption },
        piece(first, 10, 'bold'),
        ...more.map((line) => piece(line, 8.5)),
      ],
    ],
    [
      rooms.recipient,
      [
        { text: recipient.title, style: caption },
        { ...piece(recipient.name, 16, 'bold'), type: 'H2' },
        ...recipient.lines.map((line) => piece(line, 11.5)),
        ...(recipient.phone === null ? [] : [piece(recipient.phone, 11)]),
      ],
    ],
    [rooms.place, placeOf(sheet)],
  ] as const satisfies readonly (readonly [number, readonly Piece[]])[];
  let y = labelMargin;
  for (const [room, pieces] of zones) {
    drawPieces(paper, fitPieces(pen, pieces, width, room), left, y);
    y += room + gap;
    const at = y;
    pen.artifact(() => pen.rule(left, at - gap / 2, width));
  }
  y += gap / 2;
  const { qrCodeText: alt, url: text } = sheet;
  await drawQr(paper, { text, alt, x: left, y, side: qrSide });
  const order: readonly Piece[] = [
    { ...piece(sheet.number, 18, 'bold'), type: 'H1' },
    piece(sheet.countText, 10),
    ...sheet.tracking.map((line) => piece(line, 9)),
    ...sheet.facts.slice(1, 2).map(({ value }) => ({ text: value, style: caption })),
  ];
  const x = left + qrSide + 12;
  drawPieces(paper, fitPieces(pen, order, left + width - x, rooms.order), x, y);
};
