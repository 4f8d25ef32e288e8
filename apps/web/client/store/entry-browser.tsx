import '../styles/store.css';
import type { Messages } from '@lingui/core';
import { startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { createBrowserRouter, matchRoutes, type RouteObject } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { loadProblemTexts } from '../api/load-problem-texts.ts';
import { bringWordsBy, giveWordsTo } from '../i18n/late-words.ts';
import { createText } from '../i18n/text.ts';
import { readHandover } from '../kit/document.ts';
import { setBrowserContext } from './loader-setting.ts';
import { Root } from './root.tsx';
import { storeRoutes } from './routes.ts';

const loadCatalogues = async (language: string): Promise<readonly Messages[]> => {
  const [kit, store] = await (language === 'en'
    ? Promise.all([import('../kit/messages/en.json'), import('./messages/en.json')])
    : Promise.all([import('../kit/messages/es.json'), import('./messages/es.json')]));
  return [kit.default, store.default];
};

/** The page's own code must be there before React looks at what the server rendered. */
const loadPage = async (): Promise<void> => {
  const matches = matchRoutes(storeRoutes as RouteObject[], location) ?? [];
  await Promise.all(
    matches.map(async ({ route }) => {
      if (typeof route.lazy !== 'function') return;
      const page = await route.lazy();
      Object.assign(route, page, { lazy: undefined });
    }),
  );
};

bringWordsBy({
  account: (language) =>
    language === 'en'
      ? import('../account/messages/en.json')
      : import('../account/messages/es.json'),
  install: (language) =>
    language === 'en'
      ? import('../install/messages/en.json')
      : import('../install/messages/es.json'),
  checkout: (language) =>
    language === 'en'
      ? import('../checkout/messages/en.json')
      : import('../checkout/messages/es.json'),
});
const { setting, hasWordedFailure, loaderData, actionData, errors } = readHandover();
const [catalogues, failures] = await Promise.all([
  loadCatalogues(setting.language),
  hasWordedFailure ? loadProblemTexts(setting.language) : {},
  loadPage(),
]);
const create = setting.isPseudo ? (await import('../i18n/pseudo.ts')).createPseudoText : createText;
const text = create(setting.language, setting.locale, ...catalogues, failures);
giveWordsTo(text);
setBrowserContext({ setting, text });
const router = createBrowserRouter(storeRoutes as RouteObject[], {
  hydrationData: {
    ...(loaderData ? { loaderData } : {}),
    ...(actionData ? { actionData } : {}),
    ...(errors ? { errors } : {}),
  },
});
// In slices: a slow phone answers a finger between two of them, and not after the whole page.
startTransition(() => {
  hydrateRoot(
    document.getElementById('root')!,
    <Root setting={setting} text={text}>
      <RouterProvider router={router} />
    </Root>,
  );
});
