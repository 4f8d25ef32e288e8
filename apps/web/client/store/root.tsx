import type { ReactElement, ReactNode } from 'react';
import { TextProvider } from '../i18n/use-text.tsx';
import type { PageContext } from './head-of-matches.ts';

/** What stands around every page of the store, on both sides. */
export const Root = ({
  setting,
  text,
  children,
}: PageContext & Readonly<{ children: ReactNode }>): ReactElement => (
  <TextProvider setting={setting} text={text}>
    {children}
  </TextProvider>
);
