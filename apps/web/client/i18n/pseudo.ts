import type { Messages } from '@lingui/core';
import { createText, type Text } from './text.ts';

/** Each letter with a mark that neither language has, so that one sees which text is no message. */
const plain = 'abcdefghijklmnopqrstuvwxyzáéíóúüñ';
const marked = 'ȧƀċďėƒġħīĵķłṁňøṗɋřšťūṽŵẋÿžȧėīøūūň';
const markOf = new Map(
  plain
    .split('')
    .flatMap((letter, i) => [
      [letter, marked[i]!] as const,
      [letter.toUpperCase(), marked[i]!.toUpperCase()] as const,
    ]),
);
const vowel = /[ȧėīøū]/i;

/** Vowels twice: a third longer, in words that break where words do. Marked places stay as they are. */
export const accent = (text: string): string =>
  text
    .split(/(<[^>]*>)/)
    .map((piece, i) =>
      i % 2 === 1
        ? piece
        : piece
            .split('')
            .map((letter) => {
              const mark = markOf.get(letter) ?? letter;
              return vowel.test(mark) ? mark + mark.toLowerCase() : mark;
            })
            .join(''),
    )
    .join('');

type Piece = string | readonly unknown[];

/** Of a compiled message only what is written in it, in each of its forms; what fills it stays. */
const accentPieces = (pieces: unknown): unknown => {
  if (typeof pieces === 'string') return accent(pieces);
  if (!Array.isArray(pieces)) return pieces;
  return (pieces as readonly Piece[]).map((piece) => {
    if (typeof piece === 'string') return accent(piece);
    const [name, type, forms] = piece;
    if (typeof forms !== 'object' || forms === null) return piece;
    const accented = Object.entries(forms).map(([form, own]) => [form, accentPieces(own)]);
    return [name, type, Object.fromEntries(accented)];
  });
};

const accentMessages = (messages: Messages): Messages =>
  Object.fromEntries(
    Object.entries(messages).map(([key, message]) => [key, accentPieces(message)]),
  ) as Messages;

/** The pseudo-locale: every message accented and longer, to find what is no message or has no room. */
export const createPseudoText = (
  language: string,
  locale: string,
  ...catalogues: readonly Messages[]
): Text => {
  const text = createText(language, locale, ...catalogues.map(accentMessages));
  return { ...text, add: (catalogue) => text.add(accentMessages(catalogue)) };
};
