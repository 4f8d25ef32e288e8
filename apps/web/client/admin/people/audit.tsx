import { ShieldCheck } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { Moment, useFormats, useSetting, useText, useWholeText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Notice } from '../../kit/feedback.tsx';
import { Counter } from '../../kit/pictures.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { useWordOr } from '../../office/coded.ts';
import { DataTable } from '../kit/data-table.tsx';
import { isDay, startOfDay } from '../kit/days.ts';
import { AdminPage, Facts, Failing } from '../kit/page.tsx';
import { useTableQuery } from '../kit/table-query.ts';
import { Person } from './user-parts.tsx';

type Entry = AnswerOf<'/api/v1/admin/audit', 'get'>['items'][number];

const types = [
  'StaffActed',
  'LoggedIn',
  'LoginFailed',
  'RoleGranted',
  'RoleRevoked',
  'PasswordChanged',
  'EmailChanged',
  'SecondFactorEnabled',
  'SecondFactorDisabled',
  'SecondFactorPolicyChanged',
  'AccountRegistered',
  'AccountActivated',
  'AccountDeactivated',
  'SessionsEnded',
] as const;

const idPattern = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]+Z$/.test(value);

/** What happened, in words of ours where there are some. */
const useTypeName = () => {
  const text = useWholeText();
  return (type: string): string =>
    text.say(text.has(`audit.${type}`) ? `audit.${type}` : 'audit.other');
};

/** The detail of an entry: roles, factors and rules in words, operations as they are called. */
const useDetail = (): ((entry: Entry) => string) => {
  const word = useWordOr();
  return ({ type, detail }) => {
    if (detail === null) return '–';
    const [mode = '', of = ''] = detail.split(':');
    if (type.startsWith('Role')) return word(`role.${detail}`, detail);
    if (type === 'SecondFactorPolicyChanged')
      return [
        word(`access.${mode}`, mode),
        ...of.split(',').map((role) => word(`role.${role}`, role)),
      ]
        .filter(Boolean)
        .join(' · ');
    return detail
      .split(' ')
      .map((part) => word(`factor.${part}`, part))
      .join(', ');
  };
};

/** Whether the log is what it was: every hash of it, read again. */
const Verify = (): ReactElement => {
  const say = useText();
  const { number } = useFormats();
  const [isAsked, setAsked] = useState(false);
  const checked = useLoaded(
    ['admin', 'audit-verify'],
    (signal) => browserApi().GET('/api/v1/admin/audit/verify', { signal }),
    { isEnabled: isAsked },
  );
  if (checked.failure) return <Failing failure={checked.failure} onRetry={checked.retry} />;
  if (checked.data)
    return (
      <Notice
        role="status"
        tone={checked.data.is_sound ? 'success' : 'danger'}
        title={say(checked.data.is_sound ? 'audit.sound' : 'audit.broken')}
      >
        {say('audit.checked', {
          links: number(checked.data.links),
          findings: number(checked.data.findings.length),
        })}
      </Notice>
    );
  return (
    <div>
      <Button size={36} icon={ShieldCheck} isBusy={isAsked} onClick={() => setAsked(true)}>
        {say('audit.verify')}
      </Button>
    </div>
  );
};

const About = ({ entry }: Readonly<{ entry: Entry }>): ReactElement => {
  const say = useText();
  const { dateTime } = useFormats();
  const detailOf = useDetail();
  const { act } = entry;
  return (
    <div className="flex flex-col gap-5">
      <Facts
        of={[
          [say('audit.at'), dateTime(entry.at)],
          ...(entry.actor_id === null
            ? []
            : [[say('audit.actor'), <Person key="actor" id={entry.actor_id} />] as const]),
          ...(entry.account_id === null
            ? []
            : [[say('audit.account'), <Person key="account" id={entry.account_id} />] as const]),
          ...(entry.detail === null ? [] : [[say('audit.detail'), detailOf(entry)] as const]),
          [
            say('audit.ip'),
            <span key="ip" className="font-mono">
              {entry.ip}
            </span>,
          ],
          ...(entry.user_agent === null ? [] : [[say('audit.browser'), entry.user_agent] as const]),
          [say('audit.chain'), say(entry.is_sealed ? 'audit.sealed' : 'audit.waiting')],
        ]}
      />
      {act && (
        <pre
          tabIndex={0}
          aria-label={say('audit.act')}
          className="max-h-96 overflow-auto rounded-control-small bg-sunken p-3 font-mono text-caption whitespace-pre-wrap"
        >
          {JSON.stringify(
            act,
            (_, value: unknown) => (isInstant(value) ? dateTime(value) : value),
            2,
          )}
        </pre>
      )}
    </div>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const nameOf = useTypeName();
  const detailOf = useDetail();
  const { timeZone } = useSetting();
  const query = useTableQuery(['type', 'account', 'actor', 'from', 'to']);
  const [open, setOpen] = useState<Entry>();
  const { type, account, actor, from, to } = query.chosen;
  const asked = {
    limit: 25,
    ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
    ...(type === undefined ? {} : { type }),
    ...(account !== undefined && idPattern.test(account) ? { account_id: account } : {}),
    ...(actor !== undefined && idPattern.test(actor) ? { actor_id: actor } : {}),
    ...(isDay(from) ? { from: startOfDay(from, timeZone) } : {}),
    ...(isDay(to) ? { to: startOfDay(to, timeZone, 1) } : {}),
  };
  const entries = useLoaded(['admin', 'audit', asked], (signal) =>
    browserApi().GET('/api/v1/admin/audit', { params: { query: asked }, signal }),
  );
  return (
    <AdminPage title={say('nav.audit')}>
      <Verify />
      <DataTable
        id="audit"
        caption={say('nav.audit')}
        of={entries}
        query={query}
        filters={[
          {
            name: 'type',
            label: say('audit.what'),
            any: say('audit.anyType'),
            options: types.map((name) => [name, nameOf(name)] as const),
          },
          { name: 'from', label: say('orders.from'), type: 'date' },
          { name: 'to', label: say('orders.to'), type: 'date' },
        ]}
        columns={[
          { key: 'type', title: say('audit.what'), cell: (entry) => nameOf(entry.type) },
          { key: 'at', title: say('audit.at'), phone: 'end', cell: ({ at }) => <Moment at={at} /> },
          {
            key: 'actor',
            title: say('audit.actor'),
            cell: ({ actor_id: id }) => (id === null ? '–' : <Person id={id} />),
          },
          {
            key: 'account',
            title: say('audit.account'),
            phone: 'none',
            cell: ({ account_id: id }) => (id === null ? '–' : <Person id={id} />),
          },
          {
            key: 'detail',
            title: say('audit.detail'),
            cell: (entry) =>
              entry.type === 'StaffActed' ? (
                <span className="font-mono text-caption">{entry.detail}</span>
              ) : (
                detailOf(entry)
              ),
          },
          {
            key: 'ip',
            title: say('audit.ip'),
            phone: 'none',
            cell: ({ ip }) => <span className="font-mono text-caption">{ip}</span>,
          },
        ]}
        rowKey={({ id }) => id}
        rowName={(entry) => nameOf(entry.type)}
        opening={{ open: setOpen }}
        empty={{ title: say('audit.none'), text: say('audit.noneText'), picture: <Counter /> }}
      />
      <Dialog
        isOpen={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={open ? nameOf(open.type) : say('nav.audit')}
        side="end"
      >
        {open && <About entry={open} />}
      </Dialog>
    </AdminPage>
  );
};
