import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { searchPath } from '../../addresses.ts';
import { browserApi } from '../api/client.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { ButtonLink } from '../kit/button.tsx';
import { Empty, Notice } from '../kit/feedback.tsx';
import { Basket } from '../kit/pictures.tsx';
import { useLoaded } from '../kit/use-request.ts';
import { AccountPage, Region } from './frame.tsx';
import { OrderRow } from './orders.tsx';

export const Component = (): ReactElement => {
  const say = useText();
  const { viewer, language } = useSetting();
  const profile = useLoaded(['profile'], (signal) =>
    browserApi().GET('/api/v1/users/me', { signal }),
  );
  const orders = useLoaded(['orders', 'latest'], (signal) =>
    browserApi().GET('/api/v1/orders', { params: { query: { limit: 5 } }, signal }),
  );
  const name = profile.data?.full_name?.split(' ')[0] ?? viewer?.username ?? '';
  return (
    <AccountPage title={say('overview.title', { name })}>
      {viewer && !viewer.isEmailVerified && (
        <Notice
          tone="warning"
          title={say('overview.unverified')}
          action={
            <ButtonLink
              to={`/verificar?correo=${encodeURIComponent(viewer.email)}`}
              isDocument
              size={36}
            >
              {say('overview.verify')}
            </ButtonLink>
          }
        />
      )}
      <section aria-labelledby="latest" className="flex flex-col gap-3">
        <div className="flex items-baseline justify-between gap-4">
          <h2 id="latest" className="text-h2">
            {say('overview.latest')}
          </h2>
          <Link
            to="/cuenta/pedidos"
            className="inline-flex min-h-6 items-center text-small font-medium text-primary hover:underline"
          >
            {say('overview.all')}
          </Link>
        </div>
        <Region of={orders} lines={4}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty
                picture={<Basket />}
                title={say('orders.none')}
                action={
                  <ButtonLink to={searchPath(language)} isDocument kind="filled">
                    {say('account.browse')}
                  </ButtonLink>
                }
              >
                {say('orders.noneText')}
              </Empty>
            ) : (
              <ul className="rounded-card border border-line bg-surface">
                {items.map((order) => (
                  <OrderRow key={order.id} order={order} />
                ))}
              </ul>
            )
          }
        </Region>
      </section>
    </AccountPage>
  );
};
