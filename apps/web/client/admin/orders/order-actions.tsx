import { useState, type FormEvent, type ReactElement } from 'react';
import { browserApi } from '../../api/client.ts';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { FormFailure } from '../../kit/feedback.tsx';
import { TextField } from '../../kit/field.tsx';
import { useToast } from '../../kit/toast.tsx';
import { useFieldWords } from '../../kit/use-failure.ts';
import { bodyOf, RequestFailed, useSending } from '../../kit/use-request.ts';
import { Conflict } from '../kit/conflict.tsx';
import { useShortcuts } from '../../office/shortcuts.ts';
import { possibleOf, type Order } from './order-data.ts';
import { OrderTag } from './order-tag.tsx';
import { RefundDialog } from './refund.tsx';

type Change = 'shipped' | 'delivered' | 'cancelled';
type Tracking = Readonly<{ carrier: string; number: string }>;
type Open = Change | 'refund';

const read = (id: string): Promise<Order> =>
  bodyOf(browserApi().GET('/api/v1/orders/{id}', { params: { path: { id } } }));

const write = (order: Order, change: Change, tracking: Tracking | undefined): Promise<unknown> => {
  const params = { path: { id: order.id } };
  const headers = { 'if-match': `"${order.version}"` };
  const body =
    change === 'shipped' && tracking ? { status: change, tracking } : ({ status: change } as const);
  return bodyOf(browserApi().PUT('/api/v1/orders/{id}/status', { params, headers, body }), [
    'tracking.carrier',
    'tracking.number',
  ]);
};

/** Changes an order as it was seen; when it is another by now, both are shown. */
const useChange = () => {
  const toast = useToast();
  const say = useText();
  const [conflict, setConflict] =
    useState<
      Readonly<{ seen: Order; now: Order; change: Change; tracking: Tracking | undefined }>
    >();
  const sending = useSending(['admin']);
  const go = async (
    order: Order,
    change: Change,
    tracking: Tracking | undefined,
  ): Promise<boolean> => {
    let now: Order | undefined;
    const isDone = await sending.send(async () => {
      try {
        await write(order, change, tracking);
      } catch (error) {
        if (!(error instanceof RequestFailed) || error.failure.status !== 412) throw error;
        now = await read(order.id);
      }
    });
    // The page reads the order anew by itself: what was seen is kept with the conflict.
    setConflict(now ? { seen: order, now, change, tracking } : undefined);
    if (isDone && !now) toast(say(`change.${change}.done`));
    return isDone;
  };
  const money = useFormats();
  const differences = conflict && [
    {
      name: say('orders.status'),
      seen: <OrderTag status={conflict.seen.status} />,
      now: <OrderTag status={conflict.now.status} />,
    },
    {
      name: say('order.refunded'),
      seen: money.money(conflict.seen.refunded_total, conflict.seen.currency),
      now: money.money(conflict.now.refunded_total, conflict.now.currency),
    },
    {
      name: say('order.updated'),
      seen: money.dateTime(conflict.seen.updated_at),
      now: money.dateTime(conflict.now.updated_at),
    },
  ];
  const dialog = (
    <Conflict
      differences={differences}
      isBusy={sending.isBusy}
      onGo={() => conflict && void go(conflict.now, conflict.change, conflict.tracking)}
      onLeave={() => setConflict(undefined)}
    />
  );
  return { ...sending, go, dialog };
};

const ChangeForm = ({
  order,
  change,
  on,
  onClose,
}: Readonly<{
  order: Order;
  change: Change;
  on: ReturnType<typeof useChange>;
  onClose: () => void;
}>): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const fields = useFieldWords(on.failure);
  const [carrier, setCarrier] = useState('');
  const [number, setNumber] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const isTracked = carrier.trim() !== '' || number.trim() !== '';
    const tracking = isTracked ? { carrier: carrier.trim(), number: number.trim() } : undefined;
    if (await on.go(order, change, tracking)) onClose();
  };
  const values = { number: order.number, total: money(order.total, order.currency) };
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
      <p className="text-body">
        {say(
          change === 'cancelled' && order.payment_id !== null
            ? 'change.cancelled.paid'
            : `change.${change}.text`,
          values,
        )}
      </p>
      <FormFailure failure={on.failure} />
      {change === 'shipped' && (
        <>
          <TextField
            name="tracking.carrier"
            label={say('change.carrier')}
            isOptional
            error={fields['tracking.carrier']}
            value={carrier}
            onChange={({ target }) => setCarrier(target.value)}
          />
          <TextField
            name="tracking.number"
            label={say('change.number')}
            isOptional
            error={fields['tracking.number']}
            autoComplete="off"
            value={number}
            onChange={({ target }) => setNumber(target.value)}
          />
        </>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button size={40} onClick={onClose}>
          {say('admin.cancel')}
        </Button>
        <Button
          size={40}
          type="submit"
          kind={change === 'cancelled' ? 'danger' : 'filled'}
          isBusy={on.isBusy}
        >
          {say(`change.${change}.go`)}
        </Button>
      </div>
    </form>
  );
};

/** What can be done with an order; one of it is filled, as it is what comes next. */
export const OrderActions = ({ order }: Readonly<{ order: Order }>): ReactElement => {
  const say = useText();
  const [open, setOpen] = useState<Open>();
  const on = useChange();
  const can = possibleOf(order);
  const close = (): void => {
    setOpen(undefined);
    on.clear();
  };
  useShortcuts({
    s: () => can.ship && setOpen('shipped'),
    r: () => can.refund && setOpen('refund'),
  });
  const change = open === 'refund' ? undefined : open;
  return (
    <>
      {can.cancel && (
        <Button size={40} kind="danger" onClick={() => setOpen('cancelled')}>
          {say('change.cancelled.go')}
        </Button>
      )}
      {can.refund && (
        <Button size={40} onClick={() => setOpen('refund')}>
          {say('refund.title')}
        </Button>
      )}
      {can.ship && (
        <Button size={40} kind="filled" onClick={() => setOpen('shipped')}>
          {say('change.shipped.go')}
        </Button>
      )}
      {can.deliver && (
        <Button size={40} kind="filled" onClick={() => setOpen('delivered')}>
          {say('change.delivered.go')}
        </Button>
      )}
      <Dialog
        isOpen={change !== undefined}
        onClose={close}
        title={say(`change.${change ?? 'shipped'}.title`, { number: order.number })}
      >
        {change && <ChangeForm order={order} change={change} on={on} onClose={close} />}
      </Dialog>
      <RefundDialog order={order} isOpen={open === 'refund'} onClose={close} />
      {on.dialog}
    </>
  );
};
