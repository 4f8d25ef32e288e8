import { paymentError } from '../../domain/errors.ts';
import type { Refund } from '../../domain/payment.ts';
import type { HoldRefunds } from '../escrow-ports.ts';
import { ProviderUnclear, type Payments } from '../ports.ts';
import type { SendRefund } from './refund-payment.ts';

export type RetryHoldRefund = (
  request: Readonly<{ operationId: string; holdId: string; by: string }>,
) => Promise<Refund>;

/**
 * Sends anew what a hold gave back and its provider refused for good. The refused refund has ended, so the
 * new one has a key of its own. One that is under way, or done, is answered and nothing is sent.
 */
export const createRetryHoldRefund =
  ({
    holdRefunds,
    payments,
    send,
  }: Readonly<{
    holdRefunds: HoldRefunds;
    payments: Pick<Payments, 'findRefund'>;
    send: SendRefund;
  }>): RetryHoldRefund =>
  async ({ operationId, holdId, by }) => {
    const { result, refundId } = await holdRefunds.retry(holdId, operationId, by);
    if (result === 'unknown') throw paymentError('escrow_not_found');
    if (result === 'too_much') throw paymentError('refund_too_large');
    if (refundId === null) throw paymentError('nothing_to_refund_again');
    const isNew = result === 'requested';
    const sent = isNew
      ? await send(refundId).catch((error: unknown) => {
          // Its timer sends it again, with the same key.
          if (!(error instanceof ProviderUnclear)) throw error;
          return undefined;
        })
      : undefined;
    return sent ?? (await payments.findRefund(refundId))!;
  };
