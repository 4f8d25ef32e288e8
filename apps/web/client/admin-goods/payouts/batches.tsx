import { Download, FileSpreadsheet } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { AdminPage, Region } from '../../admin/kit/page.tsx';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { unreachable } from '../../api/problems.ts';
import { Moment, useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Empty, FormFailure } from '../../kit/feedback.tsx';
import { SelectField, TextField } from '../../kit/field.tsx';
import { Table } from '../../kit/layout.tsx';
import { Counter } from '../../kit/pictures.tsx';
import { useProof } from '../../step-up/step-up.tsx';
import { saveFile } from '../../kit/save-file.ts';
import { useToast } from '../../kit/toast.tsx';
import { useKeyed } from '../../kit/use-keyed.ts';
import { bodyOf, RequestFailed, useLoaded, useSending } from '../../kit/use-request.ts';
import { useBack } from '../parts/back.ts';

type Batch = AnswerOf<'/api/v1/payout-batches', 'get'>['items'][number];
type Result = Readonly<{ result: 'paid' | 'returned'; note: string }>;

/** The file is asked for with the session and handed to the browser, since a link cannot prove who asks. */
const fetchFile = async (id: string): Promise<void> => {
  const answer = browserApi().GET('/api/v1/payout-batches/{id}/file', {
    params: { path: { id } },
    parseAs: 'blob',
  });
  const file = (await bodyOf(answer as never)) as Blob | undefined;
  if (!file) throw new RequestFailed(unreachable());
  saveFile(`pagos-${id}.csv`, file);
};

