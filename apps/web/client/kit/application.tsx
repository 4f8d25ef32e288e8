import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { createText } from '../i18n/text.ts';
import { TextProvider } from '../i18n/use-text.tsx';
import { setApplicationRouter } from './application-router.ts';
import { readHandover } from './document.ts';
import { loadCatalogues, type Words } from './load-catalogues.ts';

/** Starts an application that the browser renders: its words first, then its pages. */
export const startApplication = async (
  routes: RouteObject[],
  ...words: readonly Words[]
): Promise<void> => {
  const { setting } = readHandover();
  const catalogues = await loadCatalogues(setting.language, ...words);
  const create = setting.isPseudo
    ? (await import('../i18n/pseudo.ts')).createPseudoText
    : createText;
  const text = create(setting.language, setting.locale, ...catalogues);
  const router = setApplicationRouter(createBrowserRouter(routes));
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 10_000 } } });
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <TextProvider setting={setting} text={text}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </TextProvider>
    </StrictMode>,
  );
};
