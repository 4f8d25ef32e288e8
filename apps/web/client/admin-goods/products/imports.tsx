import { Download, FileUp } from 'lucide-react';
import { useId, useState, type FormEvent, type ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import { AdminPage, Detail, Facts, Region, Section } from '../../admin/kit/page.tsx';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useFormats, useText, useWholeText } from '../../i18n/use-text.tsx';
import { Button, buttonClasses } from '../../kit/button.tsx';
import { FormFailure, Notice } from '../../kit/feedback.tsx';
import { SelectField } from '../../kit/field.tsx';
import { Icon } from '../../kit/icon.tsx';
import { Table } from '../../kit/layout.tsx';
import { bodyOf, useLoaded, useSending } from '../../kit/use-request.ts';

type Import = AnswerOf<'/api/v1/products/import/{id}', 'get'>;

const pollMs = 1_000;
const useSellers = () =>
  useLoaded(['users', 'sellers'], (signal) =>
    browserApi().GET('/api/v1/users', {
      params: { query: { role: 'seller', limit: 100 } },
      signal,
    }),
  );

/** What came of an import, row by row where something is wrong. */
const Result = ({ of }: Readonly<{ of: Import }>): ReactElement => {
  const text = useWholeText();
  const { say } = text;
  const { number } = useFormats();
  const share = of.bytes_total === 0 ? 1 : of.bytes_read / of.bytes_total;
  const isRunning = of.status === 'running';
  const counts = [
    ['rows', of.rows_read],
    ['created', of.products_created],
    ['updated', of.products_updated],
    ['unchanged', of.products_unchanged],
    ['refused', of.products_refused],
  ] as const;
  return (
    <Section id="result" title={of.file_name}>
      {isRunning && (
        <label className="flex flex-col gap-1 text-small">
          {say('imports.progress', { percent: Math.round(share * 100) })}
          <progress value={share} max={1} className="h-2 w-full accent-primary-fill" />
        </label>
      )}
      {!isRunning && (
        <Notice
          role="status"
          tone={of.failure !== null ? 'danger' : of.errors_count > 0 ? 'warning' : 'success'}
          title={say(
            of.failure !== null
              ? 'imports.failed'
              : of.is_dry_run
                ? 'imports.tried'
                : 'imports.done',
          )}
        >
          {say(
            of.failure !== null
              ? 'imports.failedText'
              : of.is_dry_run
                ? 'imports.triedText'
                : 'imports.doneText',
          )}
          {of.failure !== null && (
            <span lang="en" className="block pt-1 font-mono text-caption break-words">
              {of.failure}
            </span>
          )}
        </Notice>
      )}
      <Facts
        of={counts.map(([key, value]) => [
          say(`imports.${key}`),
          <span key={key} className="tabular">
            {number(value)}
          </span>,
        ])}
      />
      {of.errors.length > 0 && (
        <>
          <h3 className="text-h3">{say('imports.errors', { count: of.errors_count })}</h3>
          <div className="rounded-card border border-line bg-surface">
            <Table
              caption={say('imports.errors', { count: of.errors_count })}
              rows={of.errors}
              rowKey={({ line, column, code, detail }) => `${line} ${column} ${code} ${detail}`}
              columns={[
                {
                  key: 'line',
                  title: say('imports.line'),
                  isNumber: true,
                  cell: ({ line }) => number(line),
                },
                {
                  key: 'column',
                  title: say('imports.column'),
                  cell: ({ column }) => column ?? '—',
                },
                {
                  key: 'code',
                  title: say('imports.fault'),
                  cell: ({ code }) => (
                    <span className="inline-block min-w-48 py-2">
                      {say(
                        text.has(`imports.code.${code}`)
                          ? `imports.code.${code}`
                          : 'imports.code.other',
                      )}
                    </span>
                  ),
                },
                {
                  key: 'handle',
                  title: say('product.handle'),
                  cell: ({ handle }) => <code>{handle ?? '—'}</code>,
                },
              ]}
            />
          </div>
        </>
      )}
    </Section>
  );
};

