import type { ReactElement } from 'react';
import { Ban, CircleCheck, Clock3 } from 'lucide-react';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useText, useWholeText } from '../../i18n/use-text.tsx';
import { Tag } from '../../kit/feedback.tsx';
import { Monogram } from '../../kit/layout.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { Link } from 'react-router';

export type User = AnswerOf<'/api/v1/users', 'get'>['items'][number];

/** Whoever runs the machine: no account, and named in the audit log. */
const operatorId = '00000000-0000-7000-8000-000000000001';

export const roles = ['customer', 'seller', 'professional', 'support', 'admin'] as const;
export type Role = (typeof roles)[number];
export const userStatuses = ['active', 'pending', 'deactivated'] as const;

export const isRole = (text: string | undefined): text is Role =>
  roles.some((role) => role === text);
export const isUserStatus = (text: string | undefined): text is (typeof userStatuses)[number] =>
  userStatuses.some((status) => status === text);

const states = {
  active: ['success', CircleCheck],
  pending: ['warning', Clock3],
  deactivated: ['danger', Ban],
} as const;

export const UserTag = ({ status }: Readonly<{ status: User['status'] }>): ReactElement => {
  const say = useText();
  const [tone, icon] = states[status];
  return (
    <Tag tone={tone} icon={icon}>
      {say(`user.${status}`)}
    </Tag>
  );
};

/** The roles of somebody in words; being a customer goes without saying. */
export const Roles = ({ of }: Readonly<{ of: readonly string[] }>): ReactElement => {
  const say = useText();
  const { has } = useWholeText();
  const named = of.filter((role) => role !== 'customer' && has(`role.${role}`));
  return (
    <span className="inline-flex flex-wrap gap-1">
      {named.map((role) => (
        <Tag key={role} icon={false}>
          {say(`role.${role}`)}
        </Tag>
      ))}
      {named.length === 0 && <span className="text-text-3">{say('role.customer')}</span>}
    </span>
  );
};

export const UserName = ({ user }: Readonly<{ user: User }>): ReactElement => (
  <span className="inline-flex min-w-0 items-center gap-2.5">
    <Monogram name={user.full_name ?? user.username} size={32} />
    <span className="min-w-0 truncate">{user.full_name ?? user.username}</span>
  </span>
);

/** The name of an account; who is gone has none. */
export const AccountName = ({ id }: Readonly<{ id: string }>): ReactElement => {
  const say = useText();
  const user = useLoaded(['admin', 'user', id], (signal) =>
    browserApi().GET('/api/v1/users/{id}', { params: { path: { id } }, signal }),
  );
  if (user.data) return <>{user.data.full_name ?? user.data.username}</>;
  if (user.failure) return <span className="text-text-3">{say('orders.noName')}</span>;
  // Nobody is without a name while it is on its way.
  return (
    <span aria-busy="true" className="inline-block w-28">
      &nbsp;
    </span>
  );
};

/** Somebody whose id is known, by name; who is gone keeps the end of the id. */
export const Person = ({ id }: Readonly<{ id: string }>): ReactElement => {
  const say = useText();
  const isOperator = id === operatorId;
  const user = useLoaded(
    ['admin', 'user', id],
    (signal) => browserApi().GET('/api/v1/users/{id}', { params: { path: { id } }, signal }),
    { isEnabled: !isOperator },
  );
  if (isOperator) return <>{say('users.operator')}</>;
  if (!user.data) return <span className="font-mono text-caption">…{id.slice(-8)}</span>;
  return (
    <Link to={`/admin/clientes/${id}`} className="inline-flex min-h-6 items-center hover:underline">
      {user.data.full_name ?? user.data.username}
    </Link>
  );
};
