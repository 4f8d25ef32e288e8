import { CircleCheck, CircleX, Clock3 } from 'lucide-react';
import { useEffect, type ReactElement } from 'react';
import { redirect, useLoaderData, useRevalidator, type LoaderFunctionArgs } from 'react-router';
import { checkoutPath, homePath, longId } from '../../../addresses.ts';
import type { AnswerOf } from '../../api/client.ts';
import { useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { ButtonLink } from '../../kit/button.tsx';
import { Icon } from '../../kit/icon.tsx';
import { ProductImage } from '../../kit/image.tsx';
import { PageTitle } from '../../kit/layout.tsx';
import type { PageHandle } from '../head-of-matches.ts';
import { loaderSetting } from '../loader-setting.ts';

type Order = AnswerOf<'/api/v1/orders/{id}', 'get'>;

export const loader = async ({ request, params, context }: LoaderFunctionArgs): Promise<Order> => {
  const { api } = loaderSetting(context);
  const id = longId(params['order']!);
  if (id === undefined) throw new Response(null, { status: 404 });
  const { data, response } = await api.GET('/api/v1/orders/{id}', { params: { path: { id } } });
  if (data) return data;
  if (response.status === 401)
    throw redirect(`/entrar?volver=${encodeURIComponent(new URL(request.url).pathname)}`);
  throw new Response(null, { status: response.status === 404 ? 404 : 503 });
};

export const handle: PageHandle<Order> = {
  head: ({ number }, { text }) => ({
    title: text.say('confirmed.head', { number }),
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
  const { money, dateTime } = useFormats();
  const { language, viewer } = useSetting();
  const order = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  const outcome = outcomeOf(order);
  useEffect(() => {
    if (outcome !== 'waiting') return undefined;
    const timer = setInterval(() => void revalidate(), askEveryMs);
    return () => clearInterval(timer);
  }, [outcome, revalidate]);
  const [icon, tone] = signs[outcome];
  return (
    <main id="content" className="container-shop flex flex-1 flex-col py-10">
      <div className="mx-auto flex w-full max-w-xl flex-col gap-6">
        <div className="flex flex-col items-start gap-3">
          <Icon of={icon} size={32} className={tone} />
          <PageTitle>{say(`confirmed.${outcome}.title`)}</PageTitle>
          <p role="status" className="text-body text-text-2">
            {say(`confirmed.${outcome}.text`, { email: viewer?.email ?? '' })}
          </p>
        </div>
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-small">
          <dt className="text-text-3">{say('confirmed.number')}</dt>
          <dd className="font-mono">{order.number}</dd>
          <dt className="text-text-3">{say('confirmed.placed')}</dt>
          <dd>
            <time dateTime={order.placed_at}>{dateTime(order.placed_at)}</time>
          </dd>
        </dl>
        <ul className="flex flex-col border-y border-line">
          {order.lines.map((line) => (
            <li
              key={line.variant_id}
              className="flex items-center gap-3 border-b border-line py-3 last:border-0"
            >
              <ProductImage
                url={line.image_url}
                alt=""
                sizes="48px"
                className="w-12 rounded-control-small"
              />
              <span className="min-w-0 flex-1 text-small">
                {line.name}
                <span className="block text-caption text-text-3">
                  {say('checkout.quantity', { count: line.quantity })}
                </span>
              </span>
              <span className="tabular text-small font-medium">
                {money(line.total, order.currency)}
              </span>
            </li>
          ))}
        </ul>
        <p className="flex items-baseline justify-between">
          <span className="text-h3">{say('checkout.total')}</span>
          <span className="tabular text-h2">{money(order.total, order.currency)}</span>
        </p>
        <div className="flex flex-wrap gap-3">
          {outcome === 'failed' ? (
            <ButtonLink to={checkoutPath(language)} kind="filled">
              {say('confirmed.again')}
            </ButtonLink>
          ) : (
            <ButtonLink to={`/cuenta/pedidos/${order.id}`} isDocument kind="filled">
              {say('confirmed.follow')}
            </ButtonLink>
          )}
          <ButtonLink to={homePath(language)}>{say('confirmed.home')}</ButtonLink>
        </div>
      </div>
    </main>
  );
};
