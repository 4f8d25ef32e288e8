import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/** An account stays, since Plaza would be left without an administrator. */
export const erasureRefusedV1 = Type.Object(
  {
    erasureId: id,
    accountId: id,
    reason: Type.Literal('last_admin'),
    refusedAt: instant,
  },
  { $id: 'identity.erasure-refused.v1' },
);
export type ErasureRefusedV1 = Static<typeof erasureRefusedV1>;
