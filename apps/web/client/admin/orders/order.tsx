import type { ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import { documentText } from '#shared/kernel/identity-documents.ts';
import { browserApi } from '../../api/client.ts';
import { Moment, useFormats, useText, useWholeText } from '../../i18n/use-text.tsx';
import { addressText } from '../../kit/address-text.ts';
import { Tag } from '../../kit/feedback.tsx';
import { ProductImage } from '../../kit/image.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { isNothing, lessOf, sumOf } from '../kit/amounts.ts';
import { AdminPage, Detail, Facts, Region, Section } from '../kit/page.tsx';
import { OrderActions } from './order-actions.tsx';
import { useOrder, type Order } from './order-data.ts';
import { OrderTag } from './order-tag.tsx';
import { ParcelPapers } from './print-parcels.tsx';
import { Timeline } from './timeline.tsx';

const Lines = ({ order }: Readonly<{ order: Order }>): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const lines = sumOf(order.lines.map(({ total }) => total));
  const sums = [
    [say('order.lines'), lines],
    ...(order.shipping ? [[say('order.shipping'), order.shipping.price] as const] : []),
    ...(isNothing(order.tax_total) ? [] : [[say('order.taxes'), order.tax_total] as const]),
  ] as const;
  return (
    <Section id="lines" title={say('order.products')}>
      <ul className="rounded-card border border-line bg-surface">
        {order.lines.map((line) => (
          <li
            key={line.variant_id}
            className="flex flex-wrap items-center justify-end gap-x-3 gap-y-2 border-b border-line px-3 py-2.5 last:border-0"
          >
            <ProductImage
              url={line.image_url}
              alt=""
              sizes="40px"
              className="w-10 rounded-control-small"
            />
            <span className="min-w-0 flex-1 text-small max-sm:basis-[calc(100%-3.5rem)]">
              <span className="block font-medium break-words">{line.name}</span>
              <span className="text-caption text-text-3">
                <span className="font-mono">{line.sku}</span> · {line.quantity} ×{' '}
                {money(line.unit_price, order.currency)}
              </span>
            </span>
            {line.is_shipped && (
              <Tag tone={line.is_delivered ? 'success' : 'info'}>
                {say(line.is_delivered ? 'order.delivered' : 'order.shipped')}
              </Tag>
            )}
            <span className="tabular w-24 text-right text-small font-medium">
              {money(line.total, order.currency)}
            </span>
          </li>
        ))}
      </ul>
      <dl className="grid w-full max-w-xs grid-cols-[1fr_auto] gap-x-6 gap-y-1.5 self-end pr-3 text-small">
        {sums.map(([name, amount]) => (
          <div key={name} className="contents">
            <dt className="text-text-2">{name}</dt>
            <dd className="tabular text-right">{money(amount, order.currency)}</dd>
          </div>
        ))}
        <dt className="font-semibold">{say('orders.total')}</dt>
        <dd className="tabular text-right font-semibold">{money(order.total, order.currency)}</dd>
        {!isNothing(order.refunded_total) && (
          <>
            <dt className="text-text-2">{say('order.refunded')}</dt>
            <dd className="tabular text-right">−{money(order.refunded_total, order.currency)}</dd>
            <dt className="font-semibold">{say('order.kept')}</dt>
            <dd className="tabular text-right font-semibold">
              {money(lessOf(order.total, order.refunded_total), order.currency)}
            </dd>
          </>
        )}
      </dl>
    </Section>
  );
};

type Data = ReturnType<typeof useOrder>;

/** The account that bought, which the order knows by its id alone. */
const Account = ({ id }: Readonly<{ id: string }>): ReactElement | null => {
  const say = useText();
  const user = useLoaded(['admin', 'user', id], (signal) =>
    browserApi().GET('/api/v1/users/{id}', { params: { path: { id } }, signal }),
  );
  if (!user.data) return null;
  return (
    <Facts
      of={[
        [say('order.account'), user.data.full_name ?? user.data.username],
        [say('customer.email'), user.data.email],
      ]}
    />
  );
};

