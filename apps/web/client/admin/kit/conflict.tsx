import type { ReactElement, ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';

export type Difference = Readonly<{ name: string; seen: ReactNode; now: ReactNode }>;

/**
 * Somebody else was faster: what was seen, what is there now, and the choice to do it all the same.
 * Nothing is overwritten unseen.
 */
export const Conflict = ({
  differences,
  isBusy,
  onGo,
  onLeave,
}: Readonly<{
  /** Undefined: there is no conflict. */
  differences: readonly Difference[] | undefined;
  isBusy: boolean;
  onGo: () => void;
  onLeave: () => void;
}>): ReactElement => {
  const say = useText();
  return (
    <Dialog isOpen={differences !== undefined} onClose={onLeave} title={say('conflict.title')}>
      <div className="flex flex-col gap-5">
        <p className="text-body text-text-2">{say('conflict.text')}</p>
        <table className="w-full border-collapse text-small">
          <caption className="sr-only">{say('conflict.title')}</caption>
          <thead>
            <tr className="border-b border-line text-caption text-text-3">
              <td />
              <th scope="col" className="h-9 px-2 text-left font-medium">
                {say('conflict.seen')}
              </th>
              <th scope="col" className="h-9 px-2 text-left font-medium">
                {say('conflict.now')}
              </th>
            </tr>
          </thead>
          <tbody>
            {(differences ?? []).map(({ name, seen, now }) => (
              <tr key={name} className="border-b border-line last:border-0">
                <th scope="row" className="h-11 pr-2 text-left font-normal text-text-3">
                  {name}
                </th>
                <td className="px-2">{seen}</td>
                <td className="px-2 font-medium">{now}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className="flex flex-wrap justify-end gap-2">
          <Button size={40} onClick={onLeave}>
            {say('conflict.leave')}
          </Button>
          <Button size={40} kind="filled" isBusy={isBusy} onClick={onGo}>
            {say('conflict.go')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
};
