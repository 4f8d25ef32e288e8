import { Type } from 'typebox';
import { amount, currency, instant, uuid } from '#shared/http/schemas.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type {
  Balance,
  Batch,
  PaidTransfer,
  ShownDestination,
} from '../application/payout-ports.ts';
import type { PayoutView } from '../application/queries/read-payouts.ts';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const payoutStatus = Type.Union([
  Type.Literal('requested'),
  Type.Literal('sent'),
  Type.Literal('unknown'),
  Type.Literal('paid'),
  Type.Literal('failed'),
  Type.Literal('returned'),
]);

export const payoutSchema = Type.Object({
  id: uuid,
  seller_id: uuid,
  amount,
  currency,
  status: payoutStatus,
  rail: Type.String(),
  batch_id: orNull(uuid),
  reference: orNull(Type.String()),
  failure: orNull(Type.String()),
  requested_by: Type.String({ description: 'the account, or `schedule`' }),
  created_at: instant,
  sent_at: orNull(instant),
  ended_at: orNull(instant),
  version: Type.Integer(),
});

export const toPayoutJson = (payout: PayoutView) => ({
  id: payout.id,
  seller_id: payout.sellerId,
  amount: formatAmount(payout.amountMinor, payout.currency),
  currency: payout.currency,
  status: payout.status,
  rail: payout.rail,
  batch_id: payout.batchId,
  reference: payout.reference,
  failure: payout.failure,
  requested_by: payout.requestedBy,
  created_at: payout.createdAt,
  sent_at: payout.sentAt,
  ended_at: payout.endedAt,
  version: payout.version,
});

export const payoutWithTransfersSchema = Type.Interface([payoutSchema], {
  transfers: Type.Array(
    Type.Object({
      id: uuid,
      kind: Type.String(),
      order_id: orNull(uuid),
      job_id: orNull(uuid),
      gross_amount: amount,
      commission_amount: amount,
      tax_amount: amount,
      net_amount: amount,
      earned_at: instant,
    }),
  ),
});

export const toTransferJson = (transfer: PaidTransfer, of: string) => ({
  id: transfer.id,
  kind: transfer.kind,
  order_id: transfer.orderId,
  job_id: transfer.jobId,
  gross_amount: formatAmount(transfer.grossMinor, of),
  commission_amount: formatAmount(transfer.commissionMinor, of),
  tax_amount: formatAmount(transfer.taxMinor, of),
  net_amount: formatAmount(transfer.netMinor, of),
  earned_at: transfer.earnedAt,
});

export const balanceSchema = Type.Object({
  items: Type.Array(
    Type.Object({
      currency,
      pending_amount: amount,
      held_amount: amount,
      payable_amount: amount,
      available_amount: amount,
      owing_amount: amount,
      disputed_amount: amount,
      collected_amount: Type.Unsafe<string>({
        ...amount,
        description:
          'at my own account with the provider already, of sales that are not settled yet',
      }),
      in_transit_amount: amount,
    }),
  ),
});

export const toBalanceJson = (balance: Balance) => {
  const text = (amountMinor: bigint): string => formatAmount(amountMinor, balance.currency);
  return {
    currency: balance.currency,
    pending_amount: text(balance.pendingMinor),
    held_amount: text(balance.heldMinor),
    payable_amount: text(balance.payableMinor),
    available_amount: text(balance.availableMinor),
    owing_amount: text(balance.owingMinor),
    disputed_amount: text(balance.disputedMinor),
    collected_amount: text(balance.collectedMinor),
    in_transit_amount: text(balance.inTransitMinor),
  };
};

export const destinationSchema = Type.Object({
  id: uuid,
  country: Type.String(),
  type: Type.String(),
  bank_code: Type.String(),
  account_number_last4: Type.String(),
  created_at: instant,
  usable_at: instant,
});

export const toDestinationJson = (destination: ShownDestination) => ({
  id: destination.id,
  country: destination.country,
  type: destination.type,
  bank_code: destination.bankCode,
  account_number_last4: destination.last4,
  created_at: destination.createdAt,
  usable_at: destination.usableAt,
});

export const batchSchema = Type.Object({
  id: uuid,
  currency,
  payout_count: Type.Integer(),
  total_amount: amount,
  created_by: uuid,
  created_at: instant,
});

export const toBatchJson = (batch: Batch) => ({
  id: batch.id,
  currency: batch.currency,
  payout_count: batch.payoutCount,
  total_amount: formatAmount(batch.totalMinor, batch.currency),
  created_by: batch.createdBy,
  created_at: batch.createdAt,
});
