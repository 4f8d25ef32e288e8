import { inflateSync } from 'node:zlib';

type Glyphs = ReadonlyMap<string, string>;

const streamOf = (object: string): string => {
  const start = object.indexOf('stream\n') + 7;
  const bytes = Buffer.from(object.slice(start, object.lastIndexOf('\nendstream')), 'latin1');
  return object.includes('/FlateDecode')
    ? inflateSync(bytes).toString('latin1')
    : bytes.toString('latin1');
};

const utf16 = (hex: string): string => {
  const bytes = Buffer.from(hex, 'hex');
  return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : '';
};

/** What each glyph of a font stands for, as its ToUnicode map says. */
const glyphsOf = (map: string): Glyphs => {
  const glyphs = new Map<string, string>();
  for (const [, first, , list] of map.matchAll(
    /<([0-9a-f]{4})>\s*<([0-9a-f]{4})>\s*\[([^\]]*)\]/gi,
  ))
    [...list!.matchAll(/<([0-9a-f ]+)>/gi)].forEach(([, text], i) => {
      const glyph = (Number.parseInt(first!, 16) + i).toString(16).padStart(4, '0');
      glyphs.set(glyph, utf16(text!.replaceAll(' ', '')));
    });
  return glyphs;
};

/**
 * The text of each page of a PDF as its readers get it: by the fonts' own maps to Unicode, a line for
 * each piece that was drawn. Of what our library writes, and no more.
 */
export const readPdfText = (pdf: Buffer): readonly (readonly string[])[] => {
  const objects = new Map(
    [...pdf.toString('latin1').matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(
      ([, id, text]) => [id!, text!],
    ),
  );
  const referenced = (text: string, key: string): string | undefined =>
    new RegExp(`/${key} (\\d+) 0 R`).exec(text)?.[1];
  const pages = [...objects.values()].filter((object) => /\/Type \/Page\b(?!s)/.test(object));
  return pages.map((page) => {
    const resources = objects.get(referenced(page, 'Resources') ?? '') ?? page;
    const fontList = /\/Font <<([\s\S]*?)>>/.exec(resources)?.[1] ?? '';
    const fonts = new Map(
      [...fontList.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, id]) => {
        const map = objects.get(referenced(objects.get(id!) ?? '', 'ToUnicode') ?? '');
        return [name!, map === undefined ? new Map<string, string>() : glyphsOf(streamOf(map))];
      }),
    );
    const content = streamOf(objects.get(referenced(page, 'Contents')!)!);
    let glyphs: Glyphs = new Map();
    const lines: string[] = [];
    for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (font !== undefined) glyphs = fonts.get(font) ?? new Map<string, string>();
      else {
        const hex = [...shown!.matchAll(/<([0-9a-f]*)>/gi)].map(([, text]) => text).join('');
        const codes = hex.toLowerCase().match(/.{4}/g) ?? [];
        lines.push(codes.map((code) => glyphs.get(code) ?? '\uFFFD').join(''));
      }
    }
    return lines;
  });
};
