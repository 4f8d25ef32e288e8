import { Package, Warehouse } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import { AdminPage, Detail, Facts, Region, Section } from '../../admin/kit/page.tsx';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { Moment, useFormats, useText } from '../../i18n/use-text.tsx';
import { ButtonLink } from '../../kit/button.tsx';
import { Table } from '../../kit/layout.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { useBack } from '../parts/back.ts';
import { usePerson } from '../parts/person.tsx';
import { StatusTag } from '../parts/status-tag.tsx';

type Balance = AnswerOf<'/api/v1/balance', 'get'>['items'][number];

const parts = [
  'payable',
  'available',
  'pending',
  'held',
  'in_transit',
  'disputed',
  'collected',
  'owing',
] as const;

const BalanceFacts = ({ of }: Readonly<{ of: Balance }>): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  return (
    <Facts
      of={parts.map((part) => [
        say(`balance.${part}`),
        <span key={part} className="tabular font-medium">
          {money(of[`${part}_amount`], of.currency)}
        </span>,
      ])}
    />
  );
};

const Balances = ({ id }: Readonly<{ id: string }>): ReactElement => {
  const say = useText();
  const balance = useLoaded(['balance', id], (signal) =>
    browserApi().GET('/api/v1/balance', { params: { query: { account_id: id } }, signal }),
  );
  return (
    <Section id="balance" title={say('sellers.balance')}>
      <Region of={balance}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-small text-text-2">{say('sellers.noBalance')}</p>
          ) : (
            <div className="flex flex-col gap-6">
              {items.map((one) => (
                <BalanceFacts key={one.currency} of={one} />
              ))}
            </div>
          )
        }
      </Region>
    </Section>
  );
};

const Payouts = ({ id }: Readonly<{ id: string }>): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const payouts = useLoaded(['payouts', 'of', id], (signal) =>
    browserApi().GET('/api/v1/payouts', {
      params: { query: { seller_id: id, limit: 50 } },
      signal,
    }),
  );
  return (
    <Section id="payouts" title={say('title.payouts')}>
      <Region of={payouts}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-small text-text-2">{say('payouts.noneOfSeller')}</p>
          ) : (
            <div className="rounded-card border border-line bg-surface">
              <Table
                caption={say('goods.tableOf', { what: say('title.payouts') })}
                rows={items}
                rowKey={(payout) => payout.id}
                columns={[
                  {
                    key: 'created',
                    title: say('goods.created'),
                    cell: (payout) => (
                      <Link
                        to={`/admin/pagos-a-vendedores/${payout.id}`}
                        className="inline-flex min-h-6 items-center font-medium hover:underline"
                      >
                        <Moment at={payout.created_at} />
                      </Link>
                    ),
                  },
                  {
                    key: 'status',
                    title: say('goods.status'),
                    cell: ({ status }) => <StatusTag kind="payout" of={status} />,
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
          )
        }
      </Region>
    </Section>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const back = useBack('sellers');
  const { seller: id = '' } = useParams();
  const person = usePerson(id);
  const { data } = person;
  return (
    <AdminPage
      title={data ? (data.full_name ?? data.username) : say('title.seller')}
      tag={data && <StatusTag kind="account" of={data.status} />}
      back={back}
      action={
        <>
          <ButtonLink size={40} icon={Package} to={`/admin/productos?seller=${id}`}>
            {say('title.products')}
          </ButtonLink>
          <ButtonLink size={40} icon={Warehouse} to={`/admin/inventario?seller=${id}`}>
            {say('title.inventory')}
          </ButtonLink>
        </>
      }
    >
      <Region of={person}>
        {(shown) => (
          <Detail
            aside={
              <Section id="facts" title={say('goods.facts')}>
                <Facts
                  of={[
                    [say('sellers.email'), shown.email],
                    [say('sellers.username'), shown.username],
                    [say('sellers.since'), <Moment key="since" at={shown.created_at} />],
                  ]}
                />
                <Link
                  to={`/admin/clientes/${id}`}
                  className="inline-flex min-h-6 items-center self-start text-small underline"
                >
                  {say('sellers.toAccount')}
                </Link>
              </Section>
            }
          >
            <Balances id={id} />
            <Payouts id={id} />
          </Detail>
        )}
      </Region>
    </AdminPage>
  );
};
