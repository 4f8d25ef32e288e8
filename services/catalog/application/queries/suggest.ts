import type { FinishedAnswer, PublicAnswers } from '../ports.ts';

export type SuggestQuery = Readonly<{
  /** Folded to lower case; empty: nothing is asked. */
  text: string;
  limit: number;
}>;

export interface Suggestions {
  /** The best products on sale, and categories that have some. */
  load(query: SuggestQuery): Promise<FinishedAnswer>;
}

export type Suggest = (query: SuggestQuery, url: string) => Promise<FinishedAnswer>;

/** Remembered as lists are, and forgotten with them when a product or a category changes. */
export const createSuggest =
  (ports: Readonly<{ answers: PublicAnswers; suggestions: Suggestions }>): Suggest =>
  (query, url) =>
    ports.answers.get('list', `suggest:${query.limit}:${query.text}`, url, async () => ({
      answer: await ports.suggestions.load(query),
    }));
