import { saveFile } from '../../kit/save-file.ts';

/** What of the look of a drawing is said by style sheets, which a file does not have. */
const looks = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
] as const;

const space = 'http://www.w3.org/2000/svg';
const headHeight = 56;
const margin = 12;
const pixelsOfPng = 2;

/** A spreadsheet takes a cell that begins so for a formula; with an apostrophe before it, it is text. */
const cell = (text: string): string => {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Rows as a CSV that spreadsheets open with its accents. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;

export const saveCsv = (name: string, rows: readonly (readonly string[])[]): void =>
  saveFile(`${name}.csv`, new Blob([csvOf(rows)], { type: 'text/csv;charset=utf-8' }));

export type Series = Readonly<{ name: string; look: 'now' | 'before' | 'second' }>;

/** What stands above a drawing that is alone. */
export type FileHead = Readonly<{ title: string; unit: string; series: readonly Series[] }>;

const signs: Readonly<Record<Series['look'], readonly [sign: string, colour: string]>> = {
  now: ['■', '--chart-1'],
  second: ['■', '--chart-2'],
  before: ['╌╌', '--text-3'],
};

const element = (name: string, of: Readonly<Record<string, string | number>>): SVGElement => {
  const made = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(of)) made.setAttribute(key, String(value));
  return made;
};

const colourOf = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name);

/** A line of text whose pieces have colours of their own. */
const textLine = (
  y: number,
  size: number,
  pieces: readonly (readonly [text: string, colour: string])[],
): SVGElement => {
  const line = element('text', { x: margin, y, 'font-size': size, 'xml:space': 'preserve' });
  line.setAttribute('font-family', 'system-ui, sans-serif');
  for (const [text, colour] of pieces) {
    const piece = element('tspan', { fill: colourOf(colour) });
    piece.textContent = text;
    line.append(piece);
  }
  return line;
};

/** The drawing as it stands here, under what it says, with all that it needs to look so elsewhere. */
const standAlone = (drawing: SVGSVGElement, head: FileHead): SVGSVGElement => {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const shown = [drawing, ...drawing.querySelectorAll<SVGElement>('*')];
  for (const [i, own] of [copy, ...copy.querySelectorAll<SVGElement>('*')].entries()) {
    const style = getComputedStyle(shown[i]!);
    for (const name of looks) own.style.setProperty(name, style.getPropertyValue(name));
    own.removeAttribute('class');
  }
  const box = drawing.getBoundingClientRect();
  const [width, height] = [box.width + 2 * margin, box.height + headHeight + margin];
  const size = { width, height };
  const whole = element('svg', { xmlns: space, ...size, viewBox: `0 0 ${width} ${height}` });
  copy.setAttribute('x', String(margin));
  copy.setAttribute('y', String(headHeight));
  whole.append(
    element('rect', { ...size, fill: colourOf('--surface') }),
    textLine(24, 16, [[head.title, '--text-1']]),
    textLine(44, 12, [
      [head.unit, '--text-2'],
      ...head.series.flatMap(({ name, look }) => {
        const [sign, colour] = signs[look];
        return [[`   ${sign} `, colour] as const, [name, '--text-2'] as const];
      }),
    ]),
    copy,
  );
  return whole as SVGSVGElement;
};

const textOf = (drawing: SVGSVGElement, head: FileHead): string =>
  new XMLSerializer().serializeToString(standAlone(drawing, head));

export const saveSvg = (name: string, drawing: SVGSVGElement, head: FileHead): void =>
  saveFile(`${name}.svg`, new Blob([textOf(drawing, head)], { type: 'image/svg+xml' }));

/** The same in twice as many pixels. */
export const savePng = async (
  name: string,
  drawing: SVGSVGElement,
  head: FileHead,
): Promise<void> => {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(textOf(drawing, head))}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = picture.width * pixelsOfPng;
  canvas.height = picture.height * pixelsOfPng;
  canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob) saveFile(`${name}.png`, blob);
};
