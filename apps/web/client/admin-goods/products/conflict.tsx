import { useState, type ReactElement } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { CheckField } from '../../kit/field.tsx';
import type { Typed } from './draft.ts';

/** A field that both have changed. */
export type Clash = Readonly<{ name: string; mine: string; theirs: string }>;

/** What I changed and what is there now, where the two differ. */
export const clashesOf = (
  changed: readonly string[],
  mine: Typed,
  theirs: Typed,
): readonly Clash[] =>
  changed
    .filter((name) => mine[name] !== theirs[name])
    .map((name) => ({ name, mine: mine[name] ?? '', theirs: theirs[name] ?? '' }));

const shortMax = 240;
const shorten = (text: string): string =>
  text.length > shortMax ? `${text.slice(0, shortMax)}…` : text;

/** Somebody else has saved meanwhile: both values of each field, and which of them stays. */
export const Conflict = ({
  clashes,
  labels,
  isBusy,
  onSettle,
  onClose,
}: Readonly<{
  clashes: readonly Clash[] | undefined;
  labels: Readonly<Record<string, string>>;
  isBusy: boolean;
  onSettle: (chosen: Typed) => void;
  onClose: () => void;
}>): ReactElement => {
  const say = useText();
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const choose = (name: string, isTheirs: boolean): void =>
    setTheirs(new Set([...theirs, name].filter((other) => other !== name || isTheirs)));
  return (
    <Dialog isOpen={clashes !== undefined} onClose={onClose} title={say('conflict.title')}>
      <div className="flex flex-col gap-4">
        <p className="text-body text-text-2">{say('conflict.text')}</p>
        {clashes?.map(({ name, mine, theirs: other }) => (
          <fieldset key={name} className="flex flex-col gap-1 rounded-card border border-line p-3">
            <legend className="px-1 text-small font-medium">{labels[name] ?? name}</legend>
            {(
              [
                ['mine', mine, false],
                ['theirs', other, true],
              ] as const
            ).map(([key, value, isTheirs]) => (
              <CheckField
                key={key}
                type="radio"
                name={`conflict.${name}`}
                checked={theirs.has(name) === isTheirs}
                onChange={() => choose(name, isTheirs)}
                label={
                  <span className="flex flex-col">
                    <span className="text-caption text-text-2">{say(`conflict.${key}`)}</span>
                    <span className="break-words whitespace-pre-line">
                      {value === '' ? say('conflict.empty') : shorten(value)}
                    </span>
                  </span>
                }
              />
            ))}
          </fieldset>
        ))}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{say('goods.cancel')}</Button>
          <Button
            kind="filled"
            isBusy={isBusy}
            onClick={() =>
              onSettle(
                Object.fromEntries(
                  (clashes ?? []).map(({ name, mine, theirs: other }) => [
                    name,
                    theirs.has(name) ? other : mine,
                  ]),
                ),
              )
            }
          >
            {say('conflict.save')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
};
