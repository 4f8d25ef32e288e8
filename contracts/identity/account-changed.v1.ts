import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/**
 * What an account is from now on, whole: published when its e-mail was proven, its roles changed, or
 * it was deactivated or activated. The newer `aggregate_version` counts, in whatever order they come.
 */
export const accountChangedV1 = Type.Object(
  {
    accountId: id,
    email: Type.String(),
    username: Type.String(),
    fullName: Type.Union([Type.String(), Type.Null()]),
    phoneNumber: Type.Union([Type.String(), Type.Null()]),
    language: Type.Union([Type.Literal('es'), Type.Literal('en')]),
    roles: Type.Array(Type.String()),
    status: Type.Union([
      Type.Literal('pending'),
      Type.Literal('active'),
      Type.Literal('deactivated'),
    ]),
    isEmailVerified: Type.Boolean(),
    registeredAt: instant,
    changedAt: instant,
  },
  { $id: 'identity.account-changed.v1' },
);
export type AccountChangedV1 = Static<typeof accountChangedV1>;