/** What the bank did with each line of a file. */
const ConfirmBatch = ({
  batch,
  withProof,
  onDone,
}: Readonly<{
  batch: Batch;
  withProof: ReturnType<typeof useProof>['withProof'];
  onDone: () => void;
}>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const { money } = useFormats();
  const [results, setResults] = useState<Readonly<Record<string, Result>>>({});
  const keyed = useKeyed();
  const { isBusy, failure, send } = useSending(['payouts'], ['batches']);
  const payouts = useLoaded(['payouts', 'batch', batch.id], (signal) =>
    browserApi().GET('/api/v1/payouts', {
      params: { query: { status: 'sent', limit: 100 } },
      signal,
    }),
  );
  const resultOf = (id: string): Result => results[id] ?? { result: 'paid', note: '' };
  const submit = async (event: FormEvent, ids: readonly string[]): Promise<void> => {
    event.preventDefault();
    const lines = ids.map((id) => {
      const { result, note } = resultOf(id);
      const text = note.trim();
      const said = result === 'paid' ? { reference: text } : { reason: text };
      return { payout_id: id, result, ...(text === '' ? {} : said) };
    });
    const isDone = await send(() =>
      keyed(lines, (key) =>
        withProof(() =>
          bodyOf(
            browserApi().POST('/api/v1/payout-batches/{id}/confirm', {
              params: { path: { id: batch.id } },
              headers: { 'idempotency-key': key },
              body: { lines },
            }),
          ),
        ),
      ),
    );
    if (!isDone) return;
    toast(say('batch.confirmed'));
    onDone();
  };
  return (
    <Region of={payouts}>
      {({ items }) => {
        const mine = items.filter(({ batch_id: of }) => of === batch.id);
        if (mine.length === 0)
          return <p className="text-body text-text-2">{say('batch.nothingToConfirm')}</p>;
        const ids = mine.map(({ id }) => id);
        return (
          <form
            noValidate
            onSubmit={(event) => void submit(event, ids)}
            className="flex flex-col gap-4"
          >
            <p className="text-small text-text-2">{say('batch.confirmText')}</p>
            <FormFailure failure={failure} />
            {mine.map(({ id, amount, currency }) => {
              const { result, note } = resultOf(id);
              return (
                <fieldset
                  key={id}
                  className="flex flex-col gap-3 rounded-card border border-line p-3"
                >
                  <legend className="px-1 text-small font-semibold">
                    {money(amount, currency)} <code className="text-caption">{id.slice(-8)}</code>
                  </legend>
                  <SelectField
                    name={`result.${id}`}
                    label={say('batch.result')}
                    value={result}
                    onChange={({ target }) =>
                      setResults({
                        ...results,
                        [id]: { note, result: target.value === 'paid' ? 'paid' : 'returned' },
                      })
                    }
                  >
                    <option value="paid">{say('batch.paid')}</option>
                    <option value="returned">{say('batch.returned')}</option>
                  </SelectField>
                  <TextField
                    name={`note.${id}`}
                    label={say(result === 'paid' ? 'batch.reference' : 'batch.reason')}
                    value={note}
                    maxLength={100}
                    onChange={({ target }) =>
                      setResults({ ...results, [id]: { result, note: target.value } })
                    }
                    isOptional
                  />
                </fieldset>
              );
            })}
            <Button type="submit" kind="filled" isBusy={isBusy}>
              {say('batch.confirm')}
            </Button>
          </form>
        );
      }}
    </Region>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const toast = useToast();
  const { money, number } = useFormats();
  const { currency } = useSetting();
  const back = useBack('payouts');
  const { dialog, withProof } = useProof();
  const [opened, setOpened] = useState<Batch>();
  const keyed = useKeyed();
  const { isBusy, failure, send } = useSending(['batches'], ['payouts']);
  const batches = useLoaded(['batches'], (signal) =>
    browserApi().GET('/api/v1/payout-batches', { signal }),
  );
  const make = async (): Promise<void> => {
    const url = '/api/v1/payout-batches';
    const isDone = await send(() =>
      keyed(currency, (key) =>
        withProof(() => {
          const headers = { 'idempotency-key': key };
          return bodyOf(browserApi().POST(url, { headers, body: { currency } }));
        }),
      ),
    );
    if (isDone) toast(say('batch.made'));
  };
  const add = (
    <Button
      kind="filled"
      size={40}
      icon={FileSpreadsheet}
      isBusy={isBusy}
      onClick={() => void make()}
    >
      {say('batch.make')}
    </Button>
  );
  return (
    <AdminPage title={say('title.batches')} back={back} action={add}>
      <p className="max-w-2xl text-small text-text-2">{say('batch.text')}</p>
      <FormFailure failure={failure} />
      <Region of={batches}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty picture={<Counter />} title={say('batch.none')}>
              {say('batch.noneText')}
            </Empty>
          ) : (
            <div className="rounded-card border border-line bg-surface">
              <Table
                caption={say('title.batches')}
                rows={items}
                rowKey={({ id }) => id}
                columns={[
                  {
                    key: 'created',
                    title: say('goods.created'),
                    cell: ({ created_at: at }) => <Moment at={at} />,
                  },
                  {
                    key: 'count',
                    title: say('batch.count'),
                    isNumber: true,
                    cell: ({ payout_count: count }) => number(count),
                  },
                  {
                    key: 'total',
                    title: say('goods.amount'),
                    isNumber: true,
                    cell: ({ total_amount: total, currency: of }) => money(total, of),
                  },
                  {
                    key: 'actions',
                    title: say('goods.actions'),
                    cell: (batch) => (
                      <span className="flex gap-2 py-1.5">
                        <Button
                          size={36}
                          icon={Download}
                          onClick={() => void send(() => withProof(() => fetchFile(batch.id)))}
                        >
                          {say('batch.download')}
                        </Button>
                        <Button size={36} onClick={() => setOpened(batch)}>
                          {say('batch.confirm')}
                        </Button>
                      </span>
                    ),
                  },
                ]}
              />
            </div>
          )
        }
      </Region>
      <Dialog
        isOpen={opened !== undefined}
        onClose={() => setOpened(undefined)}
        title={say('batch.confirm')}
        side="end"
      >
        {opened && (
          <ConfirmBatch batch={opened} withProof={withProof} onDone={() => setOpened(undefined)} />
        )}
      </Dialog>
      {dialog}
    </AdminPage>
  );
};
