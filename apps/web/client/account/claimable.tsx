import type { ReactElement } from 'react';
import { browserApi } from '../api/client.ts';
import { useText } from '../i18n/use-text.tsx';
import { Button } from '../kit/button.tsx';
import { FormFailure, Notice } from '../kit/feedback.tsx';
import { bodyOf, useLoaded, useSending } from '../kit/use-request.ts';

/** Orders that were placed with this e-mail before there was an account: one step, and they are in it. */
export const Claimable = (): ReactElement | null => {
  const say = useText();
  const found = useLoaded(['claimable'], (signal) =>
    browserApi().GET('/api/v1/orders/claimable', { signal }),
  );
  const { isBusy, failure, send } = useSending(['claimable'], ['orders']);
  const orders = found.data?.items ?? [];
  if (orders.length === 0) return null;
  const keep = () =>
    send(async () => {
      for (const { id } of orders) {
        const params = { path: { id } };
        await bodyOf(browserApi().POST('/api/v1/orders/{id}/claim', { params, body: {} as never }));
      }
    });
  return (
    <Notice
      role="status"
      title={say('claimable.title', { count: orders.length })}
      action={
        <Button size={36} isBusy={isBusy} onClick={() => void keep()}>
          {say('claimable.go')}
        </Button>
      }
    >
      {orders.map(({ number }) => number).join(', ')}
      <FormFailure failure={failure} />
    </Notice>
  );
};
