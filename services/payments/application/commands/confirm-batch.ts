import { paymentError } from '../../domain/errors.ts';
import { bankFile } from '../../domain/bank-file.ts';
import { isReachable, type Payout } from '../../domain/payout.ts';
import type { Batch, Destinations, Payouts } from '../payout-ports.ts';
import type { PayoutCommands } from './pay-out.ts';

/** What a bank did with one line of a file, as a person read it there. */
export type ConfirmedLine = Readonly<{
  payoutId: string;
  result: 'paid' | 'returned';
  reason: string | null;
  reference: string | null;
}>;

type Ports = Readonly<{
  payouts: Payouts;
  destinations: Destinations;
  commands: PayoutCommands;
  railName: string;
  /** The most that one administrator sends and confirms alone, in minor units. */
  limitOf: (currency: string) => bigint;
}>;

/** Payouts that a person carries to a bank as a file, and back. */
export const createBatchCommands = (ports: Ports) => {
  const { payouts, destinations, commands, railName, limitOf } = ports;

  const found = async (id: string): Promise<Batch> => {
    const batch = await payouts.findBatch(id);
    if (!batch) throw paymentError('payout_batch_not_found');
    return batch;
  };

  const check = (payout: Payout | undefined, line: ConfirmedLine, by: string): void => {
    if (!payout) throw paymentError('payout_not_found', { extra: { payout_id: line.payoutId } });
    const extra = { payout_id: payout.id, current_status: payout.status };
    if (payout.sellerId === by) throw paymentError('payout_not_yours', { extra });
    if (payout.amountMinor > limitOf(payout.currency) && payout.batchBy === by)
      throw paymentError('payout_needs_another_admin', { extra });
    if (isReachable(payout, line.result) === 'ended') throw paymentError('payout_ended', { extra });
  };

  return {
    find: found,

    async make(id: string, currency: string, by: string): Promise<Batch> {
      const batch = await payouts.makeBatch(id, railName, currency, by);
      if (!batch) throw paymentError('payout_batch_empty');
      return batch;
    },

    list: (limit: number) => payouts.batches(limit),

    /** The same bytes each time, but for what has ended since: it is not to be sent again. */
    async file(id: string): Promise<string> {
      await found(id);
      const open = (await payouts.payoutsOfBatch(id)).filter(({ status }) => status === 'sent');
      const opened = await destinations.open(open.map(({ destinationId }) => destinationId));
      return bankFile(
        open.map(({ id: payoutId, destinationId, amountMinor, currency }) => {
          const destination = opened.get(destinationId)!;
          return { payoutId, destination, amountMinor, currency };
        }),
      );
    },

    /** Records all lines, or none when one of them cannot be; a line that is so already stays so. */
    async confirm(
      id: string,
      lines: readonly ConfirmedLine[],
      by: string,
    ): Promise<readonly Payout[]> {
      await found(id);
      const byId = new Map((await payouts.payoutsOfBatch(id)).map((payout) => [payout.id, payout]));
      for (const line of lines) check(byId.get(line.payoutId), line, by);
      for (const { payoutId, result, reason, reference } of lines) {
        const failure = result === 'returned' ? (reason ?? 'returned') : null;
        await commands.settle(payoutId, { status: result, reference, failure, settledBy: by });
      }
      return payouts.findAll(lines.map(({ payoutId }) => payoutId));
    },
  };
};

export type BatchCommands = ReturnType<typeof createBatchCommands>;
