import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/** An account shall be erased. identity alone decides, and answers that it is or why not. */
export const erasureRequestedV1 = Type.Object(
  {
    erasureId: id,
    accountId: id,
    requestedBy: id,
    requestedAt: instant,
  },
  { $id: 'users.erasure-requested.v1' },
);
export type ErasureRequestedV1 = Static<typeof erasureRequestedV1>;
