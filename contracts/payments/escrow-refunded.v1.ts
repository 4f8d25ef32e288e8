import { Type, type Static } from 'typebox';
import { id, instant, money } from '../common.ts';

/** `amount` of what was held for a part of a job goes back to the buyer; its refund is on its way. */
export const escrowRefundedV1 = Type.Object(
  {
    escrowId: id,
    jobId: id,
    partId: Type.String(),
    buyerId: id,
    payeeId: id,
    held: money,
    amount: money,
    refundId: id,
    refundedBy: Type.Union([
      Type.Literal('buyer'),
      Type.Literal('payee'),
      Type.Literal('support'),
      Type.Literal('admin'),
      Type.Literal('deadline'),
    ]),
    refundedAt: instant,
  },
  { $id: 'payments.escrow-refunded.v1' },
);
export type EscrowRefundedV1 = Static<typeof escrowRefundedV1>;
