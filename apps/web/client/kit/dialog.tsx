import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactElement, type ReactNode } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { IconButton } from './button.tsx';
import { classes } from './classes.ts';

/** The browser's own dialog: it holds the focus, and Escape closes it. */
export const Dialog = ({
  isOpen,
  onClose,
  title,
  children,
  side = 'centre',
}: Readonly<{
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  /**
   * `end`: a sheet from below on phones, and from the side elsewhere; `start`: a drawer; `top`: below
   * the upper edge, for what is typed into while its answers come and go.
   */
  side?: 'centre' | 'end' | 'start' | 'top';
}>): ReactElement => {
  const say = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (isOpen && !element?.open) element?.showModal();
    if (!isOpen && element?.open) element.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      className={classes(
        // One most width and height for each: of two, the order of the style sheet would choose.
        'm-0 bg-surface p-0 text-text-1 shadow-floating',
        side === 'centre' &&
          'fixed inset-x-4 top-1/2 mx-auto max-h-[85dvh] w-auto max-w-lg -translate-y-1/2 rounded-media',
        side === 'end' &&
          'fixed inset-x-0 top-auto bottom-0 max-h-[88dvh] w-full max-w-full rounded-t-media sm:inset-y-0 sm:right-0 sm:left-auto sm:h-full sm:max-h-full sm:w-96 sm:rounded-none',
        side === 'start' && 'fixed inset-y-0 right-auto left-0 h-full max-h-full w-72 max-w-[85vw]',
        side === 'top' &&
          'fixed inset-x-4 top-[12dvh] mx-auto max-h-[76dvh] w-auto max-w-xl rounded-media',
      )}
    >
      <div className="flex max-h-[inherit] flex-col">
        <header className="flex items-center justify-between gap-4 border-b border-line py-2 pr-2 pl-5">
          <h2 id={titleId} className="text-h3">
            {title}
          </h2>
          <IconButton icon={X} label={say('kit.close')} onClick={onClose} />
        </header>
        <div className="overflow-y-auto p-5">{children}</div>
      </div>
    </dialog>
  );
};
