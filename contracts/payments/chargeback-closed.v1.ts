import { Type, type Static } from 'typebox';
import { id, instant, money } from '../common.ts';

/** A dispute ended: won, and the shares are free again; or lost, and the money is gone. */
export const chargebackClosedV1 = Type.Object(
  {
    chargebackId: id,
    paymentId: id,
    /** Of a job's payment there is no order. */
    orderId: Type.Optional(id),
    jobId: Type.Optional(id),
    /** Of a job: the escrows, whole ones, that are what it took, or would have taken. */
    escrowIds: Type.Optional(Type.Array(id)),
    amount: money,
    outcome: Type.Union([Type.Literal('won'), Type.Literal('lost')]),
    closedAt: instant,
  },
  { $id: 'payments.chargeback-closed.v1' },
);
export type ChargebackClosedV1 = Static<typeof chargebackClosedV1>;
