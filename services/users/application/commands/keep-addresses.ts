import { readAddress } from '../../domain/address.ts';
import { usersError } from '../../domain/errors.ts';
import type { Addresses, AddressView, NewAddress } from '../ports.ts';

export type KeepAddresses = Readonly<{
  list: (accountId: string) => Promise<readonly AddressView[]>;
  show: (accountId: string, id: string) => Promise<AddressView>;
  add: (accountId: string, address: NewAddress) => Promise<AddressView>;
  replace: (accountId: string, id: string, address: NewAddress) => Promise<AddressView>;
  remove: (accountId: string, id: string) => Promise<void>;
}>;

/** The addresses of one account, each checked by its country's form. */
export const createKeepAddresses = ({
  addresses,
  newId,
}: Readonly<{ addresses: Addresses; newId: () => string }>): KeepAddresses => {
  const read = ({ isDefaultShipping, isDefaultBilling, ...address }: NewAddress): NewAddress => ({
    ...readAddress(address),
    isDefaultShipping,
    isDefaultBilling,
  });
  const shown = async (accountId: string, id: string): Promise<AddressView> => {
    const view = await addresses.find(accountId, id);
    // Removed by another request in the meantime.
    if (!view) throw usersError('address_not_found');
    return view;
  };
  return {
    list: (accountId) => addresses.list(accountId),
    show: shown,
    async add(accountId, address) {
      const id = newId();
      const outcome = await addresses.add(accountId, id, read(address));
      if (outcome === 'no_profile') throw usersError('profile_not_ready', { retryAfterSeconds: 1 });
      if (outcome === 'too_many') throw usersError('too_many_addresses');
      return shown(accountId, id);
    },
    async replace(accountId, id, address) {
      if (!(await addresses.replace(accountId, id, read(address))))
        throw usersError('address_not_found');
      return shown(accountId, id);
    },
    async remove(accountId, id) {
      if (!(await addresses.remove(accountId, id))) throw usersError('address_not_found');
    },
  };
};
