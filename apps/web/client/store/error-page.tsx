import { useEffect, type ReactElement } from 'react';
import { Link, useRouteError } from 'react-router';
import { homePath, searchPath } from '../../addresses.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { buttonClasses } from '../kit/button.tsx';
import { fitTitle } from '../kit/head.ts';
import { PageTitle } from '../kit/layout.tsx';
import { Counter } from '../kit/pictures.tsx';

const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;

/** Where a page should be and is none; the frame around it works on. */
export const ErrorPage = (): ReactElement => {
  const say = useText();
  const { language, shopName } = useSetting();
  const status = statusOf(useRouteError());
  const key = status === 404 ? '404' : status === 410 ? '410' : '500';
  const title = say(`error.${key}.title`);
  useEffect(() => {
    document.title = fitTitle(title, shopName);
    document.documentElement.dataset['ready'] = 'true';
  }, [title, shopName]);
  return (
    <main
      id="content"
      data-failed
      className="container-shop flex flex-1 flex-col items-center gap-4 py-16 text-center"
    >
      <Counter />
      <p className="font-mono text-caption text-text-3">{status}</p>
      <PageTitle>{title}</PageTitle>
      <p className="max-w-md text-body text-text-2">{say(`error.${key}.text`)}</p>
      <div className="mt-2 flex flex-wrap justify-center gap-3">
        <Link to={homePath(language)} className={buttonClasses('filled', 44)}>
          {say('error.home')}
        </Link>
        <Link to={searchPath(language)} className={buttonClasses('outline', 44)}>
          {say('error.search')}
        </Link>
      </div>
    </main>
  );
};
