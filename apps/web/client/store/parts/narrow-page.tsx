import type { ReactElement, ReactNode } from 'react';
import { PageTitle } from '../../kit/layout.tsx';

/** A page with one form on it. */
export const NarrowPage = ({
  title,
  text,
  children,
}: Readonly<{ title: ReactNode; text?: ReactNode; children: ReactNode }>): ReactElement => (
  <main id="content" className="container-shop flex flex-1 flex-col py-10 md:py-16">
    <div className="mx-auto flex w-full max-w-md flex-col gap-6">
      <div className="flex flex-col gap-2">
        <PageTitle>{title}</PageTitle>
        {text !== undefined && <p className="text-body text-text-2">{text}</p>}
      </div>
      {children}
    </div>
  </main>
);
