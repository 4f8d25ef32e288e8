import type { PageSetting } from '../../render-contract.ts';
import type { Api } from '../api/client.ts';
import type { Text } from '../i18n/text.ts';
import type { Head } from '../kit/head.ts';

export type PageContext = Readonly<{ setting: PageSetting; text: Text }>;

/** What loaders are given: on the server by the request, in the browser by the page. */
export type LoaderSetting = PageContext & Readonly<{ api: Api }>;

/** What a page module exports as `handle`. */
export type PageHandle<Data = unknown> = Readonly<{
  head: (data: Data, context: PageContext) => Head;
}>;

type Match = Readonly<{ route: Readonly<{ id: string; handle?: unknown }> }>;

/** Which words say why a page is not there. */
export const wordsOf = (status: number | undefined): 404 | 410 | 500 =>
  status === 404 || status === 410 ? status : 500;

/** The head of the innermost page that has one; of a page that failed, that of its failure. */
export const headOfMatches = (
  matches: readonly Match[],
  loaderData: Readonly<Record<string, unknown>> | null,
  context: PageContext,
  error?: unknown,
): Head => {
  if (error !== null && error !== undefined) {
    const { status } = error as { status?: number };
    return { title: context.text.say(`error.${wordsOf(status)}.title`), isIndexed: false };
  }
  for (const { route } of matches.toReversed()) {
    const handle = route.handle as PageHandle | undefined;
    if (handle) return handle.head(loaderData?.[route.id], context);
  }
  return { title: context.setting.shopName };
};
