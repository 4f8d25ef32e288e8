import { CreditCard } from 'lucide-react';
import { useState, type ReactElement, type ReactNode } from 'react';
import { searchPath } from '../../../addresses.ts';
import { unreachable, type Failure } from '../../api/problems.ts';
import { Moment, useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { Button, ButtonLink } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Empty, FormFailure, Notice, RegionError, Tag } from '../../kit/feedback.tsx';
import { CheckField, SelectField, TextArea, TextField } from '../../kit/field.tsx';
import { Mark, Monogram, PageTitle, Skeleton, Stepper, Table } from '../../kit/layout.tsx';
import { BeforePrice } from '../../kit/price.tsx';
import { useToast } from '../../kit/toast.tsx';
import type { PageHandle } from '../head-of-matches.ts';
import { loaderSetting } from '../loader-setting.ts';
import { Basket, Counter } from '../../kit/pictures.tsx';
import type { LoaderFunctionArgs } from 'react-router';
import { Loading } from '../../kit/loading.tsx';

/** Every component in every state, for who builds pages and for their pictures; in development only. */
export const loader = ({ context }: LoaderFunctionArgs) => {
  if (!loaderSetting(context).setting.isDevelopment) throw new Response(null, { status: 404 });
  return null;
};

export const handle: PageHandle = { head: () => ({ title: 'Estados', isIndexed: false }) };

const kinds = ['filled', 'soft', 'outline', 'quiet', 'danger'] as const;
const tones = ['success', 'warning', 'danger', 'info', 'neutral'] as const;
const statuses = [400, 401, 403, 404, 409, 412, 413, 422, 429, 500, 503] as const;

const failed = (status: number): Failure => ({
  ...unreachable(),
  status,
  code: `http.${status}`,
  requestId: '01a22421-c8df-7596-9ee7-60a1eb74d68a',
});

const Group = ({
  title,
  children,
}: Readonly<{ title: string; children: ReactNode }>): ReactElement => (
  <section className="flex flex-col gap-4 border-t border-line pt-6">
    <h2 className="font-mono text-caption text-text-3">{title}</h2>
    {children}
  </section>
);

