import { Type } from 'typebox';
import { amount, currency, instant, uuid } from '#shared/http/schemas.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { EscrowView } from '../application/queries/read-escrows.ts';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

const status = Type.Union([
  Type.Literal('held'),
  Type.Literal('disputed'),
  Type.Literal('released'),
  Type.Literal('refunded'),
  Type.Literal('split'),
  Type.Literal('charged_back'),
]);
export const escrowStatus = status;

export const escrowSchema = Type.Object({
  id: uuid,
  job_id: uuid,
  part_id: Type.String(),
  name: Type.String(),
  buyer_id: uuid,
  payee_id: uuid,
  payment_id: uuid,
  amount,
  commission_amount: amount,
  commission_tax_amount: amount,
  currency,
  status,
  release_rule: Type.Object({
    kind: Type.String(),
    date: Type.Optional(instant),
    days: Type.Optional(Type.Integer()),
    after_part_id: Type.Optional(Type.String()),
  }),
  release_at: orNull(instant),
  is_frozen: Type.Boolean(),
  dispute: orNull(
    Type.Object({ disputed_by: Type.String(), reason: Type.String(), disputed_at: instant }),
  ),
  to_be_confirmed: orNull(
    Type.Object({
      outcome: Type.String(),
      release_amount: amount,
      refund_amount: amount,
      reason: Type.String(),
      decided_at: instant,
    }),
  ),
  resolution: orNull(
    Type.Object({
      outcome: Type.String(),
      net_amount: amount,
      refunded_amount: amount,
      commission_amount: amount,
      commission_tax_amount: amount,
      charged_back_amount: amount,
      decided_by: Type.String({
        description: 'buyer, payee, support, admin, deadline, or provider when it was charged back',
      }),
      reason: orNull(Type.String()),
      refund_id: orNull(uuid),
      decided_at: instant,
    }),
  ),
  held_at: instant,
  version: Type.Integer(),
});

const ruleToJson = (rule: EscrowView['releaseRule']) => ({
  kind: rule.kind,
  ...('date' in rule ? { date: rule.date } : {}),
  ...('days' in rule ? { days: rule.days } : {}),
  ...('afterPartId' in rule ? { after_part_id: rule.afterPartId } : {}),
});

export const toEscrowJson = (hold: EscrowView) => {
  const text = (amountMinor: bigint): string => formatAmount(amountMinor, hold.currency);
  const { dispute, decision, resolution: end } = hold;
  return {
    id: hold.id,
    job_id: hold.jobId,
    part_id: hold.partId,
    name: hold.name,
    buyer_id: hold.buyerId,
    payee_id: hold.payeeId,
    payment_id: hold.paymentId,
    amount: text(hold.amountMinor),
    commission_amount: text(hold.commissionMinor),
    commission_tax_amount: text(hold.commissionTaxMinor),
    currency: hold.currency,
    status: hold.status,
    release_rule: ruleToJson(hold.releaseRule),
    release_at: hold.releaseAt,
    is_frozen: hold.isFrozen,
    dispute: dispute && {
      disputed_by: dispute.by,
      reason: dispute.reason,
      disputed_at: dispute.at,
    },
    to_be_confirmed: decision && {
      outcome: decision.kind,
      release_amount: text(hold.amountMinor - decision.refundMinor),
      refund_amount: text(decision.refundMinor),
      reason: decision.reason,
      decided_at: decision.decidedAt,
    },
    resolution: end && {
      outcome: end.kind,
      net_amount: text(end.netMinor),
      refunded_amount: text(end.refundedMinor),
      commission_amount: text(end.commissionMinor),
      commission_tax_amount: text(end.taxMinor),
      charged_back_amount: text(end.chargedBackMinor),
      decided_by: end.decidedAs,
      reason: end.reason,
      refund_id: end.refundId,
      decided_at: end.decidedAt,
    },
    held_at: hold.heldAt,
    version: hold.version,
  };
};
