import { useState, type ReactElement } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { Counter } from '../../kit/pictures.tsx';
import { DataTable } from '../kit/data-table.tsx';
import { AdminPage } from '../kit/page.tsx';
import { useTableQuery } from '../kit/table-query.ts';
import { useUserColumns, useUsers } from './customers.tsx';
import { RolesDialog } from './roles-dialog.tsx';
import type { User } from './user-parts.tsx';

const staff = ['admin', 'support', 'seller', 'professional'] as const;

/** Who may do what here: administrators first, others by their role, and everybody by a search. */
export const Component = (): ReactElement => {
  const say = useText();
  const query = useTableQuery(['q', 'role']);
  const users = useUsers(query, 'admin');
  const columns = useUserColumns();
  const [open, setOpen] = useState<User>();
  return (
    <AdminPage title={say('nav.team')}>
      <p className="-mt-2 max-w-2xl text-small text-text-2">{say('team.text')}</p>
      <DataTable
        id="team"
        caption={say('nav.team')}
        columns={columns}
        of={users}
        query={query}
        filters={[
          { name: 'q', label: say('team.search') },
          {
            name: 'role',
            label: say('users.roles'),
            any: say('team.admins'),
            options: staff.slice(1).map((role) => [role, say(`role.${role}`)] as const),
          },
        ]}
        rowKey={({ id }) => id}
        rowName={({ username }) => username}
        opening={{ open: setOpen }}
        empty={{ title: say('users.none'), text: say('users.noneText'), picture: <Counter /> }}
      />
      <RolesDialog user={open} onClose={() => setOpen(undefined)} />
    </AdminPage>
  );
};
