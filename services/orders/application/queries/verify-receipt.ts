import { orderError } from '../../domain/errors.ts';
import type { Issuers, StoredIssuer } from '../commands/keep-issuer.ts';
import type { OrderReader, Orders, StoredOrder } from '../ports.ts';

export interface ReceiptCodes {
  /** What a receipt shows so that it can be told from a forged one. */
  codeOf(orderId: string): string;
  isOf(code: string, orderId: string): boolean;
}

/** What a receipt says of the order and who gave it; nothing of who bought, or what. */
export type VerifiedReceipt = Readonly<{
  order: StoredOrder['order'];
  issuers: readonly StoredIssuer[];
}>;

export const issuerIdsOf = ({ lines }: StoredOrder['order']): readonly string[] => [
  ...new Set(lines.flatMap(({ issuerId }) => issuerId ?? [])),
];

/** Whoever holds a receipt may ask whether it is one: a wrong code is as good as no such number. */
export const createVerifyReceipt =
  (
    ports: Readonly<{
      orders: Pick<Orders, 'find'>;
      reader: Pick<OrderReader, 'idOf'>;
      issuers: Pick<Issuers, 'find'>;
      codes: ReceiptCodes;
    }>,
  ) =>
  async (number: string, code: string): Promise<VerifiedReceipt> => {
    const id = await ports.reader.idOf(number);
    if (id === undefined || !ports.codes.isOf(code, id)) throw orderError('receipt_not_found');
    const stored = await ports.orders.find(id);
    if (!stored) throw orderError('receipt_not_found');
    const { order } = stored;
    return { order, issuers: await ports.issuers.find(issuerIdsOf(order)) };
  };

export type VerifyReceipt = ReturnType<typeof createVerifyReceipt>;
