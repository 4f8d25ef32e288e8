import { Undo2 } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import { AdminPage, Detail, Facts, Region, Section } from '../../admin/kit/page.tsx';
import { browserApi } from '../../api/client.ts';
import { Moment, useFormats, useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Notice } from '../../kit/feedback.tsx';
import { Table } from '../../kit/layout.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { useProvider, useReason } from '../parts/coded.tsx';
import { useBack } from '../parts/back.ts';
import { StatusTag } from '../parts/status-tag.tsx';
import { useMethodWords, type Payment } from './payments.tsx';
import { RefundForm } from './refund-form.tsx';

/** Every try to pay the same order. */
const Attempts = ({ payment }: Readonly<{ payment: Payment }>): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const method = useMethodWords();
  const orderId = payment.order_id ?? '';
  const attempts = useLoaded(
    ['payments', 'of', orderId],
    (signal) =>
      browserApi().GET('/api/v1/payments', {
        params: { query: { order_id: orderId, limit: 50 } },
        signal,
      }),
    { isEnabled: payment.order_id !== null },
  );
  const rows = attempts.data?.items ?? [payment];
  return (
    <Section id="attempts" title={say('payment.attempts')}>
      <div className="rounded-card border border-line bg-surface">
        <Table
          caption={say('goods.tableOf', { what: say('payment.attempts') })}
          rows={rows}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'when',
              title: say('payment.when'),
              cell: ({ id, created_at: at }) => (
                <Link
                  to={`/admin/pagos/${id}`}
                  aria-current={id === payment.id ? 'page' : undefined}
                  className="inline-flex min-h-6 items-center font-medium hover:underline"
                >
                  <Moment at={at} />
                </Link>
              ),
            },
            {
              key: 'status',
              title: say('goods.status'),
              cell: ({ status }) => <StatusTag kind="payment" of={status} />,
            },
            { key: 'method', title: say('payment.method'), cell: method },
            {
              key: 'failure',
              title: say('payment.failure'),
              cell: ({ failure }) => (failure === null ? '—' : <code>{failure}</code>),
            },
            {
              key: 'amount',
              title: say('goods.amount'),
              isNumber: true,
              cell: ({ amount, currency }) => money(amount, currency),
            },
          ]}
        />
      </div>
    </Section>
  );
};

const Refunds = ({ payment }: Readonly<{ payment: Payment }>): ReactElement => {
  const say = useText();
  const reasonOf = useReason();
  const { money } = useFormats();
  const refunds = useLoaded(['refunds', 'of', payment.id], (signal) =>
    browserApi().GET('/api/v1/payments/{id}/refunds', {
      params: { path: { id: payment.id } },
      signal,
    }),
  );
  return (
    <Section id="refunds" title={say('title.refunds')}>
      <Region of={refunds}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-small text-text-2">{say('refund.noneOfPayment')}</p>
          ) : (
            <ol className="rounded-card border border-line bg-surface">
              {items.map((refund) => (
                <li
                  key={refund.id}
                  className="flex flex-col gap-1 border-b border-line p-3 text-small last:border-0"
                >
                  <span className="flex flex-wrap items-center justify-between gap-2">
                    <StatusTag kind="refund" of={refund.status} />
                    <span className="tabular font-semibold">
                      {money(refund.amount, refund.currency)}
                    </span>
                  </span>
                  <span className="break-words">{reasonOf(refund.reason)}</span>
                  <span className="text-caption text-text-2">
                    <Moment at={refund.created_at} />
                    {refund.restock.length > 0 &&
                      ` · ${say('refund.restocked', {
                        count: refund.restock.reduce((sum, { quantity }) => sum + quantity, 0),
                      })}`}
                  </span>
                  {refund.failure !== null && (
                    <code className="text-caption">{refund.failure}</code>
                  )}
                </li>
              ))}
            </ol>
          )
        }
      </Region>
    </Section>
  );
};

