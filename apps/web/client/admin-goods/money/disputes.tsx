import { useState, type ReactElement } from 'react';
import { Link } from 'react-router';
import { DataTable, type TableColumn } from '../../admin/kit/data-table.tsx';
import { AdminPage, Facts, Region, Section } from '../../admin/kit/page.tsx';
import { useTableQuery } from '../../admin/kit/table-query.ts';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { Moment, useFormats, useText, useWholeText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { FormFailure } from '../../kit/feedback.tsx';
import { Counter } from '../../kit/pictures.tsx';
import { useToast } from '../../kit/toast.tsx';
import { bodyOf, useLoaded, useSending } from '../../kit/use-request.ts';
import { useProvider } from '../parts/coded.tsx';
import { queryOf } from '../parts/request.ts';
import { StatusTag } from '../parts/status-tag.tsx';

type Dispute = AnswerOf<'/api/v1/chargebacks', 'get'>['items'][number];

const useColumns = (): readonly TableColumn<Dispute>[] => {
  const say = useText();
  const { money, date } = useFormats();
  return [
    {
      key: 'opened',
      title: say('dispute.opened'),
      cell: ({ opened_at: at }) => <Moment at={at} />,
    },
    {
      key: 'status',
      title: say('goods.status'),
      cell: ({ status }) => <StatusTag kind="dispute" of={status} />,
    },
    {
      key: 'deadline',
      title: say('dispute.deadline'),
      cell: ({ documentation_deadline: at }) => (at === null ? '—' : date(at)),
    },
    {
      key: 'frozen',
      title: say('dispute.frozen'),
      isNumber: true,
      cell: ({ frozen_amount: amount, currency }) => money(amount, currency),
      phone: 'none',
    },
    {
      key: 'amount',
      title: say('goods.amount'),
      isNumber: true,
      cell: ({ amount, currency }) => money(amount, currency),
      phone: 'end',
    },
  ];
};

const DisputeFacts = ({ of }: Readonly<{ of: Dispute }>): ReactElement => {
  const say = useText();
  const providerOf = useProvider();
  const { money, dateTime } = useFormats();
  const at = (instant: string | null): string => (instant === null ? '—' : dateTime(instant));
  return (
    <div className="flex flex-col gap-4">
      <Facts
        of={[
          [say('goods.status'), <StatusTag key="status" kind="dispute" of={of.status} />],
          [say('goods.amount'), money(of.amount, of.currency)],
          [say('dispute.frozen'), money(of.frozen_amount, of.currency)],
          [say('payment.provider'), providerOf(of.provider)],
          [say('dispute.reference'), <code key="reference">{of.charge_reference}</code>],
          [say('dispute.opened'), at(of.opened_at)],
          [say('dispute.deadline'), at(of.documentation_deadline)],
          [say('dispute.closed'), at(of.closed_at)],
          [
            say('dispute.covered'),
            of.is_coverage_eligible === null
              ? '—'
              : say(of.is_coverage_eligible ? 'goods.yes' : 'goods.no'),
          ],
        ]}
      />
      <Link
        to={`/admin/pagos/${of.payment_id}`}
        className="inline-flex min-h-6 items-center self-start text-small underline"
      >
        {say('dispute.toPayment')}
      </Link>
    </div>
  );
};

/** What payments could not settle by itself, until somebody has looked at it. */
const Alerts = (): ReactElement => {
  const text = useWholeText();
  const { say } = text;
  const providerOf = useProvider();
  const toast = useToast();
  const { failure, send } = useSending(['alerts']);
  const alerts = useLoaded(['alerts'], (signal) =>
    browserApi().GET('/api/v1/payments/alerts', {
      params: { query: { is_open: true, limit: 50 } },
      signal,
    }),
  );
  const resolve = async (id: string): Promise<void> => {
    const params = { path: { id } };
    const url = '/api/v1/payments/alerts/{id}/resolve';
    if (await send(() => bodyOf(browserApi().POST(url, { params } as never))))
      toast(say('alert.resolved'));
  };
  return (
    <Section id="alerts" title={say('alert.title')}>
      <FormFailure failure={failure} />
      <Region of={alerts}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-small text-text-2">{say('alert.none')}</p>
          ) : (
            <ul className="rounded-card border border-line bg-surface">
              {items.map(({ id, kind, provider, payment_id: paymentId, raised_at: at }) => (
                <li
                  key={id}
                  className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line p-3 text-small last:border-0"
                >
                  <span className="font-medium">
                    {text.has(`alert.kind.${kind}`)
                      ? say(`alert.kind.${kind}`)
                      : say('alert.kind.other')}
                  </span>
                  <span className="flex-1 text-text-2">
                    {providerOf(provider)} · <Moment at={at} />
                  </span>
                  {paymentId !== null && (
                    <Link to={`/admin/pagos/${paymentId}`} className="underline">
                      {say('dispute.toPayment')}
                    </Link>
                  )}
                  <Button size={36} onClick={() => void resolve(id)}>
                    {say('alert.resolve')}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Region>
    </Section>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const [opened, setOpened] = useState<Dispute>();
  const query = useTableQuery([]);
  const disputes = useLoaded(['disputes', query.request], (signal) =>
    browserApi().GET('/api/v1/chargebacks', { params: { query: queryOf(query) }, signal }),
  );
  return (
    <AdminPage title={say('title.disputes')}>
      <DataTable
        id="disputes"
        caption={say('title.disputes')}
        columns={useColumns()}
        of={disputes}
        query={query}
        rowKey={({ id }) => id}
        rowName={({ amount, currency }) => money(amount, currency)}
        opening={{ open: setOpened }}
        empty={{ title: say('dispute.none'), text: say('dispute.noneText'), picture: <Counter /> }}
      />
      <Alerts />
      <Dialog
        isOpen={opened !== undefined}
        onClose={() => setOpened(undefined)}
        title={say('dispute.title')}
        side="end"
      >
        {opened && <DisputeFacts of={opened} />}
      </Dialog>
    </AdminPage>
  );
};
