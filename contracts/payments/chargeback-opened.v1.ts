import { Type, type Static } from 'typebox';
import { id, instant, money } from '../common.ts';

/** A buyer disputes a payment at its bank; the sellers' shares of it are frozen. */
export const chargebackOpenedV1 = Type.Object(
  {
    chargebackId: id,
    paymentId: id,
    /** Of a job's payment there is no order. */
    orderId: Type.Optional(id),
    jobId: Type.Optional(id),
    /** Of a job: the escrows, whole ones, that are what it takes if it is lost. */
    escrowIds: Type.Optional(Type.Array(id)),
    amount: money,
    documentationDeadline: Type.Union([instant, Type.Null()]),
    openedAt: instant,
  },
  { $id: 'payments.chargeback-opened.v1' },
);
export type ChargebackOpenedV1 = Static<typeof chargebackOpenedV1>;
