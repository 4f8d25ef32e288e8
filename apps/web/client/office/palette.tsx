import { CornerDownLeft, Search, type LucideIcon } from 'lucide-react';
import { useEffect, useId, useState, type KeyboardEvent, type ReactElement } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Icon } from '../kit/icon.tsx';
import { scoreOf } from './search-words.ts';

/** Something that the palette leads to or does. */
export type Entry = Readonly<{
  key: string;
  name: string;
  /** What kind of thing it is. */
  kind: string;
  icon: LucideIcon;
  keys?: string;
  run: () => void;
}>;

/** What an application offers, and what it has found for what is typed, which is not sorted again. */
export type Offer = Readonly<{ commands: readonly Entry[]; found: readonly Entry[] }>;

type Props = Readonly<{
  /** Where this browser keeps what was chosen last. */
  recentKey: string;
  /** A hook: called with what is typed. */
  useOffer: (typed: string) => Offer;
  /** What may be typed. */
  hint: string;
  onClose: () => void;
}>;

const recentMax = 6;
const shownMax = 12;

const readRecent = (recentKey: string): readonly string[] => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(recentKey) ?? '[]');
    return Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : [];
  } catch {
    return [];
  }
};

const rank = (
  entries: readonly Entry[],
  typed: string,
  recent: readonly string[],
): readonly Entry[] => {
  const weigh = (entry: Entry): number => {
    const score = scoreOf(typed, entry.name);
    const at = recent.indexOf(entry.key);
    return score === 0 ? 0 : score * 10 + (at < 0 ? 0 : recentMax - at);
  };
  return entries
    .map((entry) => [weigh(entry), entry] as const)
    .filter(([weight]) => weight > 0)
    .toSorted(([a], [b]) => b - a)
    .map(([, entry]) => entry);
};

const Options = ({
  entries,
  at,
  listId,
  onRun,
  onPoint,
}: Readonly<{
  entries: readonly Entry[];
  at: number;
  listId: string;
  onRun: (entry: Entry) => void;
  onPoint: (at: number) => void;
}>): ReactElement => {
  const say = useText();
  return (
    <ul id={listId} role="listbox" aria-label={say('palette.title')} className="flex flex-col py-2">
      {entries.map((entry, i) => (
        <li
          key={entry.key}
          id={`${listId}-${i}`}
          role="option"
          aria-selected={i === at}
          onClick={() => onRun(entry)}
          onPointerMove={() => onPoint(i)}
          className={`flex min-h-11 cursor-pointer items-center gap-3 rounded-control-small px-3 text-small ${i === at ? 'bg-primary-soft' : ''}`}
        >
          <Icon of={entry.icon} className="text-text-2" />
          <span className="min-w-0 flex-1 truncate font-medium">{entry.name}</span>
          <span className="text-caption text-text-2">{entry.kind}</span>
          {entry.keys !== undefined && (
            <kbd className="font-sans text-caption text-text-2">{entry.keys}</kbd>
          )}
          {i === at && <Icon of={CornerDownLeft} size={14} className="text-text-2" />}
        </li>
      ))}
    </ul>
  );
};

/** Where the browser's dialog puts the focus when it opens. */
const focusFirst = (element: HTMLElement | null): void => {
  element?.setAttribute('autofocus', '');
};

const Body = ({ recentKey, useOffer, hint, onClose }: Props): ReactElement => {
  const say = useText();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [recent] = useState(() => readRecent(recentKey));
  const { commands, found } = useOffer(typed);
  const entries = [...rank(commands, typed, recent), ...found].slice(0, shownMax);
  const here = Math.min(at, Math.max(0, entries.length - 1));
  useEffect(() => {
    document.getElementById(`${listId}-${here}`)?.scrollIntoView({ block: 'nearest' });
  }, [listId, here]);
  const run = (entry: Entry): void => {
    const kept = [entry.key, ...recent.filter((key) => key !== entry.key)].slice(0, recentMax);
    localStorage.setItem(recentKey, JSON.stringify(kept));
    onClose();
    entry.run();
  };
  const hear = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0 && event.key !== 'Enter') return;
    event.preventDefault();
    const chosen = entries[here];
    if (by !== 0) setAt((here + by + entries.length) % Math.max(1, entries.length));
    else if (chosen) run(chosen);
  };
  return (
    <div className="flex flex-col gap-1">
      <span className="relative flex">
        <Icon
          of={Search}
          className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-text-3"
        />
        <input
          ref={focusFirst}
          role="combobox"
          aria-label={say('palette.title')}
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          {...(entries.length > 0 ? { 'aria-activedescendant': `${listId}-${here}` } : {})}
          autoComplete="off"
          placeholder={hint}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setAt(0);
          }}
          onKeyDown={hear}
          className="h-11 w-full rounded-control border border-control bg-surface pr-3 pl-10 text-input"
        />
      </span>
      {entries.length > 0 ? (
        <Options entries={entries} at={here} listId={listId} onRun={run} onPoint={setAt} />
      ) : (
        <p id={listId} role="status" className="px-3 py-6 text-small text-text-2">
          {say('palette.nothing')}
        </p>
      )}
    </div>
  );
};

/** Leads to everything by a few letters, what was chosen last before the rest. */
export const Palette = ({
  isOpen,
  ...props
}: Props & Readonly<{ isOpen: boolean }>): ReactElement => {
  const say = useText();
  return (
    <Dialog isOpen={isOpen} onClose={props.onClose} title={say('palette.title')} side="top">
      {isOpen && <Body {...props} />}
    </Dialog>
  );
};
