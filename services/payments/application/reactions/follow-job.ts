import { jobDeliveredV1 } from '#contracts/engagements/job-delivered.v1.ts';
import { jobPaymentRequestedV1 } from '#contracts/engagements/payment-requested.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import { basisPointsOf, faultOfParts } from '../../domain/escrow.ts';
import type { Escrows } from '../escrow-ports.ts';

/** A contract that nobody can hold money for: no retry helps. */
class PartsRefused extends Error {
  override readonly name = 'PartsRefused';
  readonly isPermanent = true;
}

const open = 'open-job-payable-when-payment-requested';
const start = 'start-release-clock-when-job-delivered';

/** What a job asks of payments: that its parts may be paid and held, and that they are delivered. */
export const followJob = (
  ports: Readonly<{ escrows: Escrows; newId: () => string }>,
): readonly Reaction[] => [
  reaction(open, jobPaymentRequestedV1, async (message) => {
    const { jobId, buyerId, payeeId, payBy, commissionTax } = message.data;
    const { commissionBasisPoints = 0 } = message.data;
    const parts = message.data.parts.map(({ partId, name, amount, releaseRule }) => {
      const amountMinor = BigInt(amount.amountMinor);
      const commission = basisPointsOf(amountMinor, commissionBasisPoints);
      const tax = basisPointsOf(commission, commissionTax?.basisPoints ?? 0);
      const commissionTaxMinor = commission + tax > amountMinor ? amountMinor - commission : tax;
      const frozen = { commissionMinor: commission, commissionTaxMinor };
      return { holdId: ports.newId(), partId, name, amountMinor, ...frozen, releaseRule };
    });
    const currencies = new Set(message.data.parts.map(({ amount }) => amount.currency));
    const fault =
      currencies.size > 1
        ? 'parts are of several currencies'
        : buyerId === payeeId
          ? 'the buyer pays themselves'
          : faultOfParts(parts);
    if (fault !== undefined) throw new PartsRefused(`job ${jobId}: ${fault}`);
    const [currency] = currencies;
    const taxJurisdiction = commissionTax?.jurisdiction ?? null;
    await ports.escrows.open(
      { jobId, buyerId, payeeId, currency: currency!, parts, taxJurisdiction, payBy },
      deliveryOf(open, message),
    );
  }),
  reaction(start, jobDeliveredV1, (message) => {
    const { jobId, partIds, deliveredAt } = message.data;
    return ports.escrows.startClocks(jobId, partIds, deliveredAt, deliveryOf(start, message));
  }),
];
