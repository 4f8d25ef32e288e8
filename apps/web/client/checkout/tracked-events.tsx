import { CircleCheck, CircleX, CreditCard, PackageCheck, RotateCcw, Truck } from 'lucide-react';
import type { ReactElement } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { useFormats, useText, useWholeText } from '../i18n/use-text.tsx';
import { Button } from '../kit/button.tsx';
import { Notice } from '../kit/feedback.tsx';
import { Icon } from '../kit/icon.tsx';

type Happened = AnswerOf<'/api/v1/orders/{id}/history', 'get'>['items'];

const icons: Readonly<Record<string, typeof Truck>> = {
  OrderPaid: CreditCard,
  PaymentRefused: CircleX,
  StockRefused: CircleX,
  OrderShipped: Truck,
  OrderDelivered: PackageCheck,
  OrderCancelled: CircleX,
  RefundRequested: RotateCcw,
  OrderRefunded: RotateCcw,
};

/** What happened to an order, the latest first; events that people need no words for are left out. */
export const TrackedEvents = ({
  status,
  events,
  onRetry,
}: Readonly<{
  status: string;
  events: Happened | undefined;
  onRetry: () => void;
}>): ReactElement => {
  const say = useText();
  const { has } = useWholeText();
  const { dateTime } = useFormats();
  const told = (events ?? []).filter(({ type }) => has(`tracked.${type}`)).toReversed();
  return (
    <section aria-labelledby="timeline" className="flex flex-col gap-4" data-status={status}>
      <h2 id="timeline" className="text-h2">
        {say('tracking.timeline')}
      </h2>
      {events ? (
        <ol className="flex flex-col" aria-live="polite">
          {told.map(({ version, type, at }, i) => (
            <li key={version} className="grid grid-cols-[28px_1fr] gap-x-3 pb-4 last:pb-0">
              <span
                className={`relative flex size-7 items-center justify-center rounded-full ${i === 0 ? 'bg-primary-soft text-primary' : 'bg-sunken text-text-3'}`}
              >
                <Icon of={icons[type] ?? CircleCheck} size={16} />
                {i < told.length - 1 && <span className="absolute top-8 h-3 w-px bg-line-2" />}
              </span>
              <span className="flex flex-col">
                <span className={`text-body ${i === 0 ? 'font-semibold' : ''}`}>
                  {say(`tracked.${type}`)}
                </span>
                <time dateTime={at} className="text-caption text-text-3">
                  {dateTime(at)}
                </time>
              </span>
            </li>
          ))}
        </ol>
      ) : (
        <Notice
          tone="danger"
          title={say('tracking.eventsFailed')}
          action={
            <Button size={36} onClick={onRetry}>
              {say('kit.retry')}
            </Button>
          }
        />
      )}
    </section>
  );
};
