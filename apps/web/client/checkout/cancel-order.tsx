import { useState, type ReactElement } from 'react';
import { browserApi } from '../api/client.ts';
import { readFailure, unreachable, type Failure } from '../api/problems.ts';
import { useFormats, useText } from '../i18n/use-text.tsx';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { FormFailure } from '../kit/feedback.tsx';
import type { Order } from './order-sheet.tsx';

/** Cancelling says what it does to the money before it does it. */
export const CancelOrder = ({
  order,
  onDone,
}: Readonly<{ order: Order; onDone: () => void }>): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const cancel = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    const params = { path: { id: order.id } };
    const answer = await browserApi()
      .POST('/api/v1/orders/{id}/cancel', { params, body: {} as never })
      .catch(() => undefined);
    setBusy(false);
    if (!answer?.response.ok) {
      setFailure(answer ? readFailure(answer.response, answer.error) : unreachable());
      return;
    }
    setOpen(false);
    onDone();
  };
  return (
    <div>
      <Button kind="danger" size={40} onClick={() => setOpen(true)}>
        {say('cancel.title')}
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={say('cancel.title')}>
        <div className="flex flex-col gap-5">
          <p className="text-body">
            {say(order.status === 'paid' ? 'cancel.paid' : 'cancel.unpaid', {
              number: order.number,
              total: money(order.total, order.currency),
            })}
          </p>
          <FormFailure failure={failure} />
          <div className="flex flex-wrap justify-end gap-3">
            <Button onClick={() => setOpen(false)}>{say('cancel.keep')}</Button>
            <Button kind="danger" isBusy={isBusy} onClick={() => void cancel()}>
              {say('cancel.title')}
            </Button>
          </div>
        </div>
      </Dialog>
    </div>
  );
};
