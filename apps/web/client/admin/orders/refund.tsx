import { useState, type FormEvent, type ReactElement } from 'react';
import { browserApi } from '../../api/client.ts';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { FormFailure } from '../../kit/feedback.tsx';
import { CheckField, TextField } from '../../kit/field.tsx';
import { Stepper } from '../../kit/layout.tsx';
import { useProof } from '../../step-up/step-up.tsx';
import { useToast } from '../../kit/toast.tsx';
import { useFieldWords } from '../../kit/use-failure.ts';
import { useKeyed } from '../../kit/use-keyed.ts';
import { bodyOf, useLoaded, useSending } from '../../kit/use-request.ts';
import { isNothing, lessOf, sumOf, timesOf, typedAmount } from '../kit/amounts.ts';
import type { Order, Refund } from './order-data.ts';

type Line = Order['lines'][number];

/** How many pieces of each line have gone back or are going. */
const takenOf = (refunds: readonly Refund[]): ReadonlyMap<string, number> => {
  const taken = new Map<string, number>();
  for (const refund of refunds)
    if (refund.status !== 'failed')
      for (const { variant_id: id, quantity } of refund.lines)
        taken.set(id, (taken.get(id) ?? 0) + quantity);
  return taken;
};

const LineChoice = ({
  line,
  currency,
  left,
  quantity,
  isRestocked,
  onQuantity,
  onRestock,
}: Readonly<{
  line: Line;
  currency: string;
  left: number;
  quantity: number;
  isRestocked: boolean;
  onQuantity: (quantity: number) => void;
  onRestock: (isRestocked: boolean) => void;
}>): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  return (
    <li className="flex flex-col gap-1 border-b border-line py-3 last:border-0">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <span className="min-w-0 flex-1 text-small">
          <span className="block font-medium">{line.name}</span>
          <span className="text-caption text-text-3">
            {say('refund.left', { left, price: money(line.unit_price, currency) })}
          </span>
        </span>
        <Stepper
          value={quantity}
          min={0}
          max={left}
          label={say('refund.pieces', { name: line.name })}
          onChange={onQuantity}
          isCompact
        />
      </div>
      {quantity > 0 && (
        <CheckField
          name={`restock-${line.variant_id}`}
          label={say('refund.restock', { count: quantity })}
          checked={isRestocked}
          onChange={({ target }) => onRestock(target.checked)}
        />
      )}
    </li>
  );
};

const Form = ({
  order,
  refunds,
  onClose,
}: Readonly<{ order: Order; refunds: readonly Refund[]; onClose: () => void }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const { money } = useFormats();
  const [by, setBy] = useState<'lines' | 'amount'>('lines');
  const [pieces, setPieces] = useState<Readonly<Record<string, number>>>({});
  const [kept, setKept] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [isEmptyShown, setEmptyShown] = useState(false);
  const { dialog, withProof } = useProof();
  const { isBusy, failure, send } = useSending(['admin']);
  const fields = useFieldWords(failure);
  // One intent, one key: who presses twice, or again after a lost answer, gives the money back once.
  const keyed = useKeyed();
  const taken = takenOf(refunds);
  const leftOf = (line: Line): number => line.quantity - (taken.get(line.variant_id) ?? 0);
  const chosen = order.lines.flatMap((line) => {
    const quantity = pieces[line.variant_id] ?? 0;
    return quantity === 0 ? [] : [{ line, quantity }];
  });
  const amount =
    by === 'amount'
      ? typedAmount(typed)
      : sumOf(chosen.map(({ line, quantity }) => timesOf(line.unit_price, quantity)));
  const isChosen = amount !== undefined && !isNothing(amount);
  const bodyNow = (): object =>
    by === 'amount'
      ? { amount, reason }
      : {
          lines: chosen.map(({ line, quantity }) => ({
            variant_id: line.variant_id,
            quantity,
            restock_quantity: kept.includes(line.variant_id) ? 0 : quantity,
          })),
          reason,
        };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setEmptyShown(!isChosen);
    if (!isChosen) return;
    const body = bodyNow();
    const isDone = await send(() =>
      keyed(body, (key) =>
        withProof(() =>
          bodyOf(
            browserApi().POST('/api/v1/payments/{id}/refunds', {
              params: { path: { id: order.payment_id ?? '' } },
              headers: { 'idempotency-key': key },
              body: body as never,
            }),
            ['amount', 'reason'],
          ),
        ),
      ),
    );
    if (!isDone) return;
    toast(say('refund.done'));
    onClose();
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
      <FormFailure failure={failure} />
      <fieldset className="flex flex-wrap gap-x-6">
        <legend className="sr-only">{say('refund.by')}</legend>
        {(['lines', 'amount'] as const).map((name) => (
          <CheckField
            key={name}
            type="radio"
            name="by"
            label={say(`refund.${name}`)}
            checked={by === name}
            onChange={() => setBy(name)}
          />
        ))}
      </fieldset>
      {by === 'lines' ? (
        <ul className="border-y border-line">
          {order.lines.map((line) => (
            <LineChoice
              key={line.variant_id}
              line={line}
              currency={order.currency}
              left={leftOf(line)}
              quantity={pieces[line.variant_id] ?? 0}
              isRestocked={!kept.includes(line.variant_id)}
              onQuantity={(quantity) => setPieces({ ...pieces, [line.variant_id]: quantity })}
              onRestock={(isRestocked) =>
                setKept(
                  isRestocked
                    ? kept.filter((id) => id !== line.variant_id)
                    : [...kept, line.variant_id],
                )
              }
            />
          ))}
        </ul>
      ) : (
        <TextField
          name="amount"
          label={say('refund.howMuch')}
          hint={say('refund.most', {
            amount: money(lessOf(order.total, order.refunded_total), order.currency),
          })}
          inputMode="decimal"
          autoComplete="off"
          error={fields['amount']}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      )}
      {isEmptyShown && !isChosen && (
        <p role="alert" className="text-small text-danger">
          {say(by === 'lines' ? 'refund.noLines' : 'refund.noAmount')}
        </p>
      )}
      <TextField
        name="reason"
        label={say('refund.reason')}
        hint={say('refund.reasonHint')}
        error={fields['reason']}
        maxLength={300}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button size={40} onClick={onClose}>
          {say('admin.cancel')}
        </Button>
        <Button size={40} type="submit" kind="filled" isBusy={isBusy}>
          {isChosen
            ? say('refund.go', { amount: money(amount, order.currency) })
            : say('refund.title')}
        </Button>
      </div>
      {dialog}
    </form>
  );
};

/** Gives money back: by pieces of lines, which may go back on the shelf, or a free amount. */
export const RefundDialog = ({
  order,
  isOpen,
  onClose,
}: Readonly<{ order: Order; isOpen: boolean; onClose: () => void }>): ReactElement => {
  const say = useText();
  const id = order.payment_id ?? '';
  const refunds = useLoaded(
    ['admin', 'order', order.id, 'refunds', order.payment_id],
    (signal) =>
      browserApi().GET('/api/v1/payments/{id}/refunds', { params: { path: { id } }, signal }),
    { isEnabled: order.payment_id !== null },
  );
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={say('refund.of', { number: order.number })}
      side="end"
    >
      {isOpen && refunds.data && (
        <Form order={order} refunds={refunds.data.items} onClose={onClose} />
      )}
    </Dialog>
  );
};
