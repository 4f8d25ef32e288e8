import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/** An account is closed for good: nobody signs in, and each context forgets who it was. */
export const accountErasedV1 = Type.Object(
  {
    erasureId: id,
    accountId: id,
    erasedAt: instant,
  },
  { $id: 'identity.account-erased.v1' },
);
export type AccountErasedV1 = Static<typeof accountErasedV1>;
