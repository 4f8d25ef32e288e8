import type { ReactElement } from 'react';
import { Link, useLocation } from 'react-router';
import { cartPath, homePath, inLanguage, searchPath, trackingPath } from '../../../addresses.ts';
import { useSetting, useText } from '../../i18n/use-text.tsx';
import { Mark } from '../../kit/layout.tsx';
import { keepPreference, ThemeChoice } from '../../kit/theme-choice.tsx';

const LanguageChoice = (): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const { pathname, search } = useLocation();
  const other = language === 'es' ? 'en' : 'es';
  const isPrivate = !/^\/(?:es|en)(?:\/|$)/.test(pathname);
  return (
    <a
      href={isPrivate ? pathname + search : inLanguage(pathname, other) + search}
      hrefLang={other}
      lang={other}
      onClick={() => keepPreference('plaza_language', other)}
      className="inline-flex h-9 items-center rounded-control-small px-3 text-caption text-text-2 hover:bg-sunken"
    >
      {say('frame.otherLanguage')}
    </a>
  );
};

export const Footer = (): ReactElement => {
  const say = useText();
  const { language, viewer, isDevelopment, shopName } = useSetting();
  const links = [
    [homePath(language), say('frame.home')],
    [searchPath(language), say('frame.allProducts')],
    [cartPath(language), say('frame.yourCart')],
    [trackingPath(language), say('frame.tracking')],
  ] as const;
  return (
    <footer className="mt-16 border-t border-line bg-surface print:hidden">
      <div className="container-shop flex flex-col gap-6 py-8">
        <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4">
          <span className="flex min-w-0 items-center gap-2 text-small font-semibold">
            <Mark size={20} />
            <bdi className="min-w-0 wrap-anywhere">{shopName}</bdi>
          </span>
          <ul className="flex flex-wrap gap-x-6 text-small text-text-2">
            {links.map(([to, name]) => (
              <li key={to}>
                <Link to={to} className="inline-flex min-h-9 min-w-6 items-center hover:underline">
                  {name}
                </Link>
              </li>
            ))}
            <li>
              <a
                href={viewer ? '/cuenta' : '/entrar'}
                className="inline-flex min-h-9 min-w-6 items-center hover:underline"
              >
                {say(viewer ? 'frame.account' : 'frame.signIn')}
              </a>
            </li>
            <li>
              <a href="/docs" className="inline-flex min-h-9 min-w-6 items-center hover:underline">
                {say('frame.docs')}
              </a>
            </li>
          </ul>
        </div>
        <div className="flex flex-wrap items-center justify-between gap-4 border-t border-line pt-4">
          <p className="text-caption text-text-3">
            {say(isDevelopment ? 'frame.development' : 'frame.licence')}{' '}
            <a href="/creditos" className="inline-flex min-h-9 items-center hover:underline">
              {say('frame.credits')}
            </a>
          </p>
          <div className="flex flex-wrap items-center gap-2">
            <ThemeChoice />
            <LanguageChoice />
          </div>
        </div>
      </div>
    </footer>
  );
};
