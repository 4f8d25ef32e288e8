import { useEffect, useRef, useState, type ReactElement, type RefObject } from 'react';
import { useNavigate } from 'react-router';
import { categoryPath, productPath } from '../../../addresses.ts';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useSetting, useText } from '../../i18n/use-text.tsx';

type Found = AnswerOf<'/api/v1/products/suggestions', 'get'>;
type Choice = Readonly<{ id: string; to: string; name: string; isCategory: boolean }>;

const listId = 'search-suggestions';
const optionId = (index: number): string => `${listId}-${index}`;
/** Somebody who types is not asked about at each letter. */
const afterTypingMs = 120;

/** What suits the words that are typed now; what came for earlier ones is dropped. */
const useFound = (words: string): Found | undefined => {
  const [found, setFound] = useState<Found>();
  useEffect(() => {
    if (words.trim().length < 2) {
      setFound(undefined);
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const params = { query: { q: words.trim().slice(0, 200) } };
      void browserApi()
        .GET('/api/v1/products/suggestions', { params, signal: abort.signal })
        // The search itself goes on working where suggestions do not.
        .then(({ data }) => setFound(data))
        .catch(() => undefined);
    }, afterTypingMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [words]);
  return found;
};

/** Makes a combobox of the search field: arrows choose, Enter opens, Escape closes; the field stays a field. */
const useCombobox = (
  field: RefObject<HTMLInputElement | null>,
  choices: readonly Choice[],
  onType: (words: string) => void,
) => {
  const navigate = useNavigate();
  const [isWanted, setWanted] = useState(true);
  const [active, setActive] = useState(-1);
  const isOpen = isWanted && choices.length > 0;
  const choose = ({ to }: Choice): void => {
    setWanted(false);
    field.current?.blur();
    void navigate(to);
  };
  const now = useRef({ isOpen, active, choices, choose });
  now.current = { isOpen, active, choices, choose };

  useEffect(() => {
    const input = field.current;
    if (!input) return undefined;
    const type = (): void => {
      onType(input.value);
      setActive(-1);
      setWanted(true);
    };
    const close = (): void => setWanted(false);
    const press = (event: KeyboardEvent): void => {
      const state = now.current;
      const last = state.choices.length - 1;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        if (last < 0) return;
        event.preventDefault();
        setWanted(true);
        const step = event.key === 'ArrowDown' ? 1 : -1;
        // Beyond either end stands what was typed.
        setActive((at) => (at + step > last ? -1 : at + step < -1 ? last : at + step));
      } else if (event.key === 'Escape' && state.isOpen) {
        event.preventDefault();
        close();
      } else if (event.key === 'Enter') {
        const chosen = state.isOpen ? state.choices[state.active] : undefined;
        if (!chosen) return close();
        event.preventDefault();
        state.choose(chosen);
      }
    };
    // Whoever went on before this part was there is not called back.
    if (document.activeElement === input) type();
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.addEventListener('input', type);
    input.addEventListener('focus', type);
    input.addEventListener('blur', close);
    input.addEventListener('keydown', press);
    return () => {
      input.removeEventListener('input', type);
      input.removeEventListener('focus', type);
      input.removeEventListener('blur', close);
      input.removeEventListener('keydown', press);
    };
  }, [field, onType]);

  useEffect(() => {
    const input = field.current;
    input?.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) input?.setAttribute('aria-controls', listId);
    else input?.removeAttribute('aria-controls');
    if (isOpen && active >= 0) input?.setAttribute('aria-activedescendant', optionId(active));
    else input?.removeAttribute('aria-activedescendant');
  }, [field, isOpen, active]);
  return { isOpen, active, choose };
};

/** Products and categories that what is typed may mean, below the field. Loaded with the first focus. */
export const Suggestions = ({
  field,
}: Readonly<{ field: RefObject<HTMLInputElement | null> }>): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const [words, setWords] = useState('');
  const found = useFound(words);
  const choices: readonly Choice[] = [
    ...(found?.categories ?? []).map(({ id, slug, name }) => ({
      id,
      to: categoryPath(language, slug),
      name,
      isCategory: true,
    })),
    ...(found?.products ?? []).map(({ id, slug, title }) => ({
      id,
      to: productPath(language, { id, slug }),
      name: title,
      isCategory: false,
    })),
  ];
  const { isOpen, active, choose } = useCombobox(field, choices, setWords);
  return (
    <>
      <p role="status" className="sr-only">
        {isOpen ? say('suggest.count', { count: choices.length }) : ''}
      </p>
      {isOpen && (
        <ul
          id={listId}
          role="listbox"
          aria-label={say('suggest.title')}
          className="absolute inset-x-0 top-full z-40 mt-1 max-h-96 max-sm:right-auto max-sm:-left-8.5 max-sm:w-[calc(100vw-2.5rem)] overflow-y-auto rounded-card bg-surface p-1 shadow-floating"
        >
          {choices.map((choice, i) => (
            <li
              key={choice.id}
              id={optionId(i)}
              role="option"
              aria-selected={i === active}
              // The field must not lose the focus before the choice is made.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(choice)}
              className={`flex min-h-11 cursor-pointer items-center gap-2 rounded-control-small px-3 text-small ${i === active ? 'bg-sunken' : 'hover:bg-sunken'}`}
            >
              <span className="min-w-0 flex-1 truncate">{choice.name}</span>
              {choice.isCategory && (
                <span className="text-caption text-text-3">{say('suggest.category')}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
