import type { Clock } from '#shared/platform/module.ts';
import { DomainError } from '#shared/kernel/errors.ts';
import { nextRun, type PayoutSchedule } from '../../domain/payout.ts';
import type { Payouts } from '../payout-ports.ts';
import type { PayoutCommands } from './pay-out.ts';

/** When payouts are made by themselves; a timer that survives a restart. */
export interface PayoutTimer {
  /** Sets the next run, or none. Keeps one that is set already for the same schedule. */
  keep(schedule: PayoutSchedule, nextAt: Date | null): Promise<void>;
  /** After a run. */
  move(schedule: PayoutSchedule, nextAt: Date): Promise<void>;
}

type Ports = Readonly<{
  payouts: Payouts;
  commands: PayoutCommands;
  timer: PayoutTimer;
  schedule: PayoutSchedule;
  /** The least that is paid out by itself, in minor units. */
  leastOf: (currency: string) => bigint;
  clock: Clock;
  newId: () => string;
  onSkipped: (sellerId: string, error: unknown) => void;
}>;

/** Pays everybody what is due, by the operator's schedule. */
export const createRunPayouts = (ports: Ports) => {
  const { payouts, commands, timer, schedule, leastOf, clock, newId, onSkipped } = ports;
  return {
    /** Called at every start: the timer is the product's and nobody has to set it. */
    keepScheduled: (): Promise<void> =>
      timer.keep(schedule, schedule === 'manual' ? null : nextRun(schedule, clock())),

    /** One run. A run that died half-way is run again and finds only who was not paid. */
    async run(): Promise<void> {
      for (const { sellerId, currency } of await payouts.due(clock())) {
        try {
          await commands.request({
            payoutId: newId(),
            sellerId,
            currency,
            wantedMinor: null,
            leastMinor: leastOf(currency),
            requestedBy: 'schedule',
          });
        } catch (error) {
          // One seller's refusal, such as too little to pay, is no reason to leave out the others.
          if (!(error instanceof DomainError)) throw error;
          onSkipped(sellerId, error);
        }
      }
      if (schedule !== 'manual') await timer.move(schedule, nextRun(schedule, clock()));
    },
  };
};
