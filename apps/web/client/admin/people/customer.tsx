import { useState, type ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { addressText } from '../../kit/address-text.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { FormFailure } from '../../kit/feedback.tsx';
import { Basket } from '../../kit/pictures.tsx';
import { useProof } from '../../step-up/step-up.tsx';
import { useToast } from '../../kit/toast.tsx';
import { bodyOf, useLoaded, useSending } from '../../kit/use-request.ts';
import { DataTable } from '../kit/data-table.tsx';
import { AdminPage, Detail, Facts, Region, Section } from '../kit/page.tsx';
import { useTableQuery } from '../kit/table-query.ts';
import { useOrderColumns } from '../orders/orders.tsx';
import { RolesDialog } from './roles-dialog.tsx';
import { Roles, UserTag } from './user-parts.tsx';

type User = AnswerOf<'/api/v1/users/{id}', 'get'>;

/** Keeps an account out, or lets it in again. */
const Access = ({ user }: Readonly<{ user: User }>): ReactElement | null => {
  const say = useText();
  const toast = useToast();
  const { viewer } = useSetting();
  const [isOpen, setOpen] = useState(false);
  const { dialog, withProof } = useProof();
  const { isBusy, failure, send, clear } = useSending(['admin']);
  if (user.id === viewer?.id) return null;
  const isOut = user.status === 'deactivated';
  const name = isOut ? 'activate' : 'deactivate';
  const go = async (): Promise<void> => {
    const init = { params: { path: { id: user.id } }, body: {} as never };
    const isDone = await send(() =>
      withProof(() =>
        bodyOf(
          isOut
            ? browserApi().POST('/api/v1/users/{id}/activate', init)
            : browserApi().POST('/api/v1/users/{id}/deactivate', init),
        ),
      ),
    );
    if (!isDone) return;
    setOpen(false);
    toast(say(`users.${name}.done`));
  };
  return (
    <>
      <Button size={40} kind={isOut ? 'outline' : 'danger'} onClick={() => setOpen(true)}>
        {say(`users.${name}`)}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => {
          setOpen(false);
          clear();
        }}
        title={say(`users.${name}`)}
      >
        <div className="flex flex-col gap-5">
          <p className="text-body">{say(`users.${name}.text`, { username: user.username })}</p>
          <FormFailure failure={failure} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button size={40} onClick={() => setOpen(false)}>
              {say('admin.cancel')}
            </Button>
            <Button
              size={40}
              kind={isOut ? 'filled' : 'danger'}
              isBusy={isBusy}
              onClick={() => void go()}
            >
              {say(`users.${name}`)}
            </Button>
          </div>
        </div>
      </Dialog>
      {dialog}
    </>
  );
};

const Orders = ({ buyer }: Readonly<{ buyer: string }>): ReactElement => {
  const say = useText();
  const query = useTableQuery([], 10);
  const columns = useOrderColumns().filter(({ key }) => key !== 'buyer');
  const asked = {
    view: 'all' as const,
    buyer_id: buyer,
    limit: 10,
    ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
  };
  const orders = useLoaded(['admin', 'orders', asked], (signal) =>
    browserApi().GET('/api/v1/orders', { params: { query: asked }, signal }),
  );
  return (
    <DataTable
      id="customer-orders"
      caption={say('nav.orders')}
      columns={columns.map(({ sort: _, ...column }) => column)}
      of={orders}
      query={query}
      rowKey={({ id }) => id}
      rowName={({ number }) => number}
      opening={{ to: ({ id }) => `/admin/pedidos/${id}` }}
      empty={{ title: say('users.noOrders'), text: say('users.noOrdersText'), picture: <Basket /> }}
    />
  );
};

const About = ({ user }: Readonly<{ user: User }>): ReactElement => {
  const say = useText();
  const { dateTime } = useFormats();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Section id="about" title={say('users.about')}>
        <Facts
          of={[
            [say('users.username'), user.username],
            [say('customer.email'), user.email],
            ...(user.phone_number === null
              ? []
              : [[say('customer.phone'), user.phone_number] as const]),
            [say('users.since'), dateTime(user.created_at)],
          ]}
        />
      </Section>
      <Section
        id="roles"
        title={say('users.roles')}
        action={
          <Button size={36} data-page-edit onClick={() => setOpen(true)}>
            {say('team.change')}
          </Button>
        }
      >
        <Roles of={user.roles} />
      </Section>
      <Section id="addresses" title={say('users.addresses')}>
        {user.addresses.length === 0 && (
          <p className="text-small text-text-2">{say('users.noAddresses')}</p>
        )}
        {user.addresses.map((address) => (
          <p key={address.id} className="text-small">
            <span className="block font-medium">{address.full_name}</span>
            {[addressText(address.fields), address.country].join(', ')}
          </p>
        ))}
      </Section>
      <Link
        to={`/admin/auditoria?account=${user.id}`}
        className="inline-flex min-h-6 items-center self-start text-small font-medium text-primary hover:underline"
      >
        {say('users.audit')}
      </Link>
      <RolesDialog user={isOpen ? user : undefined} onClose={() => setOpen(false)} />
    </>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const { user: id = '' } = useParams();
  const user = useLoaded(['admin', 'user', id], (signal) =>
    browserApi().GET('/api/v1/users/{id}', { params: { path: { id } }, signal }),
  );
  const { data } = user;
  return (
    <AdminPage
      title={data ? (data.full_name ?? data.username) : say('nav.customers')}
      tag={data && <UserTag status={data.status} />}
      back={{ to: '/admin/clientes', name: say('nav.customers') }}
      action={data && <Access user={data} />}
    >
      <Region of={user} lines={6}>
        {(shown) => (
          <Detail aside={<About user={shown} />}>
            <Section id="orders" title={say('nav.orders')}>
              <Orders buyer={shown.id} />
            </Section>
          </Detail>
        )}
      </Region>
    </AdminPage>
  );
};
