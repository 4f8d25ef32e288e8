import { FileDown, Printer } from 'lucide-react';
import { useEffect, useState, type ReactElement } from 'react';
import {
  Form,
  Link,
  useActionData,
  useLoaderData,
  useNavigation,
  useParams,
  useRevalidator,
  useSearchParams,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { trackingPath } from '../../addresses.ts';
import type { AnswerOf } from '../api/client.ts';
import { useFormats, useSetting, useText } from '../i18n/use-text.tsx';
import { Parcels } from '../kit/parcels.tsx';
import { payOrderPath, receiptPdfPath } from '../kit/order-paths.ts';
import { Button, ButtonLink } from '../kit/button.tsx';
import { FormFailure, Notice } from '../kit/feedback.tsx';
import { TextField } from '../kit/field.tsx';
import { PageTitle, Skeleton } from '../kit/layout.tsx';
import { useFieldWords } from '../kit/use-failure.ts';
import { isRefused, readForm, refuse } from '../store/act.ts';
import type { PageHandle } from '../store/head-of-matches.ts';
import { loaderSetting } from '../store/loader-setting.ts';
import { NarrowPage } from '../store/parts/narrow-page.tsx';
import { CancelOrder } from './cancel-order.tsx';
import { KeepInAccount } from './keep-in-account.tsx';
import { OrderSheet, receiptPath, type Order } from './order-sheet.tsx';
import { TrackedEvents } from './tracked-events.tsx';
import { useIsWaiting, Waiting } from '../kit/waiting.tsx';

type Happened = AnswerOf<'/api/v1/orders/{id}/history', 'get'>['items'];
type Tracked = Readonly<{
  order: Order;
  /** Undefined: it could not be asked for. */
  events: Happened | undefined;
  email: string | null;
}> | null;

const nothing = () => undefined;

/** The order of the address, for whoever has what opens it; null: nobody here has. */
export const loader = async ({ params, context }: LoaderFunctionArgs): Promise<Tracked> => {
  const id = params['order'];
  if (id === undefined) return null;
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))
    throw new Response(null, { status: 404 });
  const { api } = loaderSetting(context);
  const path = { path: { id } };
  const [order, history, contact] = await Promise.all([
    api.GET('/api/v1/orders/{id}', { params: path }),
    api.GET('/api/v1/orders/{id}/history', { params: path }).catch(nothing),
    api.GET('/api/v1/orders/{id}/contact', { params: path }).catch(nothing),
  ]);
  if (order.response.status >= 500) throw new Response(null, { status: 503 });
  if (!order.data) return null;
  return {
    order: order.data,
    events: history?.data?.items,
    email: contact?.data?.email ?? null,
  };
};

export const action = async ({ request, context }: ActionFunctionArgs) => {
  const { api } = loaderSetting(context);
  const values = await readForm(request);
  const { number = '', email = '' } = values;
  const body = { number, email };
  const answer = await api.POST('/api/v1/orders/track', { body }).catch(nothing);
  return answer?.data ? { isSent: true } : refuse(answer, { number, email });
};

export const handle: PageHandle<Tracked> = {
  head: (tracked, { setting: { language }, text }) => ({
    title: tracked
      ? text.say('confirmed.head', { number: tracked.order.number })
      : text.say('tracking.title'),
    ...(tracked ? {} : { path: trackingPath(language) }),
    isIndexed: false,
  }),
};

/** Asks for a link to an order; a plain form where no script runs. */
const AskForLink = ({ isStale }: Readonly<{ isStale: boolean }>): ReactElement => {
  const say = useText();
  const { viewer, language } = useSetting();
  const [params] = useSearchParams();
  const { state } = useNavigation();
  const last = useActionData() as unknown;
  const refused = isRefused(last) ? last : undefined;
  const words = useFieldWords(refused?.failure);
  const isSent = last !== undefined && !refused;
  return (
    <NarrowPage title={say('tracking.title')} text={say('tracking.text')}>
      {isSent ? (
        <Notice tone="success" role="status" title={say('tracking.sent')}>
          {say('tracking.sentText')}
        </Notice>
      ) : (
        isStale && (
          <Notice tone="warning" role="status">
            {say('tracking.stale')}
          </Notice>
        )
      )}
      <Form
        method="post"
        action={trackingPath(language)}
        noValidate
        className="flex flex-col gap-5"
      >
        <FormFailure
          failure={refused?.failure}
          fieldNames={{ number: say('tracking.number'), email: say('checkout.email') }}
        />
        <TextField
          name="number"
          label={say('tracking.number')}
          hint={say('checkout.example', { example: 'PZ-000123' })}
          defaultValue={refused?.values['number'] ?? params.get('number') ?? ''}
          error={words['number']}
          autoComplete="off"
          maxLength={40}
        />
        <TextField
          name="email"
          label={say('checkout.email')}
          type="email"
          autoComplete="email"
          defaultValue={refused?.values['email'] ?? ''}
          error={words['email']}
          maxLength={254}
        />
        <Button type="submit" kind="filled" size={48} isWide isBusy={state === 'submitting'}>
          {say('tracking.go')}
        </Button>
      </Form>
      {!viewer && (
        <p className="text-small text-text-2">
          {say('tracking.haveAccount')}{' '}
          <Link
            to={`/entrar?volver=${encodeURIComponent('/cuenta/pedidos')}`}
            className="inline-flex min-h-6 items-center font-medium text-primary underline"
          >
            {say('checkout.signIn')}
          </Link>
        </p>
      )}
    </NarrowPage>
  );
};

