import type { ReactElement } from 'react';
import { useParams } from 'react-router';
import { AdminPage, Detail, Facts, Region, Section } from '../../admin/kit/page.tsx';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { Moment, useFormats, useText } from '../../i18n/use-text.tsx';
import { Table } from '../../kit/layout.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { useBack } from '../parts/back.ts';
import { SellerLink } from '../parts/person.tsx';
import { StatusTag } from '../parts/status-tag.tsx';

type Payout = AnswerOf<'/api/v1/payouts/{id}', 'get'>;

const kinds = [
  'sale',
  'escrow_release',
  'refund',
  'chargeback',
  'chargeback_won',
  'at_seller',
  'from_seller',
];

const Body = ({ payout }: Readonly<{ payout: Payout }>): ReactElement => {
  const say = useText();
  const { money, dateTime } = useFormats();
  const { currency } = payout;
  const at = (instant: string | null): string => (instant === null ? '—' : dateTime(instant));
  const sum = (key: string, of: (transfer: Payout['transfers'][number]) => string) => ({
    key,
    title: say(`payouts.${key}`),
    isNumber: true,
    cell: (transfer: Payout['transfers'][number]) => money(of(transfer), currency),
  });
  return (
    <Detail
      aside={
        <Section id="facts" title={say('goods.facts')}>
          <Facts
            of={[
              [say('goods.seller'), <SellerLink key="seller" id={payout.seller_id} />],
              [say('payouts.rail'), payout.rail],
              [say('payouts.reference'), payout.reference ?? '—'],
              [say('goods.created'), at(payout.created_at)],
              [say('payouts.sentAt'), at(payout.sent_at)],
              [say('payouts.endedAt'), at(payout.ended_at)],
              ...(payout.failure === null
                ? []
                : [[say('payment.failure'), <code key="failure">{payout.failure}</code>] as const]),
            ]}
          />
        </Section>
      }
    >
      <Section id="transfers" title={say('payouts.transfers')}>
        <div className="rounded-card border border-line bg-surface">
          <Table
            caption={say('goods.tableOf', { what: say('payouts.transfers') })}
            rows={payout.transfers}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'earned',
                title: say('payouts.earned'),
                cell: ({ earned_at: earned }) => <Moment at={earned} />,
              },
              {
                key: 'kind',
                title: say('payouts.kind'),
                cell: ({ kind }) => (kinds.includes(kind) ? say(`payouts.kind.${kind}`) : kind),
              },
              sum('gross', ({ gross_amount: amount }) => amount),
              sum('commission', ({ commission_amount: amount }) => amount),
              sum('tax', ({ tax_amount: amount }) => amount),
              sum('net', ({ net_amount: amount }) => amount),
            ]}
          />
        </div>
      </Section>
    </Detail>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const back = useBack('payouts');
  const { payout: id = '' } = useParams();
  const payout = useLoaded(['payouts', 'detail', id], (signal) =>
    browserApi().GET('/api/v1/payouts/{id}', { params: { path: { id } }, signal }),
  );
  const { data } = payout;
  return (
    <AdminPage
      title={
        data
          ? say('payouts.title', { amount: money(data.amount, data.currency) })
          : say('title.payout')
      }
      tag={data && <StatusTag kind="payout" of={data.status} />}
      back={back}
    >
      <Region of={payout} lines={6}>
        {(shown) => <Body payout={shown} />}
      </Region>
    </AdminPage>
  );
};
