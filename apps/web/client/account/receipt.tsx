import { FileDown, Printer } from 'lucide-react';
import type { ReactElement } from 'react';
import { useParams } from 'react-router';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { useFormats, useSetting, useText } from '../i18n/use-text.tsx';
import { Button, ButtonLink } from '../kit/button.tsx';
import { receiptPdfPath } from '../kit/receipt-path.ts';
import { useLoaded } from '../kit/use-request.ts';
import { AccountPage, Region } from './frame.tsx';

type Order = AnswerOf<'/api/v1/orders/{id}', 'get'>;
type Payment = AnswerOf<'/api/v1/payments/{id}', 'get'>;

/** A receipt of what was bought and paid, for paper: black on white, and nothing of the page around it. */
const Sheet = ({
  order,
  payment,
}: Readonly<{ order: Order; payment: Payment | undefined }>): ReactElement => {
  const say = useText();
  const { money, number, dateTime } = useFormats();
  const { language, viewer, timeZone } = useSetting();
  const rows = [
    [say('receipt.number'), order.number],
    [say('receipt.date'), `${dateTime(order.placed_at)} (${timeZone.replaceAll('_', ' ')})`],
    [say('receipt.buyer'), viewer?.email ?? ''],
    ...(payment && 'brand' in payment.payment_method
      ? [
          [
            say('receipt.paidWith'),
            `${payment.payment_method.brand.replace(/^./, (letter) => letter.toUpperCase())} ·· ${payment.payment_method.last4}`,
          ],
        ]
      : []),
  ] as const;
  return (
    <article className="max-w-2xl rounded-card border border-line bg-surface p-6 print:max-w-none print:border-0 print:p-0">
      <p className="text-h2 font-bold">Plaza</p>
      <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-small">
        {rows.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-text-3">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <table className="mt-6 w-full border-collapse text-small">
        <caption className="sr-only">{say('order.products')}</caption>
        <thead className="text-left text-caption text-text-3">
          <tr className="border-b border-line">
            <th scope="col" className="py-2 font-medium">
              {say('receipt.product')}
            </th>
            <th scope="col" className="py-2 pl-3 text-right font-medium">
              {say('receipt.quantity')}
            </th>
            <th scope="col" className="py-2 pl-3 text-right font-medium">
              {say('receipt.each')}
            </th>
            <th scope="col" className="py-2 pl-3 text-right font-medium">
              {say('order.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <tr key={line.variant_id} className="break-inside-avoid border-b border-line align-top">
              <td className="py-2">
                {line.name}
                <span className="block font-mono text-caption text-text-3">{line.sku}</span>
              </td>
              <td className="tabular py-2 pl-3 text-right">{line.quantity}</td>
              <td className="tabular py-2 pl-3 text-right">
                {money(line.unit_price, order.currency)}
              </td>
              <td className="tabular py-2 pl-3 text-right">{money(line.total, order.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="mt-4 grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-small">
        {order.shipping && (
          <>
            <dt>
              {say('order.shipping')} · {order.shipping.name[language]}
            </dt>
            <dd className="tabular text-right">{money(order.shipping.price, order.currency)}</dd>
          </>
        )}
        {order.taxes.map(({ code, rate_basis_points: rate, net, tax }) => (
          <div key={`${code} ${rate}`} className="contents">
            <dt>
              {say('receipt.tax', {
                code,
                rate: number(rate / 100),
                net: money(net, order.currency),
              })}
            </dt>
            <dd className="tabular text-right">{money(tax, order.currency)}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 flex items-baseline justify-between">
        <span className="text-h3">
          {say('order.total')} ({order.currency})
        </span>
        <span className="tabular text-h2">{money(order.total, order.currency)}</span>
      </p>
      {Number(order.refunded_total) > 0 && (
        <p className="flex items-baseline justify-between text-small">
          <span>{say('order.refunded')}</span>
          <span className="tabular">{money(order.refunded_total, order.currency)}</span>
        </p>
      )}
      <p className="mt-6 text-caption text-text-3">{say('receipt.noInvoice')}</p>
    </article>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const { order: id = '' } = useParams();
  const order = useLoaded(['order', id], (signal) =>
    browserApi().GET('/api/v1/orders/{id}', { params: { path: { id } }, signal }),
  );
  const paymentId = order.data?.payment_id ?? undefined;
  const payment = useLoaded(
    ['payment', paymentId ?? ''],
    (signal) =>
      browserApi().GET('/api/v1/payments/{id}', { params: { path: { id: paymentId! } }, signal }),
    { isEnabled: paymentId !== undefined },
  );
  return (
    <AccountPage
      title={say('receipt.title')}
      action={
        <span className="flex flex-wrap gap-2 print:hidden">
          <Button size={40} icon={Printer} onClick={() => print()}>
            {say('receipt.print')}
          </Button>
          <ButtonLink to={receiptPdfPath(id)} isDocument size={40} icon={FileDown}>
            {say('order.receiptPdf')}
          </ButtonLink>
        </span>
      }
    >
      <Region of={order} lines={6}>
        {(data) => <Sheet order={data} payment={payment.data} />}
      </Region>
    </AccountPage>
  );
};
