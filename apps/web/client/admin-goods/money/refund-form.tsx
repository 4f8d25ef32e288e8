import { useState, type FormEvent, type ReactElement } from 'react';
import { Region } from '../../admin/kit/page.tsx';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { FormFailure, Notice } from '../../kit/feedback.tsx';
import { SelectField, TextField } from '../../kit/field.tsx';
import { useToast } from '../../kit/toast.tsx';
import { useFieldWords } from '../../kit/use-failure.ts';
import { useKeyed } from '../../kit/use-keyed.ts';
import { bodyOf, useLoaded, useSending } from '../../kit/use-request.ts';
import type { Payment } from './payments.tsx';

type Line = AnswerOf<'/api/v1/orders/{id}', 'get'>['lines'][number];
type Pieces = Readonly<Record<string, Readonly<{ back: number; shelf: number }>>>;
type Way = 'all' | 'lines' | 'amount';

const ways = ['lines', 'amount', 'all'] as const;
const reasonMin = 3;

const upTo = (most: number): readonly number[] => Array.from({ length: most + 1 }, (_, i) => i);

/** Of one line: how many pieces are paid back, and how many of those go back on the shelf. */
const LinePieces = ({
  line,
  back,
  shelf,
  onChange,
}: Readonly<{
  line: Line;
  back: number;
  shelf: number;
  onChange: (back: number, shelf: number) => void;
}>): ReactElement => {
  const say = useText();
  return (
    <fieldset className="flex flex-col gap-2 rounded-card border border-line p-3">
      <legend className="px-1 text-small font-medium">{line.name}</legend>
      <div className="grid grid-cols-2 gap-3">
        <SelectField
          name={`back.${line.variant_id}`}
          label={say('refund.pieces', { of: line.quantity })}
          value={back}
          onChange={({ target }) => {
            const next = Number(target.value);
            onChange(next, Math.min(shelf, next));
          }}
        >
          {upTo(line.quantity).map((count) => (
            <option key={count}>{count}</option>
          ))}
        </SelectField>
        <SelectField
          name={`shelf.${line.variant_id}`}
          label={say('refund.restock')}
          value={shelf}
          onChange={({ target }) => onChange(back, Number(target.value))}
        >
          {upTo(back).map((count) => (
            <option key={count}>{count}</option>
          ))}
        </SelectField>
      </div>
    </fieldset>
  );
};

/**
 * Gives money back: lines with what of them returns to the shelf, an amount, or all that is left. A
 * request that is sent again, because nothing was heard of it, is the same refund.
 */
export const RefundForm = ({
  payment,
  onDone,
}: Readonly<{ payment: Payment; onDone: () => void }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const { money } = useFormats();
  const [way, setWay] = useState<Way>('lines');
  const [pieces, setPieces] = useState<Pieces>({});
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string>();
  const keyed = useKeyed();
  const { isBusy, failure, send } = useSending(
    ['payments'],
    ['refunds'],
    ['timeline'],
    ['stock'],
    ['orders'],
  );
  const words = useFieldWords(failure);
  const order = useLoaded(['orders', 'detail', payment.order_id], (signal) =>
    browserApi().GET('/api/v1/orders/{id}', {
      params: { path: { id: payment.order_id ?? '' } },
      signal,
    }),
  );
  const lines = Object.entries(pieces)
    .filter(([, { back }]) => back > 0)
    .map(([variant_id, { back, shelf }]) => ({
      variant_id,
      quantity: back,
      restock_quantity: shelf,
    }));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const isNothing = way === 'lines' && lines.length === 0;
    setFault(isNothing ? say('refund.chooseLines') : undefined);
    if (isNothing) return;
    const body = {
      reason: reason.trim(),
      ...(way === 'lines' ? { lines } : {}),
      ...(way === 'amount' ? { amount: amount.trim() } : {}),
    };
    const params = { path: { id: payment.id } };
    const url = '/api/v1/payments/{id}/refunds';
    const isDone = await send(() =>
      keyed(body, (key) => {
        const headers = { 'idempotency-key': key };
        return bodyOf(browserApi().POST(url, { params, headers, body }), ['amount', 'reason']);
      }),
    );
    if (!isDone) return;
    toast(say('refund.made'));
    onDone();
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <FormFailure failure={failure} />
      {fault !== undefined && <Notice tone="danger" role="alert" title={fault} />}
      <SelectField
        name="way"
        label={say('refund.what')}
        value={way}
        onChange={({ target }) => setWay(ways.find((one) => one === target.value) ?? 'lines')}
      >
        {ways.map((one) => (
          <option key={one} value={one}>
            {say(`refund.way.${one}`)}
          </option>
        ))}
      </SelectField>
      {way === 'lines' && (
        <Region of={order}>
          {(shown) => (
            <>
              {shown.lines.map((line) => (
                <LinePieces
                  key={line.variant_id}
                  line={line}
                  back={pieces[line.variant_id]?.back ?? 0}
                  shelf={pieces[line.variant_id]?.shelf ?? 0}
                  onChange={(back, shelf) =>
                    setPieces({ ...pieces, [line.variant_id]: { back, shelf } })
                  }
                />
              ))}
              <p className="text-caption text-text-2">{say('refund.restockHint')}</p>
            </>
          )}
        </Region>
      )}
      {way === 'amount' && (
        <TextField
          name="amount"
          label={say('refund.amount', { currency: payment.currency })}
          inputMode="decimal"
          value={amount}
          error={words['amount']}
          onChange={({ target }) => setAmount(target.value)}
        />
      )}
      <TextField
        name="reason"
        label={say('refund.reason')}
        minLength={reasonMin}
        maxLength={300}
        value={reason}
        error={words['reason']}
        onChange={({ target }) => setReason(target.value)}
      />
      <p className="text-small text-text-2">
        {say('refund.consequence', {
          paid: money(payment.amount, payment.currency),
          refunded: money(payment.refunded_amount, payment.currency),
        })}
      </p>
      <Button type="submit" kind="filled" isBusy={isBusy}>
        {say(way === 'all' ? 'refund.sendAll' : 'refund.send')}
      </Button>
    </form>
  );
};
