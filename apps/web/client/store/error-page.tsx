import { useEffect, type ReactElement } from 'react';
import { Link, useRouteError } from 'react-router';
import { homePath, searchPath } from '../../addresses.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { buttonClasses } from '../kit/button.tsx';
import { fitTitle } from '../kit/head.ts';
import { PageTitle } from '../kit/layout.tsx';
import { Counter } from '../kit/pictures.tsx';
import { wordsOf } from './head-of-matches.ts';

/** Where a page should be and is none; the frame around it works on. */
export const ErrorPage = (): ReactElement => {
  const say = useText();
  const { language, shopName } = useSetting();
  const { status = 500, requestId } = (useRouteError() ?? {}) as {
    status?: number;
    requestId?: string;
  };
  const key = wordsOf(status);
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
      {status > 499 && requestId && (
        <button
          type="button"
          className="font-mono text-caption text-text-3 underline"
          onClick={() => void navigator.clipboard.writeText(requestId)}
        >
          {say('kit.copy')} {requestId}
        </button>
      )}
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
