import {
  readPostalAddress,
  tidy,
  type Document,
  type PostalAddress,
} from '#shared/kernel/postal-address.ts';
import { usersError } from './errors.ts';

export type { Document };

/** A place that somebody gave, in canonical form. */
export type Address = PostalAddress &
  Readonly<{
    /** What its holder calls it, such as "Casa". */
    label: string | null;
  }>;

/** The address in canonical form. Raises `users.address_invalid` with every fault. */
export const readAddress = (given: Address): Address => {
  const read = readPostalAddress(given);
  if ('faults' in read) throw usersError('address_invalid', { errors: read.faults });
  return { ...given, ...read.address, label: given.label === null ? null : tidy(given.label) };
};