type LinkState = 'none' | 'opening' | 'opened' | 'stale';

/** Gives what the link has behind its `#` to our server, which keeps it, and takes it out of the address. */
const useLinkOfMail = (orderId: string | undefined): LinkState => {
  const { revalidate } = useRevalidator();
  const [state, setState] = useState<LinkState>('none');
  useEffect(() => {
    const token = location.hash.slice(1);
    if (orderId === undefined || !/^[\w-]{43}$/.test(token)) return;
    setState('opening');
    history.replaceState(history.state, '', location.pathname);
    const ask = async (): Promise<void> => {
      const answer = await fetch('/web/order-links', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ order_id: orderId, token }),
      }).catch(nothing);
      if (answer?.ok) await revalidate();
      setState(answer?.ok ? 'opened' : 'stale');
    };
    void ask();
  }, [orderId, revalidate]);
  return state;
};

const moving = ['pending', 'awaiting_payment', 'paid', 'shipped'];
const cancellable = ['pending', 'awaiting_payment', 'paid'];
const askEveryMs = 5_000;

const OrderPage = ({ order, events, email }: NonNullable<Tracked>): ReactElement => {
  const say = useText();
  const { viewer, language } = useSetting();
  const { dateTime } = useFormats();
  const { revalidate } = useRevalidator();
  const isMoving = moving.includes(order.status);
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void revalidate();
    }, askEveryMs);
    return () => clearInterval(timer);
  }, [isMoving, revalidate]);
  const isTheirs = viewer !== null && !order.is_guest;
  return (
    <main id="content" className="container-shop flex flex-1 flex-col gap-8 py-10">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <PageTitle>{say('confirmed.head', { number: order.number })}</PageTitle>
        {order.payment_id !== null && (
          <span className="flex flex-wrap gap-2">
            <ButtonLink to={receiptPath(order.id)} isDocument size={40} icon={Printer}>
              {say('confirmed.receipt')}
            </ButtonLink>
            <ButtonLink to={receiptPdfPath(order.id)} isDocument size={40} icon={FileDown}>
              {say('confirmed.receiptPdf')}
            </ButtonLink>
          </span>
        )}
      </div>
      <div className="grid gap-10 lg:grid-cols-[1fr_320px]">
        <div className="flex max-w-xl flex-col gap-6">
          <OrderSheet order={order} />
          {order.status === 'awaiting_payment' && (
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <ButtonLink to={payOrderPath(language, order.id)} kind="filled">
                {say('payOrder.go')}
              </ButtonLink>
              <p className="text-small text-text-2">
                {say('payOrder.until', { until: dateTime(order.pay_by) })}
              </p>
            </div>
          )}
          {isTheirs && (
            <div>
              <ButtonLink to={`/cuenta/pedidos/${order.id}`} isDocument>
                {say('tracking.inAccount')}
              </ButtonLink>
            </div>
          )}
          <KeepInAccount order={order} email={email} />
          {cancellable.includes(order.status) && (
            <CancelOrder order={order} onDone={() => void revalidate()} />
          )}
        </div>
        <div className="flex flex-col gap-6">
          <Parcels shipments={order.shipments} />
          <TrackedEvents status={order.status} events={events} onRetry={() => void revalidate()} />
        </div>
      </div>
    </main>
  );
};

export const Component = (): ReactElement => {
  const tracked = useLoaderData<typeof loader>();
  const { order: orderId } = useParams();
  const state = useLinkOfMail(orderId);
  const isWaiting = useIsWaiting(!tracked && state === 'opening');
  if (tracked && !isWaiting) return <OrderPage {...tracked} />;
  if (isWaiting)
    return (
      <main id="content" className="container-shop flex-1 py-10">
        <Waiting>
          <Skeleton className="h-8 w-64" />
          <Skeleton className="mt-6 h-64 w-full max-w-xl" />
        </Waiting>
      </main>
    );
  return <AskForLink isStale={orderId !== undefined} />;
};
