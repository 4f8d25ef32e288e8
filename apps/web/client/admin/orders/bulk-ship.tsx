import { useState, type ReactElement } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { browserApi } from '../../api/client.ts';
import type { Failure } from '../../api/problems.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useToast } from '../../kit/toast.tsx';
import { useFailureWords } from '../../kit/use-failure.ts';
import { bodyOf, RequestFailed } from '../../kit/use-request.ts';

export type ToShip = Readonly<{ id: string; number: string; status: string }>;
type Refused = Readonly<{ order: ToShip; failure: Failure }>;

const RefusedLine = ({ order, failure }: Refused): ReactElement => (
  <li className="flex flex-wrap gap-x-2 text-small">
    <span className="font-mono font-medium">{order.number}</span>
    <span className="text-text-2">{useFailureWords(failure)}</span>
  </li>
);

/** Ships several orders, one after the other; one that refuses holds back none of the others. */
export const BulkShip = ({
  orders,
  onClose,
}: Readonly<{ orders: readonly ToShip[]; onClose: () => void }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const ready = orders.filter(({ status }) => status === 'paid');
  const ship = async (): Promise<void> => {
    setBusy(true);
    const failed: Refused[] = [];
    for (const order of ready) {
      const params = { path: { id: order.id } };
      try {
        await bodyOf(
          browserApi().PUT('/api/v1/orders/{id}/status', { params, body: { status: 'shipped' } }),
        );
      } catch (error) {
        if (error instanceof RequestFailed) failed.push({ order, failure: error.failure });
      }
    }
    await queries.invalidateQueries({ queryKey: ['admin'] });
    setBusy(false);
    setRefused(failed);
    toast(say('ship.done', { done: ready.length - failed.length, failed: failed.length }));
    if (failed.length === 0) onClose();
  };
  return (
    <Dialog isOpen={orders.length > 0} onClose={onClose} title={say('ship.several')}>
      <div className="flex flex-col gap-5">
        <p className="text-body">{say('ship.ready', { count: ready.length })}</p>
        {ready.length < orders.length && (
          <p className="text-small text-text-2">
            {say('ship.notReady', { count: orders.length - ready.length })}
          </p>
        )}
        {refused.length > 0 && (
          <ul role="alert" className="flex flex-col gap-1">
            {refused.map((one) => (
              <RefusedLine key={one.order.id} {...one} />
            ))}
          </ul>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button size={40} onClick={onClose}>
            {say('admin.cancel')}
          </Button>
          {ready.length > 0 && (
            <Button size={40} kind="filled" isBusy={isBusy} onClick={() => void ship()}>
              {say('ship.go', { count: ready.length })}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
};
