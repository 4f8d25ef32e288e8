import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/**
 * What lets somebody into an account has changed: they should know, should it not have been them. Once a
 * change; an account that is opened says nothing.
 */
export const securityChangedV1 = Type.Object(
  {
    accountId: id,
    change: Type.Union([
      Type.Literal('password'),
      Type.Literal('email'),
      Type.Literal('factor_added'),
      Type.Literal('factor_removed'),
    ]),
    changedAt: instant,
  },
  { $id: 'identity.security-changed.v1' },
);
export type SecurityChangedV1 = Static<typeof securityChangedV1>;
