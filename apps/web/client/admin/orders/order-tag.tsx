import type { ReactElement } from 'react';
import { orderStates } from '../../account/order-state.ts';
import { useText, useWholeText } from '../../i18n/use-text.tsx';
import { Tag } from '../../kit/feedback.tsx';

export const orderStatuses = [
  'pending',
  'awaiting_payment',
  'paid',
  'shipped',
  'delivered',
  'partially_refunded',
  'refunded',
  'cancelled',
  'failed',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** The state of an order in a word of ours; one that is new to this page says so plainly. */
export const OrderTag = ({ status }: Readonly<{ status: string }>): ReactElement => {
  const say = useText();
  const { has } = useWholeText();
  const [tone, icon] = orderStates[status] ?? ['neutral', undefined];
  return (
    <Tag tone={tone} {...(icon ? { icon } : {})}>
      {say(has(`order.${status}`) ? `order.${status}` : 'order.other')}
    </Tag>
  );
};
