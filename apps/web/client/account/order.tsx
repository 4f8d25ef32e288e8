import { FileDown, Printer } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useParams } from 'react-router';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { Moment, useFormats, useSetting, useText, useWholeText } from '../i18n/use-text.tsx';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { FormFailure } from '../kit/feedback.tsx';
import { Icon } from '../kit/icon.tsx';
import { ProductImage } from '../kit/image.tsx';
import { useToast } from '../kit/toast.tsx';
import { Parcels } from '../kit/parcels.tsx';
import { payOrderPath, receiptPdfPath } from '../kit/order-paths.ts';
import { bodyOf, useLoaded, useSending } from '../kit/use-request.ts';
import { AccountPage, Region } from './frame.tsx';
import { orderEvents } from './order-state.ts';
import { OrderTag } from './order-tag.tsx';

type Order = AnswerOf<'/api/v1/orders/{id}', 'get'>;
type Happened = AnswerOf<'/api/v1/orders/{id}/history', 'get'>['items'][number];

const moving = ['pending', 'awaiting_payment', 'paid', 'shipped'];
const cancellable = ['pending', 'awaiting_payment', 'paid'];
/** The socket tells at once; this is for who has none. */
const whileMovingMs = 15_000;

/** What happened, the latest first; events that people need no words for are left out. */
const Timeline = ({ events }: Readonly<{ events: readonly Happened[] }>): ReactElement => {
  const say = useText();
  const { has } = useWholeText();
  const { dateTime } = useFormats();
  const told = events.filter(({ type }) => has(`event.${type}`)).toReversed();
  return (
    <ol className="flex flex-col">
      {told.map(({ version, type, at }, i) => (
        <li key={version} className="grid grid-cols-[28px_1fr] gap-x-3 pb-4 last:pb-0">
          <span
            className={`relative flex size-7 items-center justify-center rounded-full ${i === 0 ? 'bg-primary-soft text-primary' : 'bg-sunken text-text-3'}`}
          >
            {orderEvents[type] && <Icon of={orderEvents[type]} size={16} />}
            {i < told.length - 1 && <span className="absolute top-8 h-3 w-px bg-line-2" />}
          </span>
          <span className="flex flex-col">
            <span className={`text-body ${i === 0 ? 'font-semibold' : ''}`}>
              {say(`event.${type}`)}
            </span>
            <time dateTime={at} className="text-caption text-text-3">
              {dateTime(at)}
            </time>
          </span>
        </li>
      ))}
    </ol>
  );
};

/** Cancelling says what it does to the money before it does it. */
const Cancel = ({ order }: Readonly<{ order: Order }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const { money } = useFormats();
  const [isOpen, setOpen] = useState(false);
  const { isBusy, failure, send } = useSending(['order', order.id], ['orders']);
  const params = { path: { id: order.id } };
  const cancel = async (): Promise<void> => {
    const isDone = await send(() =>
      bodyOf(browserApi().POST('/api/v1/orders/{id}/cancel', { params, body: {} as never })),
    );
    if (!isDone) return;
    setOpen(false);
    toast(say('order.cancelDone'));
  };
  return (
    <>
      <Button kind="danger" size={40} onClick={() => setOpen(true)}>
        {say('order.cancel')}
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={say('order.cancel')}>
        <div className="flex flex-col gap-5">
          <p className="text-body">
            {say(order.status === 'paid' ? 'order.cancelPaid' : 'order.cancelUnpaid', {
              number: order.number,
              total: money(order.total, order.currency),
            })}
          </p>
          <FormFailure failure={failure} />
          <div className="flex flex-wrap justify-end gap-3">
            <Button onClick={() => setOpen(false)}>{say('order.keep')}</Button>
            <Button kind="danger" isBusy={isBusy} onClick={() => void cancel()}>
              {say('order.cancel')}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
};

/** Who left between ordering and paying goes on where they were. */
const Pay = ({ order }: Readonly<{ order: Order }>): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const { dateTime } = useFormats();
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <ButtonLink to={payOrderPath(language, order.id)} isDocument kind="filled">
        {say('order.pay')}
      </ButtonLink>
      <p className="text-small text-text-2">
        {say('order.payUntil', { until: dateTime(order.pay_by) })}
      </p>
    </div>
  );
};

