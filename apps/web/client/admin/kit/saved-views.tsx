import { Bookmark, X } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { Link } from 'react-router';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { TextField } from '../../kit/field.tsx';
import { Icon } from '../../kit/icon.tsx';
import type { TableQuery } from './table-query.ts';

type View = Readonly<{ name: string; search: string }>;

const keyOf = (table: string): string => `plaza.views.${table}`;

const isView = (value: unknown): value is View =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as View).name === 'string' &&
  typeof (value as View).search === 'string';

/** What this browser has kept; what is not ours is nothing. */
const readViews = (table: string): readonly View[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(table)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView) : [];
  } catch {
    return [];
  }
};

/** Filters that somebody gave a name, in this browser. */
export const SavedViews = ({
  table,
  query,
}: Readonly<{ table: string; query: TableQuery }>): ReactElement | null => {
  const say = useText();
  const [views, setViews] = useState(() => readViews(table));
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const keep = (next: readonly View[]): void => {
    localStorage.setItem(keyOf(table), JSON.stringify(next));
    setViews(next);
  };
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const wanted = name.trim();
    if (wanted === '') return;
    keep([...views.filter((view) => view.name !== wanted), { name: wanted, search: query.search }]);
    setName('');
    setOpen(false);
  };
  const isSavable = query.search !== '' && views.every(({ search }) => search !== query.search);
  if (views.length === 0 && !isSavable) return null;
  return (
    <div className="flex flex-wrap items-center gap-1">
      {views.map((view) => (
        <span
          key={view.name}
          className={`inline-flex items-center rounded-control-small text-small ${view.search === query.search ? 'bg-sunken font-semibold' : 'text-text-2'}`}
        >
          <Link
            to={`?${view.search}`}
            className="inline-flex h-9 items-center gap-1.5 rounded-control-small pl-2.5 hover:underline"
          >
            <Icon of={Bookmark} size={16} />
            {view.name}
          </Link>
          <button
            type="button"
            aria-label={say('table.forgetView', { name: view.name })}
            className="inline-flex size-9 items-center justify-center rounded-control-small hover:bg-line"
            onClick={() => keep(views.filter(({ name: other }) => other !== view.name))}
          >
            <Icon of={X} size={14} />
          </button>
        </span>
      ))}
      {isSavable && (
        <Button size={36} kind="quiet" icon={Bookmark} onClick={() => setOpen(true)}>
          {say('table.saveView')}
        </Button>
      )}
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={say('table.saveView')}>
        <form noValidate onSubmit={save} className="flex flex-col gap-4">
          <TextField
            name="name"
            label={say('table.viewName')}
            hint={say('table.viewHint')}
            autoComplete="off"
            maxLength={40}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <Button type="submit" kind="filled">
            {say('table.save')}
          </Button>
        </form>
      </Dialog>
    </div>
  );
};
