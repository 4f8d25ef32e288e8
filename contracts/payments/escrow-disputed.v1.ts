import { Type, type Static } from 'typebox';
import { id, instant, money } from '../common.ts';

/** A party disputes one part of a job; it waits for a decision, the others do not. */
export const escrowDisputedV1 = Type.Object(
  {
    escrowId: id,
    jobId: id,
    partId: Type.String(),
    buyerId: id,
    payeeId: id,
    amount: money,
    disputedBy: Type.Union([Type.Literal('buyer'), Type.Literal('payee')]),
    disputedAt: instant,
  },
  { $id: 'payments.escrow-disputed.v1' },
);
export type EscrowDisputedV1 = Static<typeof escrowDisputedV1>;
