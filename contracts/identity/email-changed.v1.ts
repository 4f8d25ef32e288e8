import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/** An account has moved to another e-mail address, which its holder has proven at both ends. */
export const emailChangedV1 = Type.Object(
  {
    accountId: id,
    email: Type.String(),
    changedAt: instant,
  },
  { $id: 'identity.email-changed.v1' },
);
export type EmailChangedV1 = Static<typeof emailChangedV1>;
