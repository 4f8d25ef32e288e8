import { ChevronDown, Search, X } from 'lucide-react';
import { useEffect, useId, useRef, useState, type ReactElement } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { Icon } from '../../kit/icon.tsx';
import type { Filter, TableQuery } from './table-query.ts';

const typingPauseMs = 300;
const control =
  'h-9 rounded-control-small border border-control bg-surface text-small max-md:h-11 max-md:text-input';

/** A field that asks when somebody stops typing. */
const Typed = ({
  filter: { name, label, type = 'search' },
  query,
}: Readonly<{ filter: Filter; query: TableQuery }>): ReactElement => {
  const value = query.chosen[name] ?? '';
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  useEffect(() => setText(value), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type_ = (next: string): void => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => query.choose(name, next.trim()), typingPauseMs);
  };
  if (type === 'date')
    return (
      <label
        htmlFor={id}
        className="inline-flex items-center gap-2 text-caption text-text-2 max-md:min-w-36 max-md:flex-1 max-md:flex-col max-md:items-stretch max-md:gap-1"
      >
        {label}
        <input
          id={id}
          type="date"
          value={text}
          onChange={({ target }) => type_(target.value)}
          className={`${control} px-2.5 text-text-1`}
        />
      </label>
    );
  return (
    <span className="relative inline-flex min-w-64 flex-1 md:max-w-xs">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <Icon
        of={Search}
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-text-3"
      />
      <input
        id={id}
        type="search"
        data-page-search
        value={text}
        placeholder={label}
        autoComplete="off"
        onChange={({ target }) => type_(target.value)}
        className={`${control} w-full pr-2 pl-9`}
      />
    </span>
  );
};

const Chosen = ({
  filter: { name, label, any = label, options = [] },
  query,
}: Readonly<{ filter: Filter; query: TableQuery }>): ReactElement => {
  const id = useId();
  return (
    <span className="relative inline-flex max-md:w-full">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <select
        id={id}
        value={query.chosen[name] ?? ''}
        onChange={({ target }) => query.choose(name, target.value)}
        className={`${control} max-w-60 appearance-none truncate max-md:w-full max-md:max-w-none pr-8 pl-2.5 ${query.chosen[name] === undefined ? '' : 'border-primary bg-primary-soft font-medium text-primary'}`}
      >
        <option value="">{any}</option>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      <Icon
        of={ChevronDown}
        size={16}
        className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-text-2"
      />
    </span>
  );
};

export const Filters = ({
  filters,
  query,
}: Readonly<{ filters: readonly Filter[]; query: TableQuery }>): ReactElement | null => {
  const say = useText();
  if (filters.length === 0) return null;
  return (
    <search className="flex flex-wrap items-center gap-2 max-md:w-full">
      {filters.map((filter) =>
        filter.options ? (
          <Chosen key={filter.name} filter={filter} query={query} />
        ) : (
          <Typed key={filter.name} filter={filter} query={query} />
        ),
      )}
      {Object.keys(query.chosen).length > 0 && (
        <button
          type="button"
          onClick={query.clear}
          className="inline-flex h-9 items-center gap-1 rounded-control-small px-2 text-small text-text-2 hover:bg-sunken"
        >
          <Icon of={X} size={16} />
          {say('table.clear')}
        </button>
      )}
    </search>
  );
};

/** Nothing fits: what is asked for, each to be taken away by itself. */
export const FiltersInTheWay = ({
  filters,
  query,
}: Readonly<{ filters: readonly Filter[]; query: TableQuery }>): ReactElement => {
  const say = useText();
  const asked = filters.filter(({ name }) => query.chosen[name] !== undefined);
  return (
    <div data-state="filtered" className="flex flex-col items-start gap-3 px-3 py-8">
      <p className="text-h3">{say('table.nothingFits')}</p>
      <p className="text-small text-text-2">{say('table.nothingFitsText')}</p>
      <div className="flex flex-wrap gap-2">
        {asked.map(({ name, label, options }) => {
          const value = query.chosen[name]!;
          const shown = options?.find(([known]) => known === value)?.[1] ?? value;
          return (
            <button
              key={name}
              type="button"
              onClick={() => query.choose(name, '')}
              className="inline-flex min-h-9 max-w-full items-center gap-1.5 rounded-control-small border border-control bg-surface px-3 text-small hover:bg-sunken"
            >
              <span className="truncate">{say('table.without', { label, value: shown })}</span>
              <Icon of={X} size={16} />
            </button>
          );
        })}
        {asked.length > 1 && (
          <Button size={36} kind="quiet" onClick={query.clear}>
            {say('table.clear')}
          </Button>
        )}
      </div>
    </div>
  );
};
