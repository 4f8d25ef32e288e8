import { Download, Scale, ShieldCheck } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { DataTable, type TableColumn } from '../../admin/kit/data-table.tsx';
import { AdminPage, Section } from '../../admin/kit/page.tsx';
import { useTableQuery } from '../../admin/kit/table-query.ts';
import { AccountName } from '../parts/coded.tsx';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { Button, ButtonLink, buttonClasses } from '../../kit/button.tsx';
import { FormFailure, Notice } from '../../kit/feedback.tsx';
import { Icon } from '../../kit/icon.tsx';
import { Counter } from '../../kit/pictures.tsx';
import { bodyOf, useLoaded, useSending } from '../../kit/use-request.ts';

type Account = AnswerOf<'/api/v1/ledger/accounts', 'get'>['items'][number];
type Verdict = AnswerOf<'/api/v1/ledger/verify', 'get'>;

const shownMax = 200;
const kinds = [
  'provider',
  'seller_pending',
  'seller_available',
  'seller_disputed',
  'seller_owing',
  'seller_collected',
  'buyer',
  'escrow',
  'payouts_in_transit',
  'platform_fees',
  'platform_losses',
  'platform_provider_fees',
  'tax',
];

/** Whether the books are what they were when they were written, asked of every entry. */
const Verify = (): ReactElement => {
  const say = useText();
  const { number } = useFormats();
  const [verdict, setVerdict] = useState<Verdict>();
  const { isBusy, failure, send } = useSending();
  const verify = (): void =>
    void send(async () => setVerdict(await bodyOf(browserApi().GET('/api/v1/ledger/verify', {}))));
  return (
    <Section id="verify" title={say('ledger.verify')}>
      <p className="max-w-2xl text-small text-text-2">{say('ledger.verifyText')}</p>
      <FormFailure failure={failure} />
      {verdict && (
        <Notice
          role="status"
          tone={verdict.is_sound ? 'success' : 'danger'}
          title={say(verdict.is_sound ? 'ledger.sound' : 'ledger.broken')}
        >
          {say('ledger.counted', {
            entries: number(verdict.entry_count),
            links: number(verdict.link_count),
            waiting: number(verdict.waiting),
          })}
          {verdict.findings.length > 0 && (
            <ul className="list-disc pl-4">
              {verdict.findings.map(({ rule, detail, entry_id: entry }) => (
                <li key={`${rule} ${detail} ${entry}`} className="break-words">
                  <code>{rule}</code> {detail}
                </li>
              ))}
            </ul>
          )}
          {verdict.head !== null && (
            <p className="font-mono text-caption break-all">{verdict.head}</p>
          )}
        </Notice>
      )}
      <Button size={40} icon={ShieldCheck} isBusy={isBusy} className="self-start" onClick={verify}>
        {say('ledger.verify')}
      </Button>
    </Section>
  );
};

const Export = (): ReactElement => {
  const say = useText();
  return (
    <Section id="export" title={say('ledger.export')}>
      <p className="max-w-2xl text-small text-text-2">{say('ledger.exportText')}</p>
      <div className="flex flex-wrap gap-2">
        {(['csv', 'json'] as const).map((format) => (
          <a
            key={format}
            href={`/web/api/v1/ledger/export?format=${format}`}
            download={`libros.${format}`}
            className={buttonClasses('outline', 40)}
          >
            <Icon of={Download} size={18} />
            {format.toUpperCase()}
          </a>
        ))}
      </div>
    </Section>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const query = useTableQuery(['q', 'kind']);
  const accounts = useLoaded(['ledger', 'accounts'], (signal) =>
    browserApi().GET('/api/v1/ledger/accounts', { signal }),
  );
  const { q = '', kind } = query.chosen;
  const fitting = (accounts.data?.items ?? []).filter(
    (account) => (kind === undefined || account.kind === kind) && account.id.includes(q.trim()),
  );
  const shown = accounts.data && { items: fitting.slice(0, shownMax), next_cursor: null };
  const columns: readonly TableColumn<Account>[] = [
    {
      key: 'id',
      title: say('ledger.account'),
      cell: ({ id }) => <AccountName id={id} />,
    },
    {
      key: 'kind',
      title: say('ledger.kind'),
      cell: (account) =>
        kinds.includes(account.kind) ? say(`ledger.kind.${account.kind}`) : account.kind,
    },
    {
      key: 'pending',
      title: say('ledger.pending'),
      isNumber: true,
      cell: ({ pending, currency }) => money(pending, currency),
      phone: 'none',
    },
    {
      key: 'balance',
      title: say('ledger.balance'),
      isNumber: true,
      cell: ({ balance, currency }) => money(balance, currency),
      phone: 'end',
    },
  ];
  return (
    <AdminPage
      title={say('title.ledger')}
      action={
        <ButtonLink size={40} icon={Scale} to="/admin/libros/balance">
          {say('title.trialBalance')}
        </ButtonLink>
      }
    >
      <DataTable
        id="ledger"
        caption={say('title.ledger')}
        columns={columns}
        of={{ ...accounts, data: shown }}
        query={query}
        filters={[
          { name: 'q', label: say('ledger.search') },
          {
            name: 'kind',
            label: say('ledger.kind'),
            options: kinds.map((name) => [name, say(`ledger.kind.${name}`)]),
          },
        ]}
        rowKey={({ id, currency }) => `${id} ${currency}`}
        rowName={({ id }) => id}
        opening={{
          to: ({ id, currency }) =>
            `/admin/libros/cuenta?account=${encodeURIComponent(id)}&currency=${currency}`,
        }}
        empty={{ title: say('ledger.none'), text: say('ledger.noneText'), picture: <Counter /> }}
      />
      {fitting.length > shownMax && (
        <p className="text-small text-text-2">
          {say('ledger.cut', { shown: shownMax, count: fitting.length })}
        </p>
      )}
      <Verify />
      <Export />
    </AdminPage>
  );
};
