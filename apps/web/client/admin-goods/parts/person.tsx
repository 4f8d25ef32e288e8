import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { browserApi } from '../../api/client.ts';
import { useLoaded } from '../../kit/use-request.ts';

export type Person = Readonly<{
  id: string;
  username: string;
  full_name: string | null;
  email: string;
  status: string;
  created_at: string;
}>;

export const usePerson = (id: string) =>
  useLoaded(['users', id], async (signal) => {
    const answer = await browserApi().GET('/api/v1/users/{id}', {
      params: { path: { id } },
      signal,
    });
    return { ...answer, data: answer.data as Person | undefined };
  });

/** Somebody by name, once it is known; before that by the beginning of the id. */
export const SellerLink = ({ id }: Readonly<{ id: string }>): ReactElement => {
  const { data } = usePerson(id);
  return (
    <Link to={`/admin/vendedores/${id}`} className="inline-flex min-h-6 items-center underline">
      {data ? (
        (data.full_name ?? data.username)
      ) : (
        <code className="text-caption">{id.slice(0, 8)}</code>
      )}
    </Link>
  );
};