const Customer = ({ order, contact }: Readonly<{ order: Order; contact: Data['contact'] }>) => {
  const say = useText();
  return (
    <Section
      id="customer"
      title={say('order.customer')}
      action={
        order.is_guest ? (
          <Tag icon={false}>{say('order.guest')}</Tag>
        ) : (
          <Link
            to={`/admin/clientes/${order.buyer_id}`}
            className="inline-flex min-h-6 items-center text-small font-medium text-primary hover:underline"
          >
            {say('order.profile')}
          </Link>
        )
      }
    >
      <Region of={contact} lines={3}>
        {({ full_name: name, email, phone_number: phone, address, document }) => {
          const facts = [
            [say('customer.name'), name ?? address?.full_name],
            [say('customer.email'), email],
            [say('customer.phone'), phone ?? address?.phone_number],
            [say('customer.address'), address && addressText(address.fields)],
            [say('customer.document'), document && documentText(document)],
          ] as const;
          const known = facts.flatMap(([key, value]) => (value ? [[key, value] as const] : []));
          return (
            <>
              {!order.is_guest && <Account id={order.buyer_id} />}
              {known.length > 0 && <Facts of={known} />}
              {known.length === 0 && order.is_guest && (
                <p className="text-small text-text-2">{say('order.noContact')}</p>
              )}
            </>
          );
        }}
      </Region>
    </Section>
  );
};

const Payment = ({ order, data }: Readonly<{ order: Order; data: Data }>): ReactElement => {
  const say = useText();
  const { has } = useWholeText();
  const { money } = useFormats();
  return (
    <Section id="payment" title={say('order.payment')}>
      {order.payment_id === null ? (
        <p className="text-small text-text-2">{say('order.unpaid')}</p>
      ) : (
        <>
          <Region of={data.payment} lines={2}>
            {(payment) => (
              <Facts
                of={[
                  [
                    say('payment.provider'),
                    say(
                      has(`provider.${payment.provider}`)
                        ? `provider.${payment.provider}`
                        : 'provider.other',
                    ),
                  ],
                  ...('last4' in payment.payment_method
                    ? [
                        [
                          say('payment.card'),
                          `${payment.payment_method.brand.replace(/^./, (letter) => letter.toUpperCase())} ···· ${payment.payment_method.last4}`,
                        ] as const,
                      ]
                    : []),
                  [say('payment.amount'), money(payment.amount, payment.currency)],
                ]}
              />
            )}
          </Region>
          {(data.refunds.data?.items ?? []).map((refund) => (
            <p
              key={refund.id}
              className="flex flex-wrap items-center justify-between gap-2 text-small"
            >
              <span className="min-w-0 break-words">{refund.reason}</span>
              <span className="flex items-center gap-2">
                <Tag
                  tone={
                    refund.status === 'completed'
                      ? 'success'
                      : refund.status === 'failed'
                        ? 'danger'
                        : 'warning'
                  }
                >
                  {say(
                    has(`refundState.${refund.status}`)
                      ? `refundState.${refund.status}`
                      : 'order.other',
                  )}
                </Tag>
                <span className="tabular">{money(refund.amount, refund.currency)}</span>
              </span>
            </p>
          ))}
        </>
      )}
    </Section>
  );
};

const Shipping = ({ order, contact }: Readonly<{ order: Order; contact: Data['contact'] }>) => {
  const say = useText();
  const { dateTime } = useFormats();
  const { language } = useWholeText();
  return (
    <Section id="shipping" title={say('order.shipping')}>
      <Facts
        of={[
          [
            say('order.method'),
            order.shipping?.name[language === 'en' ? 'en' : 'es'] ?? say('order.noMethod'),
          ],
          ...order.shipments.map(
            ({ tracking, shipped_at: at }, i) =>
              [
                say('order.shipment', { number: i + 1 }),
                <span key={i}>
                  {tracking && (
                    <span className="block">
                      {tracking.carrier} · <span className="font-mono">{tracking.number}</span>
                    </span>
                  )}
                  <span className="text-caption text-text-3">{dateTime(at)}</span>
                </span>,
              ] as const,
          ),
        ]}
      />
      {contact.data && <ParcelPapers order={order} hasAddress={contact.data.address !== null} />}
    </Section>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const { order: id = '' } = useParams();
  const data = useOrder(id);
  const { order } = data;
  return (
    <AdminPage
      title={order.data ? say('order.title', { number: order.data.number }) : say('nav.orders')}
      tag={
        order.data && (
          <>
            <OrderTag status={order.data.status} />
            <span className="text-small text-text-2">
              {say('orders.placed')} <Moment at={order.data.placed_at} />
            </span>
          </>
        )
      }
      back={{ to: '/admin/pedidos', name: say('nav.orders') }}
      action={order.data && <OrderActions order={order.data} />}
    >
      <Region of={order} lines={8}>
        {(shown) => (
          <Detail
            aside={
              <>
                <Customer order={shown} contact={data.contact} />
                <Payment order={shown} data={data} />
                <Shipping order={shown} contact={data.contact} />
              </>
            }
          >
            <Lines order={shown} />
            <Section id="timeline" title={say('timeline.title')}>
              <Region of={data.history} lines={5}>
                {({ items }) => <Timeline events={items} moves={data.money.data?.items ?? []} />}
              </Region>
            </Section>
          </Detail>
        )}
      </Region>
    </AdminPage>
  );
};
