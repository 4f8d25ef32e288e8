import { Type, type Static } from 'typebox';
import { id, instant, money } from '../common.ts';

const days = Type.Integer({ minimum: 1, maximum: 3_650 });
const partId = Type.String({ pattern: '^[\\w.-]{1,60}$' });

/** When a part of the money goes to who did the work. */
export const releaseRule = Type.Union([
  Type.Object({ kind: Type.Literal('on_acceptance') }),
  Type.Object({ kind: Type.Literal('on_date'), date: instant }),
  /** Days of silence after the work was delivered. */
  Type.Object({ kind: Type.Literal('auto_after_days'), days }),
  /** Retained for a warranty: days after the part `afterPartId` was released. */
  Type.Object({ kind: Type.Literal('after_warranty_days'), days, afterPartId: partId }),
]);

/**
 * A job is agreed and may be paid until `payBy`. Its money is held in parts, such as materials, labour
 * and a retention, each released by its own rule; parts of one currency, each more than nothing. The
 * commission of the platform and the tax on it are frozen with it.
 */
export const jobPaymentRequestedV1 = Type.Object(
  {
    jobId: id,
    buyerId: id,
    payeeId: id,
    parts: Type.Array(
      Type.Object({
        partId,
        name: Type.String({ minLength: 1, maxLength: 100 }),
        amount: money,
        releaseRule,
      }),
      { minItems: 1, maxItems: 20 },
    ),
    commissionBasisPoints: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
    commissionTax: Type.Optional(
      Type.Object({
        /** Of the commission. */
        basisPoints: Type.Integer({ minimum: 0, maximum: 10_000 }),
        jurisdiction: Type.String({ pattern: '^[A-Z]{2}(-[A-Z0-9]{1,3})?$' }),
      }),
    ),
    payBy: instant,
  },
  { $id: 'engagements.payment-requested.v1' },
);
export type JobPaymentRequestedV1 = Static<typeof jobPaymentRequestedV1>;
