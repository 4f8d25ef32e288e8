import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/**
 * The work of a job is delivered, or some parts of it; none are named when it is all. From here the
 * buyer's silence counts.
 */
export const jobDeliveredV1 = Type.Object(
  { jobId: id, partIds: Type.Array(Type.String(), { maxItems: 20 }), deliveredAt: instant },
  { $id: 'engagements.job-delivered.v1' },
);
export type JobDeliveredV1 = Static<typeof jobDeliveredV1>;
