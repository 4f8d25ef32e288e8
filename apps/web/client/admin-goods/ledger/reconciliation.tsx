import { RefreshCw } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { Link } from 'react-router';
import { DataTable, type TableColumn } from '../../admin/kit/data-table.tsx';
import { AdminPage, Facts } from '../../admin/kit/page.tsx';
import { useTableQuery } from '../../admin/kit/table-query.ts';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { FormFailure } from '../../kit/feedback.tsx';
import { SelectField, TextArea } from '../../kit/field.tsx';
import { Counter } from '../../kit/pictures.tsx';
import { useToast } from '../../kit/toast.tsx';
import { useFieldWords } from '../../kit/use-failure.ts';
import { bodyOf, useLoaded, useSending } from '../../kit/use-request.ts';
import { useProvider } from '../parts/coded.tsx';
import { queryOf } from '../parts/request.ts';
import { StatusTag, useStates } from '../parts/status-tag.tsx';

type Difference = AnswerOf<'/api/v1/reconciliation/differences', 'get'>['items'][number];

const hoursOfDay = 24;
const kinds = ['missing_here', 'missing_there', 'amount_differs', 'withdrawal', 'payout'];
const isWithdrawal = ({ kind }: Difference): boolean => kind === 'withdrawal' || kind === 'payout';
const outcomes = ['explained', 'corrected', 'booked'] as const;
type Outcome = (typeof outcomes)[number];

const useAge = (): ((hours: number) => string) => {
  const say = useText();
  return (hours) =>
    hours < 2 * hoursOfDay
      ? say('reconciliation.hours', { count: hours })
      : say('reconciliation.days', { count: Math.floor(hours / hoursOfDay) });
};

const useKind = (): ((kind: string) => string) => {
  const say = useText();
  return (kind) => (kinds.includes(kind) ? say(`reconciliation.kind.${kind}`) : kind);
};

const Resolve = ({
  difference,
  onDone,
}: Readonly<{ difference: Difference; onDone: () => void }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const isBookable = isWithdrawal(difference);
  const [state, setState] = useState<Outcome>(isBookable ? 'booked' : 'explained');
  const [note, setNote] = useState('');
  const { isBusy, failure, send } = useSending(['differences']);
  const words = useFieldWords(failure);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const isDone = await send(() =>
      bodyOf(
        browserApi().POST('/api/v1/reconciliation/differences/{id}/resolve', {
          params: { path: { id: difference.id } },
          body: { state, note: note.trim() },
        }),
        ['note', 'state'],
      ),
    );
    if (!isDone) return;
    toast(say('reconciliation.resolved'));
    onDone();
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <FormFailure failure={failure} />
      <SelectField
        name="state"
        label={say('reconciliation.outcome')}
        value={state}
        hint={isBookable ? say('reconciliation.bookHint') : undefined}
        onChange={({ target }) =>
          setState(outcomes.find((one) => one === target.value) ?? 'explained')
        }
      >
        {isBookable && <option value="booked">{say('reconciliation.book')}</option>}
        <option value="explained">{say('status.difference.explained')}</option>
        <option value="corrected">{say('status.difference.corrected')}</option>
      </SelectField>
      <TextArea
        name="note"
        label={say('reconciliation.note')}
        hint={say('reconciliation.noteHint')}
        value={note}
        error={words['note']}
        onChange={({ target }) => setNote(target.value)}
      />
      <Button type="submit" kind="filled" isBusy={isBusy}>
        {say('reconciliation.resolve')}
      </Button>
    </form>
  );
};