export const Component = (): ReactElement => {
  const say = useText();
  const toast = useToast();
  const { language, now } = useSetting();
  const { money, dateTime, number } = useFormats();
  const [isOpen, setOpen] = useState(false);
  const [count, setCount] = useState(1);
  const ago = (hours: number): string => new Date(now - hours * 3_600_000).toISOString();
  return (
    <main id="content" className="container-shop flex flex-1 flex-col gap-8 py-8">
      <PageTitle>Estados</PageTitle>
      <ButtonLink to="/admin/dev/estados" isDocument size={40} className="self-start">
        Admin
      </ButtonLink>
      <Group title="button">
        {kinds.map((kind) => (
          <div key={kind} className="flex flex-wrap items-center gap-3">
            <Button kind={kind}>{say('product.add')}</Button>
            <Button kind={kind} icon={CreditCard}>
              {say('cart.title')}
            </Button>
            <Button kind={kind} isBusy>
              {say('cart.checkout')}
            </Button>
            <Button kind={kind} size={36}>
              {say('kit.retry')}
            </Button>
            <ButtonLink kind={kind} to={searchPath(language)} size={40}>
              {say('home.seeAll')}
            </ButtonLink>
          </div>
        ))}
      </Group>
      <Group title="field">
        <div className="grid gap-4 md:grid-cols-2">
          <TextField name="a" label={say('auth.email')} hint={say('register.emailHint')} />
          <TextField
            name="b"
            label={say('auth.password')}
            isOptional
            defaultValue="tres tazas de tinto"
          />
          <TextField
            name="c"
            label={say('auth.email')}
            error={say('register.usernameTaken')}
            defaultValue="4242"
          />
          <SelectField name="d" label={say('listing.sort')}>
            <option>{say('listing.sort.newest')}</option>
          </SelectField>
          <TextArea name="e" label={say('product.about')} />
          <div>
            <CheckField name="f" label={say('listing.inStock')} count={number(1234)} />
            <CheckField name="f" label={say('listing.category')} defaultChecked />
          </div>
        </div>
      </Group>
      <Group title="tag, price, monogram, mark, moment">
        <div className="flex flex-wrap items-center gap-3">
          {tones.map((tone) => (
            <Tag key={tone} tone={tone}>
              {tone}
            </Tag>
          ))}
          <BeforePrice price="84500.00" before="119900.00" currency="COP" />
          <span className="tabular text-price">{money('84500.00', 'COP')}</span>
          <span className="tabular text-small">{money('1234.50', 'USD')}</span>
          {['Casa Andina', 'Tostadora Nubarrón', 'Lucía', 'Taller del Río', 'Ana', 'Beto Paz'].map(
            (name) => (
              <Monogram key={name} name={name} />
            ),
          )}
          <Mark />
          <span className="text-small">{dateTime('2026-11-22T18:05:00Z')}</span>
          <span className="text-small">
            <Moment at={ago(3)} /> · <Moment at={ago(30)} /> · <Moment at={ago(400)} />
          </span>
        </div>
      </Group>
      <Group title="stepper, dialog, toast">
        <div className="flex flex-wrap items-center gap-3">
          <Stepper value={count} max={6} label={say('product.quantity')} onChange={setCount} />
          <Button onClick={() => setOpen(true)}>{say('listing.filters')}</Button>
          <Button onClick={() => toast(say('product.added'))}>{say('product.add')}</Button>
        </div>
        <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={say('listing.filters')}>
          <p>{say('cart.emptyText')}</p>
        </Dialog>
      </Group>
      <Group title="notice">
        {tones.map((tone) => (
          <Notice key={tone} tone={tone} title={say('cart.settleFirst')}>
            {say('cart.emptyText')}
          </Notice>
        ))}
      </Group>
      <Group title="loading">
        <Loading className="flex flex-col gap-3">
          <Skeleton className="h-8 w-64" />
          <Skeleton className="h-4 w-96 max-w-full" />
          <Skeleton className="aspect-square w-48" />
        </Loading>
      </Group>
      <Group title="empty">
        <Empty picture={<Basket />} title={say('cart.empty')}>
          {say('cart.emptyText')}
        </Empty>
        <Empty picture={<Counter />} title={say('error.404.title')}>
          {say('error.404.text')}
        </Empty>
      </Group>
      <Group title="failure">
        <RegionError failure={unreachable()} onRetry={() => {}} />
        {statuses.map((status) => (
          <div key={status}>
            <p className="font-mono text-caption text-text-3">{status}</p>
            <RegionError failure={failed(status)} />
          </div>
        ))}
        <form>
          <FormFailure
            failure={{
              ...failed(422),
              fields: {
                a: { code: 'required', params: {}, detail: '' },
                b: { code: 'too_short', params: {}, detail: '' },
              },
            }}
            fieldNames={{ a: say('auth.email'), b: say('auth.password') }}
          />
        </form>
      </Group>
      <Group title="table">
        <Table
          caption={say('cart.title')}
          rowKey={({ id }) => id}
          rows={[
            { id: 'PZ-001043', total: '84500.00', at: ago(3) },
            { id: 'PZ-001042', total: '1234567.50', at: ago(60) },
          ]}
          columns={[
            {
              key: 'id',
              title: say('product.quantity'),
              cell: ({ id }) => <span className="font-mono">{id}</span>,
            },
            { key: 'at', title: say('cart.summary'), cell: ({ at }) => <Moment at={at} /> },
            {
              key: 'total',
              title: say('listing.price'),
              isNumber: true,
              cell: ({ total }) => money(total, 'COP'),
            },
          ]}
        />
      </Group>
    </main>
  );
};
