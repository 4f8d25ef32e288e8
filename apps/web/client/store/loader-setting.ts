import { browserApi } from '../api/client.ts';
import type { LoaderSetting, PageContext } from './head-of-matches.ts';

let ofBrowser: PageContext | undefined;

export const setBrowserContext = (context: PageContext): void => {
  ofBrowser = context;
};

/** What a loader works with: of its request on the server, of the page in the browser. */
export const loaderSetting = (context: unknown): LoaderSetting => {
  if (typeof context === 'object' && context !== null && 'api' in context)
    return context as LoaderSetting;
  if (!ofBrowser) throw new Error('a loader ran before its page');
  return { ...ofBrowser, api: browserApi() };
};
