import { Type, type Static } from 'typebox';
import { id, instant, money } from '../common.ts';

/** A part of a job went to who did the work: `net` of it after commission and its tax. The rest of
 * what was held, if any, is told by `payments.escrow-refunded.v1`. */
export const escrowReleasedV1 = Type.Object(
  {
    escrowId: id,
    jobId: id,
    partId: Type.String(),
    buyerId: id,
    payeeId: id,
    held: money,
    net: money,
    commission: money,
    commissionTax: money,
    releasedBy: Type.Union([
      Type.Literal('buyer'),
      Type.Literal('payee'),
      Type.Literal('support'),
      Type.Literal('admin'),
      Type.Literal('deadline'),
    ]),
    releasedAt: instant,
  },
  { $id: 'payments.escrow-released.v1' },
);
export type EscrowReleasedV1 = Static<typeof escrowReleasedV1>;
