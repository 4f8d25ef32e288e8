import { useState, type ReactElement } from 'react';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { CheckField } from '../kit/field.tsx';
import { isMac } from '../kit/keyboard.ts';
import { areShortcutsOn, setShortcutsOn } from './kit/shortcuts.ts';
import { placesFor } from './places.ts';

const Keys = ({ of }: Readonly<{ of: readonly string[] }>): ReactElement => (
  <span className="flex shrink-0 gap-1">
    {of.map((key) => (
      <kbd
        key={key}
        className="inline-flex h-6 min-w-6 items-center justify-center rounded-tag border border-line-2 bg-sunken px-1.5 font-sans text-caption"
      >
        {key}
      </kbd>
    ))}
  </span>
);

/** Every key that does something, and the way to turn the short ones off. */
export const KeysHelp = ({
  isOpen,
  onClose,
}: Readonly<{ isOpen: boolean; onClose: () => void }>): ReactElement => {
  const say = useText();
  const { viewer } = useSetting();
  const [isOn, setOn] = useState(areShortcutsOn);
  const general: readonly (readonly [string, readonly string[]])[] = [
    ['keys.palette', [isMac() ? '⌘' : 'Ctrl', 'K']],
    ['keys.search', ['/']],
    ['keys.help', ['?']],
    ['keys.rows', ['J', 'K']],
    ['keys.open', ['Enter']],
    ['keys.select', ['X']],
    ['keys.range', ['Shift', 'J', 'K']],
    ['keys.close', ['Esc']],
  ];
  const chords = placesFor(viewer?.roles ?? []).filter(({ chord }) => chord !== undefined);
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={say('keys.title')}>
      <div className="flex flex-col gap-5">
        <ul className="flex flex-col gap-2 text-small">
          {general.map(([key, keys]) => (
            <li key={key} className="flex items-center justify-between gap-4">
              {say(key)}
              <Keys of={keys} />
            </li>
          ))}
          {chords.map(({ key, chord }) => (
            <li key={key} className="flex items-center justify-between gap-4">
              {say('keys.goTo', { place: say(`nav.${key}`) })}
              <Keys of={['G', chord!.toUpperCase()]} />
            </li>
          ))}
        </ul>
        <CheckField
          name="shortcuts"
          label={say('keys.single')}
          checked={isOn}
          onChange={({ target }) => {
            setShortcutsOn(target.checked);
            setOn(target.checked);
          }}
        />
      </div>
    </Dialog>
  );
};
