import { staffActed } from '../staff-acted.ts';

/** One of the staff changed something of orders. */
export const staffActedV1 = staffActed('orders');
