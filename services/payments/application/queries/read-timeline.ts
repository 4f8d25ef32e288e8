import { paymentError } from '../../domain/errors.ts';
import { timelineOf, type Movement, type TimelineEntry } from '../../domain/timeline.ts';

export type { Movement };

export type TimelineSubject = Readonly<{ orderId: string } | { jobId: string }>;

export interface Timelines {
  /** Who paid for it, and every entry about it that was recorded before `asOf`, oldest first. */
  find(
    subject: TimelineSubject,
    asOf: Date,
  ): Promise<Readonly<{ buyerIds: readonly string[]; entries: readonly TimelineEntry[] }>>;
}

export type Timeline = Readonly<{
  viewer: 'staff' | 'buyer' | 'seller';
  movements: readonly Movement[];
}>;

export type ReadTimeline = (
  subject: TimelineSubject,
  asOf: Date,
  caller: Readonly<{ id: string; isStaff: boolean }>,
) => Promise<Timeline>;

/** Staff see all of it, the buyer and each seller their own; to everybody else there is nothing. */
export const createReadTimeline =
  (timelines: Timelines): ReadTimeline =>
  async (subject, asOf, { id, isStaff }) => {
    const { buyerIds, entries } = await timelines.find(subject, asOf);
    if (isStaff) return { viewer: 'staff', movements: timelineOf(entries, { is: 'staff' }) };
    if (buyerIds.includes(id))
      return { viewer: 'buyer', movements: timelineOf(entries, { is: 'buyer' }) };
    const movements = timelineOf(entries, { is: 'seller', id });
    if (movements.length === 0) throw paymentError('not_found');
    return { viewer: 'seller', movements };
  };
