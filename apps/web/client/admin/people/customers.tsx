import type { ReactElement } from 'react';
import { browserApi } from '../../api/client.ts';
import { Moment, useText } from '../../i18n/use-text.tsx';
import { Counter } from '../../kit/pictures.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { DataTable, type TableColumn } from '../kit/data-table.tsx';
import { AdminPage } from '../kit/page.tsx';
import { useTableQuery, type TableQuery } from '../kit/table-query.ts';
import {
  isRole,
  isUserStatus,
  Roles,
  roles,
  UserName,
  userStatuses,
  UserTag,
  type Role,
  type User,
} from './user-parts.tsx';

export const useUsers = (query: TableQuery, usualRole?: Role) => {
  const { q, role, status } = query.chosen;
  const asked = {
    limit: 25,
    ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
    ...(q === undefined ? {} : { q }),
    ...(isRole(role) ? { role } : usualRole && q === undefined ? { role: usualRole } : {}),
    ...(isUserStatus(status) ? { status } : {}),
  };
  return useLoaded(['admin', 'users', asked], (signal) =>
    browserApi().GET('/api/v1/users', { params: { query: asked }, signal }),
  );
};

export const useUserColumns = (): readonly TableColumn<User>[] => {
  const say = useText();
  return [
    { key: 'name', title: say('customer.name'), cell: (user) => <UserName user={user} /> },
    { key: 'email', title: say('customer.email'), cell: ({ email }) => email },
    { key: 'roles', title: say('users.roles'), cell: (user) => <Roles of={user.roles} /> },
    {
      key: 'status',
      title: say('orders.status'),
      phone: 'end',
      cell: ({ status }) => <UserTag status={status} />,
    },
    {
      key: 'since',
      title: say('users.since'),
      phone: 'none',
      cell: ({ created_at: at }) => <Moment at={at} />,
    },
  ];
};

export const Component = (): ReactElement => {
  const say = useText();
  const query = useTableQuery(['q', 'role', 'status']);
  const users = useUsers(query);
  const columns = useUserColumns();
  return (
    <AdminPage title={say('nav.customers')}>
      <DataTable
        id="customers"
        caption={say('nav.customers')}
        columns={columns}
        of={users}
        query={query}
        filters={[
          { name: 'q', label: say('users.search') },
          {
            name: 'role',
            label: say('users.roles'),
            any: say('users.anyRole'),
            options: roles.map((role) => [role, say(`role.${role}`)] as const),
          },
          {
            name: 'status',
            label: say('orders.status'),
            any: say('orders.anyStatus'),
            options: userStatuses.map((status) => [status, say(`user.${status}`)] as const),
          },
        ]}
        rowKey={({ id }) => id}
        rowName={({ username }) => username}
        opening={{ to: ({ id }) => `/admin/clientes/${id}` }}
        empty={{ title: say('users.none'), text: say('users.noneText'), picture: <Counter /> }}
      />
    </AdminPage>
  );
};
