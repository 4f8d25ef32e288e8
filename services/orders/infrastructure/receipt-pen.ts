import type PDFDocument from 'pdfkit';
import type { ReceiptFonts, Run, Weight } from './receipt-fonts.ts';

type Document = InstanceType<typeof PDFDocument>;
export type Style = Readonly<{ size: number; weight?: Weight; colour?: string }>;
export type Branch = ReturnType<Document['struct']>;

export const ink = '#151a21';
export const faint = '#4b5563';
const hair = '#d3d8de';
const leading = 1.4;
/** Figures of one width, so that amounts stand below one another. */
const features: ('tnum' | 'kern')[] = ['tnum', 'kern'];

/** Writes and measures in our typeface, and says of everything what it is: text, or only a line. */
export const createPen = (document: Document, fonts: ReceiptFonts) => {
  /** Of a run at a size of one: what a page says is mostly the same few words. */
  const known = new Map<string, number>();
  const widthOfRun = ({ font, text }: Run): number => {
    const key = `${font} ${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    document.font(font).fontSize(1);
    const width = document.widthOfString(text, { features });
    known.set(key, width);
    return width;
  };
  const widthOf = (text: string, { size, weight = 'regular' }: Style): number =>
    fonts.runsOf(text, weight).reduce((sum, run) => sum + widthOfRun(run) * size, 0);

  /** A word that is wider than a line is cut where it must be. */
  const cut = (word: string, width: number, style: Style): readonly string[] => {
    if (widthOf(word, style) <= width) return [word];
    const pieces = [''];
    let taken = 0;
    for (const character of word) {
      const own = widthOf(character, style);
      if (pieces.at(-1) !== '' && taken + own > width) {
        pieces.push('');
        taken = 0;
      }
      pieces[pieces.length - 1] += character;
      taken += own;
    }
    return pieces;
  };

  const wrap = (text: string, width: number, style: Style): readonly string[] => {
    const lines: string[] = [];
    let taken = width + 1;
    const space = widthOf(' ', style);
    for (const word of text.split(/[^\S\u00A0]+/).filter((found) => found !== ''))
      for (const [i, piece] of cut(word, width, style).entries()) {
        const own = widthOf(piece, style);
        if (i === 0 && taken + space + own <= width) {
          lines[lines.length - 1] += ` ${piece}`;
          taken += space + own;
        } else {
          lines.push(piece);
          taken = own;
        }
      }
    return lines;
  };

  const write = (text: string, x: number, y: number, style: Style): void => {
    let left = x;
    for (const run of fonts.runsOf(text, style.weight ?? 'regular')) {
      const width = widthOfRun(run) * style.size;
      document
        .font(run.font)
        .fontSize(style.size)
        .fillColor(style.colour ?? ink)
        .text(run.text, left, y, { lineBreak: false, features });
      left += width;
    }
  };

  return {
    wrap,
    lineHeight: ({ size }: Style): number => size * leading,
    /** Lines below one another, from the left. */
    lines(texts: readonly string[], x: number, y: number, style: Style): void {
      texts.forEach((text, i) => write(text, x, y + i * style.size * leading, style));
    },
    /** Ends at `right`; an amount that is longer than its column is written smaller. */
    toRight(text: string, right: number, y: number, width: number, style: Style): void {
      const full = widthOf(text, style);
      const size = full > width ? (style.size * width) / full : style.size;
      write(text, right - Math.min(full, width), y + (style.size - size), { ...style, size });
    },
    /** What is drawn stands in the tree of the document, for who hears it. */
    tagged(parent: Branch, type: string, draw: () => void, options: { alt?: string } = {}): void {
      const content = document.markStructureContent(type);
      draw();
      document.endMarkedContent();
      parent.add(document.struct(type, options, [content]));
    },
    /** Lines and repetitions, of which nobody has to hear. */
    artifact(draw: () => void): void {
      document.markContent('Artifact', { type: 'Layout' });
      draw();
      document.endMarkedContent();
    },
    rule(x: number, y: number, width: number): void {
      document
        .moveTo(x, y)
        .lineTo(x + width, y)
        .lineWidth(0.75)
        .strokeColor(hair)
        .stroke();
    },
  };
};

export type Pen = ReturnType<typeof createPen>;