const Lines = ({ order }: Readonly<{ order: Order }>): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  return (
    <section aria-labelledby="lines" className="flex flex-col gap-3">
      <h2 id="lines" className="text-h2">
        {say('order.products')}
      </h2>
      <ul className="border-y border-line">
        {order.lines.map((line) => (
          <li
            key={line.variant_id}
            className="flex items-center gap-3 border-b border-line py-3 last:border-0"
          >
            <ProductImage
              url={line.image_url}
              alt=""
              sizes="56px"
              className="w-14 rounded-control-small"
            />
            <span className="min-w-0 flex-1 text-small">
              <span className="block font-medium">{line.name}</span>
              <span className="tabular text-caption text-text-3">
                {line.quantity} × {money(line.unit_price, order.currency)}
              </span>
            </span>
            <span className="tabular text-small font-semibold">
              {money(line.total, order.currency)}
            </span>
          </li>
        ))}
      </ul>
      {order.shipping && (
        <p className="flex items-baseline justify-between text-small text-text-2">
          <span>{say('order.shipping')}</span>
          <span className="tabular">
            {Number(order.shipping.price) === 0
              ? say('order.free')
              : money(order.shipping.price, order.currency)}
          </span>
        </p>
      )}
      <p className="flex items-baseline justify-between">
        <span className="text-h3">{say('order.total')}</span>
        <span className="tabular text-h2">{money(order.total, order.currency)}</span>
      </p>
      {Number(order.refunded_total) > 0 && (
        <p className="flex items-baseline justify-between text-small text-text-2">
          <span>{say('order.refunded')}</span>
          <span className="tabular">{money(order.refunded_total, order.currency)}</span>
        </p>
      )}
    </section>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const { order: id = '' } = useParams();
  const params = { path: { id } };
  const first = useLoaded(['order', id], (signal) =>
    browserApi().GET('/api/v1/orders/{id}', { params, signal }),
  );
  const isMoving = first.data !== undefined && moving.includes(first.data.status);
  const history = useLoaded(
    ['order', id, 'history', first.data?.version],
    (signal) => browserApi().GET('/api/v1/orders/{id}/history', { params, signal }),
    { isEnabled: first.data !== undefined },
  );
  useLoaded(
    ['order', id],
    (signal) => browserApi().GET('/api/v1/orders/{id}', { params, signal }),
    { everyMs: isMoving ? whileMovingMs : false, isEnabled: isMoving },
  );
  const title = first.data
    ? say('order.title', { number: first.data.number })
    : say('account.orders');
  return (
    <AccountPage
      title={title}
      action={
        first.data?.payment_id && (
          <span className="flex flex-wrap gap-2">
            <ButtonLink
              to={`/cuenta/pedidos/${id}/comprobante`}
              isDocument
              size={40}
              icon={Printer}
            >
              {say('order.receipt')}
            </ButtonLink>
            <ButtonLink to={receiptPdfPath(id)} isDocument size={40} icon={FileDown}>
              {say('order.receiptPdf')}
            </ButtonLink>
          </span>
        )
      }
    >
      <Region of={first} lines={4}>
        {(order) => (
          <>
            <p className="-mt-3 flex flex-wrap items-center gap-3 text-small text-text-2">
              <OrderTag status={order.status} />
              <span>
                {say('order.placed')} <Moment at={order.placed_at} />
              </span>
            </p>
            {order.status === 'awaiting_payment' && <Pay order={order} />}
            <div className="grid gap-10 lg:grid-cols-[1fr_280px]">
              <Lines order={order} />
              <section aria-labelledby="timeline" className="flex flex-col gap-4">
                <h2 id="timeline" className="text-h2">
                  {say('order.timeline')}
                </h2>
                <Parcels shipments={order.shipments} />
                <Region of={history}>{({ items }) => <Timeline events={items} />}</Region>
              </section>
            </div>
            {cancellable.includes(order.status) && (
              <div>
                <Cancel order={order} />
              </div>
            )}
          </>
        )}
      </Region>
    </AccountPage>
  );
};
