import { staffActed } from '../staff-acted.ts';

/** One of the staff changed something of payments. */
export const staffActedV1 = staffActed('payments');
