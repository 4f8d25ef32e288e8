import { staffActed } from '../staff-acted.ts';

/** One of the staff changed something of catalog. */
export const staffActedV1 = staffActed('catalog');
