import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactElement, type ReactNode } from 'react';
import { TextProvider } from '../i18n/use-text.tsx';
import type { PageContext } from './head-of-matches.ts';

/** What stands around every page of the store, on both sides. */
export const Root = ({
  setting,
  text,
  children,
}: PageContext & Readonly<{ children: ReactNode }>): ReactElement => {
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: 1 } } }),
  );
  return (
    <TextProvider setting={setting} text={text}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </TextProvider>
  );
};
