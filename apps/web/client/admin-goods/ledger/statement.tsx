import { useState, type ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import { DataTable, type TableColumn } from '../../admin/kit/data-table.tsx';
import { AdminPage, Facts } from '../../admin/kit/page.tsx';
import { useTableQuery } from '../../admin/kit/table-query.ts';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Counter } from '../../kit/pictures.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { AccountName, useCause } from '../parts/coded.tsx';
import { useBack } from '../parts/back.ts';
import { endOfDay } from './as-of.ts';
import { EntryLines } from './entry.tsx';

type Line = AnswerOf<'/api/v1/ledger/statement', 'get'>['items'][number];

export const Component = (): ReactElement => {
  const say = useText();
  const causeOf = useCause();
  const { money, dateTime } = useFormats();
  const { timeZone, currency: ofShop } = useSetting();
  const back = useBack('ledger');
  const [params] = useSearchParams();
  const account = params.get('account') ?? '';
  const currency = params.get('currency') ?? ofShop;
  const query = useTableQuery(['day']);
  const [opened, setOpened] = useState<string>();
  const to = endOfDay(query.chosen['day'] ?? '', timeZone);
  const asked = {
    account,
    currency,
    limit: 50,
    ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
    ...(to === undefined ? {} : { to }),
  };
  const statement = useLoaded(['ledger', 'statement', asked], (signal) =>
    browserApi().GET('/api/v1/ledger/statement', { params: { query: asked }, signal }),
  );
  const columns: readonly TableColumn<Line>[] = [
    {
      key: 'recorded',
      title: say('ledger.recorded'),
      cell: ({ recorded_at: at }) => dateTime(at),
    },
    {
      key: 'cause',
      title: say('ledger.cause'),
      cell: ({ cause_type: cause }) => causeOf(cause),
    },
    {
      key: 'debit',
      title: say('ledger.debit'),
      isNumber: true,
      cell: ({ side, amount }) => (side === 'debit' ? money(amount, currency) : ''),
    },
    {
      key: 'credit',
      title: say('ledger.credit'),
      isNumber: true,
      cell: ({ side, amount }) => (side === 'credit' ? money(amount, currency) : ''),
    },
    {
      key: 'balance',
      title: say('ledger.balance'),
      isNumber: true,
      cell: ({ balance }) => money(balance, currency),
      phone: 'end',
    },
  ];
  const { data } = statement;
  return (
    <AdminPage title={say('title.statement')} back={back}>
      <Facts
        of={[
          [say('ledger.account'), <AccountName key="account" id={account} />],
          [say('ledger.opening'), data ? money(data.opening_balance, currency) : '—'],
          [
            say('ledger.closing'),
            <strong key="closing" data-closing>
              {data ? money(data.closing_balance, currency) : '—'}
            </strong>,
          ],
        ]}
      />
      <DataTable
        id="statement"
        caption={say('title.statement')}
        columns={columns}
        of={statement}
        query={query}
        filters={[{ name: 'day', label: say('ledger.asOf'), type: 'date' }]}
        rowKey={({ entry_id: id, side, amount, balance }) => `${id} ${side} ${amount} ${balance}`}
        rowName={({ recorded_at: at }) => dateTime(at)}
        opening={{ open: ({ entry_id: id }) => setOpened(id) }}
        empty={{
          title: say('ledger.noLines'),
          text: say('ledger.noLinesText'),
          picture: <Counter />,
        }}
      />
      <Dialog
        isOpen={opened !== undefined}
        onClose={() => setOpened(undefined)}
        title={say('ledger.entry')}
      >
        {opened !== undefined && <EntryLines key={opened} id={opened} />}
      </Dialog>
    </AdminPage>
  );
};
