import type { ReactElement } from 'react';
import { useText, useWholeText } from '../i18n/use-text.tsx';
import { Tag } from '../kit/feedback.tsx';
import { orderStates } from './order-state.ts';

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
