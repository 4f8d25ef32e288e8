import { CircleCheck, CircleX, Clock3, Printer } from 'lucide-react';
import { useEffect, type ReactElement } from 'react';
import { redirect, useLoaderData, useRevalidator, type LoaderFunctionArgs } from 'react-router';
import { checkoutPath, confirmedPath, homePath, longId, trackingPath } from '../../addresses.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { ButtonLink } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import { PageTitle } from '../kit/layout.tsx';
import type { PageHandle } from '../store/head-of-matches.ts';
import { loaderSetting } from '../store/loader-setting.ts';
import { forgetBasketOf, keptBasket } from './basket.ts';
import { KeepInAccount } from './keep-in-account.tsx';
import { OrderSheet, receiptPath, type Order } from './order-sheet.tsx';

type Confirmed = Readonly<{ order: Order; email: string | null }>;

export const loader = async ({ params, context }: LoaderFunctionArgs): Promise<Confirmed> => {
  const { api, setting } = loaderSetting(context);
  const { language, viewer } = setting;
  const given = params['order']!;
  // Payments, which sends browsers back here, knows orders by their whole ids.
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(given))
    throw redirect(confirmedPath(language, given));
  const id = longId(given);
  if (id === undefined) throw new Response(null, { status: 404 });
  const path = { path: { id } };
  const { data: order, response } = await api.GET('/api/v1/orders/{id}', { params: path });
  // Whoever has neither account nor token here asks for a link.
  if (response.status === 401) throw redirect(trackingPath(language, id));
  if (!order) throw new Response(null, { status: response.status === 404 ? 404 : 503 });
  if (viewer && !order.is_guest) return { order, email: viewer.email };
  const contact = await api
    .GET('/api/v1/orders/{id}/contact', { params: path })
    .catch(() => undefined);
  return { order, email: contact?.data?.email ?? null };
};

export const handle: PageHandle<Confirmed> = {
  head: ({ order }, { text }) => ({
    title: text.say('confirmed.head', { number: order.number }),
    isIndexed: false,
  }),
};

type Outcome = 'paid' | 'waiting' | 'failed';

const outcomeOf = ({ status }: Order): Outcome =>
  status === 'pending' || status === 'awaiting_payment'
    ? 'waiting'
    : status === 'failed' || status === 'cancelled'
      ? 'failed'
      : 'paid';

const signs = {
  paid: [CircleCheck, 'text-success'],
  waiting: [Clock3, 'text-warning'],
  failed: [CircleX, 'text-danger'],
} as const;

const askEveryMs = 1_500;

export const Component = (): ReactElement => {
  const say = useText();
  const { language, viewer } = useSetting();
  const { order, email } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  const outcome = outcomeOf(order);
  useEffect(() => {
    if (outcome === 'paid') forgetBasketOf(order.id);
    if (outcome !== 'waiting') return undefined;
    const timer = setInterval(() => void revalidate(), askEveryMs);
    return () => clearInterval(timer);
  }, [outcome, order.id, revalidate]);
  const [icon, tone] = signs[outcome];
  const isTheirs = viewer !== null && !order.is_guest;
  // Somebody who left the provider's page without paying goes on where they were.
  const canPay =
    outcome === 'waiting' && typeof window !== 'undefined' && keptBasket()?.orderId === order.id;
  return (
    <main id="content" className="container-shop flex flex-1 flex-col py-10">
      <div className="mx-auto flex w-full max-w-xl flex-col gap-6">
        <div className="flex flex-col items-start gap-3">
          <Icon of={icon} size={32} className={tone} />
          <PageTitle>{say(`confirmed.${outcome}.title`)}</PageTitle>
          <p role="status" className="text-body text-text-2">
            {say(email === null ? `confirmed.${outcome}.short` : `confirmed.${outcome}.text`, {
              email: email ?? '',
            })}
          </p>
        </div>
        <OrderSheet order={order} />
        <div className="flex flex-wrap gap-3">
          {outcome === 'failed' || canPay ? (
            <ButtonLink to={checkoutPath(language)} kind="filled">
              {say(canPay ? 'confirmed.payNow' : 'confirmed.again')}
            </ButtonLink>
          ) : isTheirs ? (
            <ButtonLink to={`/cuenta/pedidos/${order.id}`} isDocument kind="filled">
              {say('confirmed.follow')}
            </ButtonLink>
          ) : (
            <ButtonLink to={trackingPath(language, order.id)} kind="filled">
              {say('confirmed.follow')}
            </ButtonLink>
          )}
          {outcome === 'paid' && (
            <ButtonLink to={receiptPath(order.id)} isDocument icon={Printer}>
              {say('confirmed.receipt')}
            </ButtonLink>
          )}
          <ButtonLink to={homePath(language)} kind="quiet" className="max-sm:px-0">
            {say('confirmed.home')}
          </ButtonLink>
        </div>
        {outcome === 'paid' && <KeepInAccount order={order} email={email} />}
      </div>
    </main>
  );
};
