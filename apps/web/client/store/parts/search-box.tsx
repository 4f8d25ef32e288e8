import { Search } from 'lucide-react';
import { useRef, useState, type ReactElement } from 'react';
import { Form, useLocation, useSearchParams } from 'react-router';
import { searchPath } from '../../../addresses.ts';
import { useSetting, useText } from '../../i18n/use-text.tsx';
import type { Suggestions as SuggestionsPart } from './suggestions.tsx';
import { Icon } from '../../kit/icon.tsx';

type Suggestions = typeof SuggestionsPart;

/** The search of every page: a form that works before any script does. */
export const SearchBox = (): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const target = searchPath(language);
  const field = useRef<HTMLInputElement>(null);
  const [Suggest, setSuggest] = useState<Suggestions>();
  // Suggestions come with the first focus: most visits do not search.
  const bring = (): void => {
    if (!Suggest)
      void import('./suggestions.tsx').then((part) => setSuggest(() => part.Suggestions));
  };
  const words = pathname === target ? (params.get('q') ?? '') : '';
  return (
    <Form role="search" action={target} className="relative min-w-0 flex-1">
      <label htmlFor="search" className="sr-only">
        {say('frame.search')}
      </label>
      <input
        key={words}
        ref={field}
        onFocus={bring}
        id="search"
        name="q"
        type="search"
        defaultValue={words}
        maxLength={200}
        autoComplete="off"
        enterKeyHint="search"
        placeholder={say('frame.searchHint')}
        className="h-10 w-full rounded-control border border-control bg-surface pr-12 pl-3.5 text-input hover:border-text-2 md:h-11 [&::-webkit-search-cancel-button]:hidden"
      />
      <button
        type="submit"
        aria-label={say('frame.searchGo')}
        className="absolute top-1 right-1 inline-flex size-8 pointer-coarse:top-0 pointer-coarse:right-0 items-center justify-center rounded-control-small bg-primary-fill text-on-primary hover:bg-primary-hover md:size-9"
      >
        <Icon of={Search} />
      </button>
      {Suggest && <Suggest key={words} field={field} />}
    </Form>
  );
};
