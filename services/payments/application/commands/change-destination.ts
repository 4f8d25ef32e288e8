import type { Clock } from '#shared/platform/module.ts';
import { coolingMs, readDestination, type Destination } from '../../domain/destination.ts';
import type { Destinations, ShownDestination } from '../payout-ports.ts';

/** Says where somebody's money is to go. It waits before it is used, and its holder is told. */
export const createChangeDestination =
  ({ destinations, clock }: Readonly<{ destinations: Destinations; clock: Clock }>) =>
  async (id: string, accountId: string, typed: Destination): Promise<ShownDestination> => {
    const destination = readDestination(typed);
    const now = clock();
    const usableAt = new Date(now.getTime() + coolingMs);
    const data = {
      accountId,
      country: destination.country,
      last4: destination.accountNumber.slice(-4),
      changedAt: now.toISOString(),
      usableAt: usableAt.toISOString(),
    };
    await destinations.change(
      id,
      accountId,
      destination,
      { changedAt: now, usableAt },
      {
        messages: [{ type: 'payments.payout-destination-changed.v1', data }],
        trace: { correlationId: id },
      },
    );
    const current = await destinations.current(accountId);
    return current!;
  };

export type ChangeDestination = ReturnType<typeof createChangeDestination>;
