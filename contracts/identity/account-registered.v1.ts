import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/**
 * Someone opened an account. Published once an account; the e-mail is not proven yet. Telephone and
 * roles came later: a message of an older release is without them.
 */
export const accountRegisteredV1 = Type.Object(
  {
    accountId: id,
    email: Type.String(),
    username: Type.String(),
    fullName: Type.Union([Type.String(), Type.Null()]),
    phoneNumber: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    language: Type.Union([Type.Literal('es'), Type.Literal('en')]),
    roles: Type.Optional(Type.Array(Type.String())),
    registeredAt: instant,
  },
  { $id: 'identity.account-registered.v1' },
);
export type AccountRegisteredV1 = Static<typeof accountRegisteredV1>;
