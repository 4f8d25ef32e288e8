import type { PostalAddress } from '#shared/kernel/postal-address.ts';
import { formOf } from '#shared/kernel/address-forms.ts';
import { orderError } from '../../domain/errors.ts';
import type { Caller } from '../commands/change-order-status.ts';
import type { Guests, OrderContact } from '../guest-ports.ts';
import type { StoredOrder } from '../ports.ts';
import type { TaxTotal } from '../../domain/tax.ts';
import type { Issuers, StoredIssuer } from '../commands/keep-issuer.ts';
import { taxTotals, type ReadOrders } from './read-orders.ts';
import { issuerIdsOf } from './verify-receipt.ts';

export type Receipt = Readonly<{
  stored: StoredOrder;
  contact: OrderContact | undefined;
  /** Of the address, in the order of its country's form. */
  addressLines: readonly string[];
  /** What of the total is tax, by rate. */
  taxes: readonly TaxTotal[];
  /** Who gives it, as they were when it was ordered. */
  issuers: readonly StoredIssuer[];
}>;

const linesOf = ({ recipient, country, fields, phoneNumber }: PostalAddress): readonly string[] => [
  recipient,
  ...formOf(country).fields.flatMap(({ key }) => fields[key] ?? []),
  country,
  ...(phoneNumber === null ? [] : [phoneNumber]),
];

/** What an order came to, for its buyer and administrators; a seller has documents of its own. */
export const createShowReceipt =
  (
    ports: Readonly<{
      readOrders: Pick<ReadOrders, 'read'>;
      guests: Pick<Guests, 'contactOf'>;
      issuers: Pick<Issuers, 'find'>;
    }>,
  ) =>
  async (orderId: string, caller: Caller): Promise<Receipt> => {
    const stored = await ports.readOrders.read(orderId, caller);
    if (!caller.isAdmin && stored.order.buyerId !== caller.id) throw orderError('not_found');
    const [contact, issuers] = await Promise.all([
      ports.guests.contactOf(orderId),
      ports.issuers.find(issuerIdsOf(stored.order)),
    ]);
    return {
      stored,
      contact,
      addressLines: contact?.address ? linesOf(contact.address) : [],
      taxes: taxTotals(stored.order),
      issuers,
    };
  };

export type ShowReceipt = ReturnType<typeof createShowReceipt>;
