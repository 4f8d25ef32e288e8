import type { FieldError } from '#shared/kernel/errors.ts';
import { orderError } from '../../domain/errors.ts';
import type { OrderLine, PlacedOrder, Tracking } from '../../domain/order.ts';
import type { Caller } from '../commands/change-order-status.ts';
import type { Issuers, StoredIssuer } from '../commands/keep-issuer.ts';
import type { OrderContact } from '../guest-ports.ts';
import type { ParcelPaper } from '../parcel-sheet.ts';
import { issuerIdsOf } from './verify-receipt.ts';

/** An order with who gets it; no contact: nothing was given, or it was forgotten. */
export type SentOrder = Readonly<{
  order: PlacedOrder;
  contact: Pick<OrderContact, 'fullName' | 'phoneNumber' | 'address'> | undefined;
}>;

export interface SentOrders {
  /** Those that there are, in no order; one statement. */
  find(orderIds: readonly string[]): Promise<readonly SentOrder[]>;
}

/** What one seller of an order sends. */
export type Parcel = Readonly<{
  order: PlacedOrder;
  lines: readonly OrderLine[];
  contact: SentOrder['contact'];
  /** Who the seller said it is when it was ordered; undefined: nothing then. */
  sender: StoredIssuer | undefined;
  tracking: Tracking | undefined;
}>;

const ended = ['cancelled', 'failed', 'refunded'];

/** Why an order is not to be packed, or cannot be addressed; undefined: it can. */
const refusalOf = ({ order, contact }: SentOrder, paper: ParcelPaper): string | undefined => {
  if (order.paymentId === null) return 'not_paid';
  if (ended.includes(order.status)) return 'ended';
  // What is fetched, or handed over in the shop, is packed all the same.
  const isSent = paper === 'shipping_label';
  return isSent && (contact?.address ?? null) === null ? 'no_address' : undefined;
};

const parcelsOf = (
  { order, contact }: SentOrder,
  { id, isAdmin }: Caller,
  issuers: readonly StoredIssuer[],
): readonly Parcel[] => {
  const sellers = new Set(order.lines.map(({ sellerId }) => sellerId));
  return [...sellers]
    .filter((sellerId) => isAdmin || sellerId === id)
    .map((sellerId) => {
      const lines = order.lines.filter((line) => line.sellerId === sellerId);
      const shipment = order.shipments?.find(({ sellerIds }) => sellerIds.includes(sellerId));
      return {
        order,
        lines,
        contact,
        sender: issuers.find((issuer) => issuer.id === lines[0]!.issuerId),
        tracking: shipment?.tracking,
      };
    });
};

/**
 * What is to be sent of these orders, in their order: to staff the parcels of all sellers, to a seller
 * its own, and that only of paid orders, as with their addresses. All or nothing: the faults name the
 * place of each order in the question. Raises `orders.not_found` or `orders.no_parcel`.
 */
export const createPrepareParcels =
  ({ orders, issuers }: Readonly<{ orders: SentOrders; issuers: Pick<Issuers, 'find'> }>) =>
  async (
    orderIds: readonly string[],
    paper: ParcelPaper,
    caller: Caller,
  ): Promise<readonly Parcel[]> => {
    const found = new Map((await orders.find(orderIds)).map((one) => [one.order.orderId, one]));
    const isTheirs = ({ order }: SentOrder): boolean =>
      caller.isAdmin ||
      (caller.isSeller && order.lines.some(({ sellerId }) => sellerId === caller.id));
    const faultsOf = (
      codeOf: (known: SentOrder | undefined) => string | undefined,
    ): readonly FieldError[] =>
      orderIds.flatMap((id, i) => {
        const known = found.get(id);
        const code = codeOf(known);
        if (code === undefined) return [];
        const params = known && code !== 'not_found' ? { number: known.order.number } : {};
        return [{ pointer: `#/order_ids/${i}`, code, detail: code.replaceAll('_', ' '), params }];
      });
    const missing = faultsOf((known) => (known && isTheirs(known) ? undefined : 'not_found'));
    if (missing.length > 0) throw orderError('not_found', { errors: missing });
    const refused = faultsOf((known) => refusalOf(known!, paper));
    if (refused.length > 0) throw orderError('no_parcel', { errors: refused });
    const sent = orderIds.map((id) => found.get(id)!);
    const known = await issuers.find([...new Set(sent.flatMap(({ order }) => issuerIdsOf(order)))]);
    return sent.flatMap((one) => parcelsOf(one, caller, known));
  };

export type PrepareParcels = ReturnType<typeof createPrepareParcels>;
