import { staffActed } from '../staff-acted.ts';

/** One of the staff changed something of identity. */
export const staffActedV1 = staffActed('identity');
