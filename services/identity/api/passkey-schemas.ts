import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { strict } from '#shared/http/schemas.ts';
import type { RelyingParty } from '../application/second-factor-ports.ts';

/** What a browser's `PublicKeyCredential.toJSON` gives, in the words of WebAuthn. */
const bytes = (maxLength: number) =>
  Type.String({ pattern: '^[A-Za-z0-9_-]*$', maxLength, description: 'base 64 url' });
const credentialId = Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: 1_364 });
const outer = {
  id: credentialId,
  rawId: credentialId,
  type: Type.Literal('public-key'),
  authenticatorAttachment: Type.Optional(Type.Union([Type.String({ maxLength: 40 }), Type.Null()])),
  clientExtensionResults: Type.Optional(Type.Object({}, { additionalProperties: true })),
};

export const assertion = strict({
  ...outer,
  response: strict({
    clientDataJSON: bytes(4_096),
    authenticatorData: bytes(4_096),
    signature: bytes(2_048),
    userHandle: Type.Optional(Type.Union([bytes(88), Type.Null()])),
  }),
});

export const registration = strict({
  ...outer,
  response: strict({
    clientDataJSON: bytes(4_096),
    attestationObject: bytes(65_536),
    transports: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 10 })),
    authenticatorData: Type.Optional(bytes(8_192)),
    publicKey: Type.Optional(Type.Union([bytes(8_192), Type.Null()])),
    publicKeyAlgorithm: Type.Optional(Type.Integer()),
  }),
});

const descriptor = Type.Object({
  id: Type.String(),
  type: Type.Literal('public-key'),
  transports: Type.Array(Type.String()),
});

/** For `PublicKeyCredential.parseRequestOptionsFromJSON`. */
export const requestOptions = Type.Object({
  challenge: Type.String(),
  timeout: Type.Integer({ description: 'milliseconds' }),
  rpId: Type.String(),
  userVerification: Type.Literal('required'),
  allowCredentials: Type.Optional(Type.Array(descriptor)),
});

/** For `PublicKeyCredential.parseCreationOptionsFromJSON`. */
export const creationOptions = Type.Object({
  rp: Type.Object({ id: Type.String(), name: Type.String() }),
  user: Type.Object({ id: Type.String(), name: Type.String(), displayName: Type.String() }),
  challenge: Type.String(),
  pubKeyCredParams: Type.Array(
    Type.Object({ type: Type.Literal('public-key'), alg: Type.Integer() }),
  ),
  timeout: Type.Integer({ description: 'milliseconds' }),
  attestation: Type.Literal('none'),
  excludeCredentials: Type.Array(descriptor),
  authenticatorSelection: Type.Object({
    residentKey: Type.Literal('required'),
    requireResidentKey: Type.Boolean(),
    userVerification: Type.Literal('required'),
  }),
});

/** By the port on which the request came in: a busy one gave way to the next. */
export type PartyOf = (listeningPort: number | undefined) => RelyingParty;

/** Not by any header: those are the client's word. */
export const partyOf = (of: PartyOf, request: FastifyRequest): RelyingParty =>
  of(request.socket.localPort);
