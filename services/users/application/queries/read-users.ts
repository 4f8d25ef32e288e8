import { usersError } from '../../domain/errors.ts';
import { searchKeyOf } from '../../domain/profile.ts';
import type { Addresses, AddressView, Profiles, UserFilter, UserView } from '../ports.ts';

export type ReadUsers = Readonly<{
  /** Of who asks. Raises `users.profile_not_ready` while identity's message is on its way. */
  me: (accountId: string) => Promise<UserView>;
  list: (filter: UserFilter) => Promise<readonly UserView[]>;
  detail: (
    accountId: string,
  ) => Promise<Readonly<{ user: UserView; addresses: readonly AddressView[] }>>;
}>;

export const createReadUsers = ({
  profiles,
  addresses,
}: Readonly<{ profiles: Profiles; addresses: Addresses }>): ReadUsers => ({
  async me(accountId) {
    const view = await profiles.view(accountId);
    if (!view) throw usersError('profile_not_ready', { retryAfterSeconds: 1 });
    return view;
  },
  list: ({ text, ...filter }) =>
    profiles.list({ ...filter, ...(text === undefined ? {} : { text: searchKeyOf(text) }) }),
  async detail(accountId) {
    const [user, found] = await Promise.all([profiles.view(accountId), addresses.list(accountId)]);
    if (!user) throw usersError('user_not_found');
    return { user, addresses: found };
  },
});