/** What happened to the money, in words that the books write. */
const Timeline = ({ payment }: Readonly<{ payment: Payment }>): ReactElement => {
  const say = useText();
  const query =
    payment.order_id === null ? { job_id: payment.job_id ?? '' } : { order_id: payment.order_id };
  const timeline = useLoaded(['timeline', query], (signal) =>
    browserApi().GET('/api/v1/payments/timeline', { params: { query }, signal }),
  );
  return (
    <Section id="timeline" title={say('payment.timeline')}>
      <Region of={timeline} lines={4}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-small text-text-2">{say('payment.noTimeline')}</p>
          ) : (
            <ol className="flex flex-col border-l-2 border-line pl-4">
              {items.map(({ entry_id: id, code, at, text }) => (
                <li key={`${id} ${code}`} className="flex flex-col pb-4 text-small last:pb-0">
                  <span className="break-words">{text}</span>
                  <span className="text-caption text-text-2">
                    <Moment at={at} />
                  </span>
                </li>
              ))}
            </ol>
          )
        }
      </Region>
    </Section>
  );
};

const isRefundable = ({ status, order_id: order }: Payment): boolean =>
  order !== null && ['completed', 'partially_refunded'].includes(status);

const Body = ({ payment }: Readonly<{ payment: Payment }>): ReactElement => {
  const say = useText();
  const providerOf = useProvider();
  const { money, dateTime } = useFormats();
  const method = useMethodWords();
  const { currency } = payment;
  return (
    <Detail
      aside={
        <>
          <Section id="facts" title={say('goods.facts')}>
            <Facts
              of={[
                [say('goods.amount'), money(payment.amount, currency)],
                [say('payment.refunded'), money(payment.refunded_amount, currency)],
                [say('payment.method'), method(payment)],
                [say('payment.provider'), providerOf(payment.provider)],
                [
                  say('payment.completedAt'),
                  payment.completed_at === null ? '—' : dateTime(payment.completed_at),
                ],
                [
                  say('goods.order'),
                  payment.order_id === null ? (
                    '—'
                  ) : (
                    <Link
                      key="order"
                      to={`/admin/pedidos/${payment.order_id}`}
                      className="inline-flex min-h-6 items-center underline"
                    >
                      {say('goods.toOrder')}
                    </Link>
                  ),
                ],
                [
                  say('payment.buyer'),
                  <Link
                    key="buyer"
                    to={`/admin/clientes/${payment.buyer_id}`}
                    className="inline-flex min-h-6 items-center underline"
                  >
                    {say('payment.toBuyer')}
                  </Link>,
                ],
                [
                  say('goods.id'),
                  <code key="id" className="text-caption">
                    {payment.id}
                  </code>,
                ],
              ]}
            />
          </Section>
          <Timeline payment={payment} />
        </>
      }
    >
      {payment.failure !== null && (
        <Notice tone="danger" title={say('payment.failed')}>
          <code>{payment.failure}</code>
        </Notice>
      )}
      <Attempts payment={payment} />
      <Refunds payment={payment} />
    </Detail>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const back = useBack('payments');
  const { payment: id = '' } = useParams();
  const [isRefunding, setRefunding] = useState(false);
  const payment = useLoaded(['payments', 'detail', id], (signal) =>
    browserApi().GET('/api/v1/payments/{id}', { params: { path: { id } }, signal }),
  );
  const { data } = payment;
  return (
    <AdminPage
      title={
        data
          ? say('payment.title', { amount: money(data.amount, data.currency) })
          : say('title.payment')
      }
      tag={data && <StatusTag kind="payment" of={data.status} />}
      back={back}
      action={
        data &&
        isRefundable(data) && (
          <Button size={40} icon={Undo2} onClick={() => setRefunding(true)}>
            {say('refund.make')}
          </Button>
        )
      }
    >
      <Region of={payment} lines={6}>
        {(shown) => <Body payment={shown} />}
      </Region>
      <Dialog
        isOpen={isRefunding}
        onClose={() => setRefunding(false)}
        title={say('refund.make')}
        side="end"
      >
        {isRefunding && data && <RefundForm payment={data} onDone={() => setRefunding(false)} />}
      </Dialog>
    </AdminPage>
  );
};
