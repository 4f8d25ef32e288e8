import type { ReactElement, ReactNode } from 'react';
import type { Failure } from '../../api/problems.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { FormFailure } from '../../kit/feedback.tsx';

/** Asks before what cannot be undone; the button repeats what it does, and to what. */
export const Confirm = ({
  isOpen,
  title,
  text,
  action,
  isBusy,
  failure,
  onConfirm,
  onClose,
}: Readonly<{
  isOpen: boolean;
  title: string;
  text: ReactNode;
  action: string;
  isBusy: boolean;
  failure: Failure | undefined;
  onConfirm: () => void;
  onClose: () => void;
}>): ReactElement => {
  const say = useText();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title}>
      <div className="flex flex-col gap-4">
        <p className="text-body text-text-2">{text}</p>
        <FormFailure failure={failure} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{say('goods.cancel')}</Button>
          <Button kind="danger" isBusy={isBusy} onClick={onConfirm}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  );
};