const Upload = ({ onBegun }: Readonly<{ onBegun: (id: string) => void }>): ReactElement => {
  const say = useText();
  const fileId = useId();
  const [file, setFile] = useState<File>();
  const [seller, setSeller] = useState('');
  const [isMissing, setMissing] = useState(false);
  const { isBusy, failure, send } = useSending(['products'], ['stock']);
  const sellers = useSellers();
  const start = async (isDryRun: boolean): Promise<void> => {
    setMissing(!file);
    if (!file) return document.getElementById(fileId)?.focus();
    await send(async () => {
      const form = new FormData();
      form.append('file', file, file.name);
      const query = { dry_run: isDryRun, ...(seller === '' ? {} : { seller }) };
      const asking = browserApi().POST('/api/v1/products/import', {
        params: { query },
        body: form as never,
        bodySerializer: (body: unknown) => body as FormData,
      });
      onBegun((await bodyOf(asking as Promise<{ data?: Import; response: Response }>)).id);
    });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void start(true);
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-small text-text-2">{say('imports.text')}</p>
      <FormFailure failure={failure} />
      <div className="flex flex-col gap-1.5">
        <label htmlFor={fileId} className="text-small font-medium">
          {say('imports.file')}
        </label>
        <div className="relative flex flex-wrap items-center gap-3">
          <input
            id={fileId}
            type="file"
            accept=".csv,text/csv"
            aria-describedby={isMissing ? `${fileId}-error` : undefined}
            aria-invalid={isMissing}
            onChange={({ target }) => setFile(target.files?.[0])}
            className="peer absolute inset-0 cursor-pointer opacity-0"
          />
          <span
            aria-hidden="true"
            className="inline-flex h-11 items-center rounded-control border border-control bg-surface px-4 font-semibold peer-hover:bg-sunken peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-primary"
          >
            {say('imports.choose')}
          </span>
          <span aria-hidden="true" className="min-w-0 text-small break-words text-text-2">
            {file?.name ?? say('imports.noFile')}
          </span>
        </div>
        {isMissing && (
          <p id={`${fileId}-error`} className="text-caption text-danger">
            {say('imports.chooseFile')}
          </p>
        )}
      </div>
      <SelectField
        name="seller"
        label={say('goods.seller')}
        value={seller}
        onChange={({ target }) => setSeller(target.value)}
      >
        <option value="">{say('newProduct.me')}</option>
        {sellers.data?.items.map(({ id, full_name: name, username }) => (
          <option key={id} value={id}>
            {name ?? username}
          </option>
        ))}
      </SelectField>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="filled" isBusy={isBusy}>
          {say('imports.try')}
        </Button>
        <Button icon={FileUp} isBusy={isBusy} onClick={() => void start(false)}>
          {say('imports.import')}
        </Button>
      </div>
    </form>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const [params, setParams] = useSearchParams();
  const id = params.get('importacion') ?? '';
  const [isRunning, setRunning] = useState(true);
  const shown = useLoaded(
    ['imports', id],
    async (signal) => {
      const answer = await browserApi().GET('/api/v1/products/import/{id}', {
        params: { path: { id } },
        signal,
      });
      setRunning(answer.data?.status === 'running');
      return answer;
    },
    { isEnabled: id !== '', everyMs: isRunning ? pollMs : false },
  );
  return (
    <AdminPage title={say('title.imports')}>
      <Detail
        aside={
          <Section id="export" title={say('imports.export')}>
            <p className="text-small text-text-2">{say('imports.exportText')}</p>
            <a
              href="/web/api/v1/products/export"
              download="productos.csv"
              className={`${buttonClasses('outline', 40)} self-start`}
            >
              <Icon of={Download} size={18} />
              {say('imports.download')}
            </a>
          </Section>
        }
      >
        <Section id="upload" title={say('imports.upload')}>
          <Upload
            onBegun={(begun) => {
              setRunning(true);
              setParams({ importacion: begun }, { replace: true });
            }}
          />
        </Section>
        {id !== '' && <Region of={shown}>{(data) => <Result of={data} />}</Region>}
      </Detail>
    </AdminPage>
  );
};
