import { staffActed } from '../staff-acted.ts';

/** One of the staff changed something of users. */
export const staffActedV1 = staffActed('users');
