import { useState, type FormEvent, type ReactElement } from 'react';
import { Link } from 'react-router';
import { Facts, Region } from '../../admin/kit/page.tsx';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { Moment, useFormats, useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { FormFailure } from '../../kit/feedback.tsx';
import { SelectField, TextField } from '../../kit/field.tsx';
import { useToast } from '../../kit/toast.tsx';
import { useFieldWords } from '../../kit/use-failure.ts';
import { useKeyed } from '../../kit/use-keyed.ts';
import { bodyOf, useLoaded, useSending } from '../../kit/use-request.ts';

export type Level = AnswerOf<'/api/v1/products/stock', 'get'>['items'][number];

export const nameOfLevel = ({ title, option_values: values }: Level): string =>
  values.length === 0 ? title : `${title} · ${values.join(' / ')}`;

/** Why units come or go, and which way each goes. */
const reasons = [
  ['received', 'add'],
  ['return', 'add'],
  ['correction', 'add'],
  ['correction', 'remove'],
  ['damaged', 'remove'],
  ['lost', 'remove'],
] as const;

const Adjust = ({ level }: Readonly<{ level: Level }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const [what, setWhat] = useState(0);
  const [quantity, setQuantity] = useState('');
  const [reason, setReason] = useState('');
  const keyed = useKeyed();
  const { isBusy, failure, send } = useSending(['stock'], ['products']);
  const words = useFieldWords(failure);
  const [kind, way] = reasons[what]!;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const text = reason.trim();
    const body = {
      variant_id: level.variant_id,
      quantity: Number(quantity.trim()),
      kind: kind as never,
      ...(text === '' ? {} : { reason: text }),
    };
    const isDone = await send(() =>
      keyed([way, body], (key) =>
        bodyOf(
          browserApi().POST(`/api/v1/products/{id}/stock/${way}`, {
            params: { path: { id: level.product_id } },
            headers: { 'idempotency-key': key },
            body,
          }),
          ['quantity', 'reason', 'kind'],
        ),
      ),
    );
    if (!isDone) return;
    toast(say('stock.adjusted'));
    setQuantity('');
    setReason('');
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <FormFailure failure={failure} />
      <SelectField
        name="kind"
        label={say('stock.why')}
        value={what}
        error={words['kind']}
        onChange={({ target }) => setWhat(Number(target.value))}
      >
        {reasons.map(([name, direction], i) => (
          <option key={`${name} ${direction}`} value={i}>
            {say(`stock.adjust.${direction}.${name}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        name="quantity"
        label={say('stock.quantity')}
        inputMode="numeric"
        autoComplete="off"
        value={quantity}
        error={words['quantity']}
        onChange={({ target }) => setQuantity(target.value)}
      />
      <TextField
        name="reason"
        label={say('stock.reason')}
        hint={say('stock.reasonHint')}
        maxLength={500}
        value={reason}
        error={words['reason']}
        onChange={({ target }) => setReason(target.value)}
        isOptional
      />
      <Button type="submit" kind="filled" isBusy={isBusy}>
        {say(way === 'add' ? 'stock.add' : 'stock.take')}
      </Button>
    </form>
  );
};

const History = ({ level }: Readonly<{ level: Level }>): ReactElement => {
  const say = useText();
  const { number } = useFormats();
  const [limit, setLimit] = useState(10);
  const movements = useLoaded(['stock', 'movements', level.variant_id, limit], (signal) =>
    browserApi().GET('/api/v1/products/{id}/stock/movements', {
      params: {
        path: { id: level.product_id },
        query: { variant_id: level.variant_id, limit },
      },
      signal,
    }),
  );
  return (
    <section aria-labelledby="movements" className="flex flex-col gap-2">
      <h3 id="movements" className="text-h3">
        {say('stock.movements')}
      </h3>
      <Region of={movements} lines={4}>
        {({ items, next_cursor: next }) => (
          <>
            {items.length === 0 && (
              <p className="text-small text-text-2">{say('stock.noMovements')}</p>
            )}
            <ol className="flex flex-col">
              {items.map(
                ({ kind, quantity, on_hand_after: after, reason, order_id: order, at }) => (
                  <li
                    key={`${at} ${after} ${quantity} ${kind}`}
                    className="flex flex-col gap-0.5 border-b border-line py-2 text-small last:border-0"
                  >
                    <span className="flex justify-between gap-3">
                      <span className="font-medium">{say(`stock.kind.${kind}`)}</span>
                      <span className="tabular font-medium">
                        {quantity > 0 ? `+${number(quantity)}` : number(quantity)}
                      </span>
                    </span>
                    <span className="flex justify-between gap-3 text-caption text-text-2">
                      <Moment at={at} />
                      <span className="tabular">
                        {say('stock.after', { count: number(after) })}
                      </span>
                    </span>
                    {reason !== null && <span className="text-caption">{reason}</span>}
                    {order !== null && (
                      <Link
                        to={`/admin/pedidos/${order}`}
                        className="inline-flex min-h-6 items-center self-start text-caption underline"
                      >
                        {say('goods.toOrder')}
                      </Link>
                    )}
                  </li>
                ),
              )}
            </ol>
            {next !== null && limit < 100 && (
              <Button size={36} className="self-start" onClick={() => setLimit(100)}>
                {say('stock.more')}
              </Button>
            )}
          </>
        )}
      </Region>
    </section>
  );
};

/** What is there of one variant, how to correct it, and how it came to be. */
export const VariantStock = ({ level }: Readonly<{ level: Level }>): ReactElement => {
  const say = useText();
  const { number } = useFormats();
  const count = (value: number): ReactElement => <span className="tabular">{number(value)}</span>;
  return (
    <div className="flex flex-col gap-6">
      <Facts
        of={[
          ['SKU', <code key="sku">{level.sku}</code>],
          [say('stock.onHand'), count(level.on_hand)],
          [say('stock.reserved'), count(level.reserved)],
          [say('stock.available'), count(level.available)],
          [say('stock.threshold'), count(level.low_stock_threshold)],
        ]}
      />
      <Link
        to={`/admin/productos/${level.product_id}`}
        className="inline-flex min-h-6 items-center self-start text-small underline"
      >
        {say('stock.toProduct')}
      </Link>
      <Adjust level={level} />
      <History level={level} />
    </div>
  );
};
