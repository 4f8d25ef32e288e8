import { Type, type Static } from 'typebox';

/**
 * A mail of identity is to be sent. Private to identity: no other context subscribes, hence not in
 * contracts/. It names the challenge and nothing else, since what is derived from it is secret.
 */
export const codeRequestedV1 = Type.Object(
  { challengeId: Type.String({ format: 'uuid' }) },
  { $id: 'identity.code-requested.v1' },
);
export type CodeRequestedV1 = Static<typeof codeRequestedV1>;
