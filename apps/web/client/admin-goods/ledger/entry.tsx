import type { ReactElement } from 'react';
import { AccountName, useCause } from '../parts/coded.tsx';
import { Link } from 'react-router';
import { Facts, Region } from '../../admin/kit/page.tsx';
import { browserApi } from '../../api/client.ts';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { Table } from '../../kit/layout.tsx';
import { useLoaded } from '../../kit/use-request.ts';

/** One entry of the journal: all its lines, which add up to nothing. */
export const EntryLines = ({ id }: Readonly<{ id: string }>): ReactElement => {
  const say = useText();
  const causeOf = useCause();
  const { money, dateTime } = useFormats();
  const found = useLoaded(['ledger', 'entry', id], (signal) =>
    browserApi().GET('/api/v1/ledger/entries', { params: { query: { entry_id: id } }, signal }),
  );
  return (
    <Region of={found}>
      {({ items: [entry] }) =>
        entry === undefined ? (
          <p className="text-small text-text-2">{say('ledger.noEntry')}</p>
        ) : (
          <div className="flex flex-col gap-4">
            <Facts
              of={[
                [say('ledger.cause'), causeOf(entry.cause_type)],
                [say('ledger.recorded'), dateTime(entry.recorded_at)],
                ...(entry.payment_id === null
                  ? []
                  : [
                      [
                        say('title.payment'),
                        <Link
                          key="payment"
                          to={`/admin/pagos/${entry.payment_id}`}
                          className="inline-flex min-h-6 items-center underline"
                        >
                          {say('dispute.toPayment')}
                        </Link>,
                      ] as const,
                    ]),
                ...(entry.reverses === null
                  ? []
                  : [
                      [
                        say('ledger.reverses'),
                        <code key="reverses">{entry.reverses}</code>,
                      ] as const,
                    ]),
                [
                  say('goods.id'),
                  <code key="id" className="text-caption break-all">
                    {entry.id}
                  </code>,
                ],
              ]}
            />
            <Table
              caption={say('ledger.lines')}
              rows={entry.lines}
              rowKey={({ account, side, amount }) => `${account} ${side} ${amount}`}
              columns={[
                {
                  key: 'account',
                  title: say('ledger.account'),
                  cell: ({ account, currency }) => (
                    <Link
                      to={`/admin/libros/cuenta?account=${encodeURIComponent(account)}&currency=${currency}`}
                      className="inline-flex min-h-6 items-center py-1 font-mono text-caption break-all hover:underline"
                    >
                      <AccountName id={account} />
                    </Link>
                  ),
                },
                {
                  key: 'debit',
                  title: say('ledger.debit'),
                  isNumber: true,
                  cell: ({ side, amount, currency }) =>
                    side === 'debit' ? money(amount, currency) : '',
                },
                {
                  key: 'credit',
                  title: say('ledger.credit'),
                  isNumber: true,
                  cell: ({ side, amount, currency }) =>
                    side === 'credit' ? money(amount, currency) : '',
                },
              ]}
            />
          </div>
        )
      }
    </Region>
  );
};
