import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { Filters } from '../../admin/kit/filters.tsx';
import { AdminPage, Region } from '../../admin/kit/page.tsx';
import { useTableQuery } from '../../admin/kit/table-query.ts';
import { AccountName } from '../parts/coded.tsx';
import { browserApi } from '../../api/client.ts';
import { useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { Notice } from '../../kit/feedback.tsx';
import { Table } from '../../kit/layout.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { useBack } from '../parts/back.ts';
import { endOfDay } from './as-of.ts';

export const Component = (): ReactElement => {
  const say = useText();
  const { money, dateTime } = useFormats();
  const { timeZone } = useSetting();
  const back = useBack('ledger');
  const query = useTableQuery(['day']);
  const asOf = endOfDay(query.chosen['day'] ?? '', timeZone);
  const trial = useLoaded(['ledger', 'trial', asOf], (signal) =>
    browserApi().GET('/api/v1/ledger/trial-balance', {
      params: { query: asOf === undefined ? {} : { as_of: asOf } },
      signal,
    }),
  );
  return (
    <AdminPage title={say('title.trialBalance')} back={back}>
      <Filters filters={[{ name: 'day', label: say('ledger.asOf'), type: 'date' }]} query={query} />
      <Region of={trial} lines={8}>
        {({ as_of: at, items, totals }) => (
          <div className="flex flex-col gap-4">
            <p className="text-small text-text-2">{say('ledger.asOfText', { at: dateTime(at) })}</p>
            {totals.map(({ currency, debits, credits }) => (
              <Notice
                key={currency}
                tone={debits === credits ? 'success' : 'danger'}
                title={say(debits === credits ? 'ledger.balanced' : 'ledger.unbalanced', {
                  currency,
                })}
              >
                {say('ledger.totals', {
                  debits: money(debits, currency),
                  credits: money(credits, currency),
                })}
              </Notice>
            ))}
            <div className="rounded-card border border-line bg-surface">
              <Table
                caption={say('title.trialBalance')}
                rows={items}
                rowKey={({ account, currency }) => `${account} ${currency}`}
                columns={[
                  {
                    key: 'account',
                    title: say('ledger.account'),
                    cell: ({ account, currency }) => (
                      <Link
                        to={`/admin/libros/cuenta?account=${encodeURIComponent(account)}&currency=${currency}`}
                        className="inline-flex min-h-6 items-center font-mono text-caption hover:underline"
                      >
                        <AccountName id={account} />
                      </Link>
                    ),
                  },
                  {
                    key: 'debits',
                    title: say('ledger.debit'),
                    isNumber: true,
                    cell: ({ debits, currency }) => money(debits, currency),
                  },
                  {
                    key: 'credits',
                    title: say('ledger.credit'),
                    isNumber: true,
                    cell: ({ credits, currency }) => money(credits, currency),
                  },
                  {
                    key: 'balance',
                    title: say('ledger.balance'),
                    isNumber: true,
                    cell: ({ balance, currency }) => money(balance, currency),
                  },
                ]}
              />
            </div>
          </div>
        )}
      </Region>
    </AdminPage>
  );
};
