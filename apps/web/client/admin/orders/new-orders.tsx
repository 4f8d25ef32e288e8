import { useState, type ReactElement } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { useLive } from '../../kit/use-live.ts';

/**
 * How many orders came since the list was read. They are shown when somebody asks: a row that comes by
 * itself would move the one that is being read.
 */
export const NewOrders = ({ onShow }: Readonly<{ onShow: () => void }>): ReactElement => {
  const say = useText();
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  useLive(
    'staff:orders',
    ({ event, data }) => {
      const id = data['order_id'];
      if (event === 'order.placed' && typeof id === 'string')
        setIds((now) => (now.has(id) ? now : new Set([...now, id])));
    },
    onShow,
  );
  const show = (): void => {
    setIds(new Set());
    onShow();
  };
  return (
    <div role="status" className={ids.size > 0 ? 'flex justify-center' : 'sr-only'}>
      {ids.size > 0 && (
        <Button kind="soft" size={36} onClick={show}>
          {say('orders.fresh', { count: ids.size })}
        </Button>
      )}
    </div>
  );
};
