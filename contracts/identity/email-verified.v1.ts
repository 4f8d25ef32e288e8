import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/** The holder of an account has proven its e-mail address. */
export const emailVerifiedV1 = Type.Object(
  {
    accountId: id,
    email: Type.String(),
    verifiedAt: instant,
  },
  { $id: 'identity.email-verified.v1' },
);
export type EmailVerifiedV1 = Static<typeof emailVerifiedV1>;