const DifferenceFacts = ({ of }: Readonly<{ of: Difference }>): ReactElement => {
  const say = useText();
  const providerOf = useProvider();
  const { money, dateTime } = useFormats();
  const kind = useKind();
  const age = useAge();
  const amount = (value: string | null): string =>
    value === null ? '—' : money(value, of.currency);
  return (
    <Facts
      of={[
        [say('goods.status'), <StatusTag key="status" kind="difference" of={of.state} />],
        [say('reconciliation.what'), kind(of.kind)],
        [say('reconciliation.age'), age(of.age_hours)],
        [say('payment.provider'), providerOf(of.provider)],
        [say('reconciliation.there'), amount(of.provider_amount)],
        [say('reconciliation.here'), amount(of.booked_amount)],
        [say('reconciliation.occurred'), dateTime(of.occurred_at)],
        [say('dispute.reference'), of.reference ?? '—'],
        ...(of.payout_id === null ? [] : [[say('reconciliation.payout'), of.payout_id] as const]),
        ...(of.payment_id === null
          ? []
          : [
              [
                say('title.payment'),
                <Link
                  key="payment"
                  to={`/admin/pagos/${of.payment_id}`}
                  className="inline-flex min-h-6 items-center underline"
                >
                  {say('dispute.toPayment')}
                </Link>,
              ] as const,
            ]),
        ...(of.note === null ? [] : [[say('reconciliation.note'), of.note] as const]),
      ]}
    />
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const providerOf = useProvider();
  const toast = useToast();
  const { money } = useFormats();
  const kind = useKind();
  const age = useAge();
  const [opened, setOpened] = useState<Difference>();
  const query = useTableQuery(['state']);
  const differences = useLoaded(['differences', query.request], (signal) =>
    browserApi().GET('/api/v1/reconciliation/differences', {
      params: { query: queryOf(query) },
      signal,
    }),
  );
  const { isBusy, failure, send } = useSending(['differences']);
  const run = async (): Promise<void> => {
    let found = 0;
    const isDone = await send(async () => {
      const { runs } = await bodyOf(browserApi().POST('/api/v1/reconciliation/runs', { body: {} }));
      found = runs.reduce((sum, { differences: count }) => sum + count, 0);
    });
    if (isDone) toast(say('reconciliation.ran', { count: found }));
  };
  const columns: readonly TableColumn<Difference>[] = [
    { key: 'kind', title: say('reconciliation.what'), cell: (difference) => kind(difference.kind) },
    {
      key: 'state',
      title: say('goods.status'),
      cell: ({ state }) => <StatusTag kind="difference" of={state} />,
    },
    {
      key: 'age',
      title: say('reconciliation.age'),
      cell: ({ age_hours: hours }) => age(hours),
      phone: 'end',
    },
    {
      key: 'provider',
      title: say('payment.provider'),
      cell: ({ provider }) => providerOf(provider),
    },
    {
      key: 'there',
      title: say('reconciliation.there'),
      isNumber: true,
      cell: ({ provider_amount: amount, currency }) =>
        amount === null ? '—' : money(amount, currency),
    },
    {
      key: 'here',
      title: say('reconciliation.here'),
      isNumber: true,
      cell: ({ booked_amount: amount, currency }) =>
        amount === null ? '—' : money(amount, currency),
    },
  ];
  return (
    <AdminPage
      title={say('title.reconciliation')}
      action={
        <Button size={40} icon={RefreshCw} isBusy={isBusy} onClick={() => void run()}>
          {say('reconciliation.run')}
        </Button>
      }
    >
      <p className="max-w-2xl text-small text-text-2">{say('reconciliation.text')}</p>
      <FormFailure failure={failure} />
      <DataTable
        id="differences"
        caption={say('title.reconciliation')}
        columns={columns}
        of={differences}
        query={query}
        filters={[
          {
            name: 'state',
            label: say('goods.status'),
            options: useStates('difference', [
              'open',
              'explained',
              'corrected',
              'booked',
              'matched',
            ]),
          },
        ]}
        rowKey={({ id }) => id}
        rowName={(difference) => kind(difference.kind)}
        opening={{ open: setOpened }}
        empty={{
          title: say('reconciliation.none'),
          text: say('reconciliation.noneText'),
          picture: <Counter />,
        }}
      />
      <Dialog
        isOpen={opened !== undefined}
        onClose={() => setOpened(undefined)}
        title={say('reconciliation.difference')}
        side="end"
      >
        {opened && (
          <div className="flex flex-col gap-6">
            <DifferenceFacts of={opened} />
            {opened.state === 'open' && (
              <Resolve difference={opened} onDone={() => setOpened(undefined)} />
            )}
          </div>
        )}
      </Dialog>
    </AdminPage>
  );
};
