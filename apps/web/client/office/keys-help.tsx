import { useState, type ReactElement } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { CheckField } from '../kit/field.tsx';
import { isMac } from '../kit/keyboard.ts';
import { areShortcutsOn, setShortcutsOn } from './shortcuts.ts';

type Line = readonly [words: string, keys: readonly string[]];

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

const Lines = ({ of }: Readonly<{ of: readonly Line[] }>): ReactElement => (
  <ul className="flex flex-col gap-2 text-small">
    {of.map(([words, keys]) => (
      <li key={words} className="flex items-center justify-between gap-4">
        {words}
        <Keys of={keys} />
      </li>
    ))}
  </ul>
);

/** Every key that does something, and the way to turn the short ones off. */
export const KeysHelp = ({
  isOpen,
  onClose,
  lines,
  places,
}: Readonly<{
  isOpen: boolean;
  onClose: () => void;
  /** Those of the application, in words. */
  lines: readonly Line[];
  /** Names of places by the letter that follows `g`. */
  places: readonly (readonly [name: string, letter: string])[];
}>): ReactElement => {
  const say = useText();
  const [isOn, setOn] = useState(areShortcutsOn);
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={say('keys.title')}>
      <div className="flex flex-col gap-5">
        <Lines
          of={[
            [say('keys.palette'), [isMac() ? '⌘' : 'Ctrl', 'K']],
            [say('keys.search'), ['/']],
            [say('keys.help'), ['?']],
            ...lines,
            [say('keys.close'), ['Esc']],
            ...places.map(([place, letter]): Line => [
              say('keys.goTo', { place }),
              ['G', letter.toUpperCase()],
            ]),
          ]}
        />
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
