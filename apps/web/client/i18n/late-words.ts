import type { Messages } from '@lingui/core';
import type { Text } from './text.ts';

type Load = (language: string) => Promise<Readonly<{ default: Messages }>>;

let loads: Readonly<Record<string, Load>> = {};
let text: Text | undefined;
const early: Messages[] = [];

/** How the browser comes by the words of parts that load with their pages. The server has them all. */
export const bringWordsBy = (own: Readonly<Record<string, Load>>): void => {
  loads = own;
};

/** Brings the words of a part; they may come before those of the frame. */
export const bringWords = async (part: string): Promise<void> => {
  const words = await loads[part]?.(document.documentElement.lang);
  if (!words) return;
  if (text) text.add(words.default);
  else early.push(words.default);
};

/** From now on words go to this text of the page, those that came before it too. */
export const giveWordsTo = (own: Text): void => {
  text = own;
  for (const catalogue of early.splice(0)) own.add(catalogue);
};
