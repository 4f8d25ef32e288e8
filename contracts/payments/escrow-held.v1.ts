import { Type, type Static } from 'typebox';
import { id, instant, money } from '../common.ts';

/** The payment of a job is captured and waits, part by part. Once a job. */
export const escrowHeldV1 = Type.Object(
  {
    paymentId: id,
    jobId: id,
    buyerId: id,
    payeeId: id,
    amount: money,
    holds: Type.Array(Type.Object({ escrowId: id, amount: money }), { minItems: 1 }),
    heldAt: instant,
  },
  { $id: 'payments.escrow-held.v1' },
);
export type EscrowHeldV1 = Static<typeof escrowHeldV1>;
