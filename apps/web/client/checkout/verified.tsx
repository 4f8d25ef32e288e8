import { BadgeCheck } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { homePath } from '../../addresses.ts';
import type { AnswerOf } from '../api/client.ts';
import { useFormats, useSetting, useText } from '../i18n/use-text.tsx';
import { ButtonLink } from '../kit/button.tsx';
import { Icon } from '../kit/icon.tsx';
import type { PageHandle } from '../store/head-of-matches.ts';
import { loaderSetting } from '../store/loader-setting.ts';
import { NarrowPage } from '../store/parts/narrow-page.tsx';

type Verified = AnswerOf<'/api/v1/receipts/{number}', 'get'>;

/** What the code of a receipt opens: that it was given here, and nothing of who bought, or what. */
export const loader = async ({ params, context }: LoaderFunctionArgs): Promise<Verified> => {
  const { api } = loaderSetting(context);
  const { data, response } = await api.GET('/api/v1/receipts/{number}', {
    params: { path: { number: params['number']! }, query: { code: params['code']! } },
  });
  if (data) return data;
  throw new Response(null, { status: response.status < 500 ? 404 : 503 });
};

export const handle: PageHandle<Verified> = {
  head: ({ number }, { text }) => ({
    title: text.say('verified.head', { number }),
    isIndexed: false,
  }),
};

export const Component = (): ReactElement => {
  const say = useText();
  const { money, dateTime } = useFormats();
  const { language } = useSetting();
  const receipt = useLoaderData<typeof loader>();
  const { currency } = receipt;
  const facts = [
    ...receipt.sellers.map(({ legal_name: name, document }) => [
      say('verified.seller'),
      `${name} · ${document}`,
    ]),
    [say('tracking.number'), receipt.number],
    [say('verified.date'), dateTime(receipt.placed_at)],
    [say('verified.status'), say(`verified.is.${receipt.status}`)],
    [say('checkout.total'), `${money(receipt.total, currency)} (${currency})`],
    ...(Number(receipt.refunded_total) > 0
      ? [[say('verified.refunded'), money(receipt.refunded_total, currency)]]
      : []),
  ] as const;
  return (
    <NarrowPage
      title={
        <span className="flex items-center gap-3">
          <span className="text-success">
            <Icon of={BadgeCheck} size={22} />
          </span>
          {say('verified.title')}
        </span>
      }
      text={say('verified.text')}
    >
      <dl className="flex flex-col gap-3 text-body">
        {facts.map(([name, value]) => (
          <div key={value}>
            <dt className="text-caption text-text-3">{name}</dt>
            <dd className="tabular font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="text-small text-text-2">{say('verified.notAnInvoice')}</p>
      <div>
        <ButtonLink to={homePath(language)}>{say('confirmed.home')}</ButtonLink>
      </div>
    </NarrowPage>
  );
};
