import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { problem, uuid } from '#shared/http/schemas.ts';
import type { Circumstances } from '../application/ports.ts';
import type {
  CodeRequired,
  EnrolmentRequired,
  SignedIn,
  SignInOutcome,
} from '../application/signed-in.ts';

export const tags = ['identity'];

export const language = Type.Union([Type.Literal('es'), Type.Literal('en')]);
export const role = Type.Union([
  Type.Literal('customer'),
  Type.Literal('seller'),
  Type.Literal('professional'),
  Type.Literal('support'),
  Type.Literal('admin'),
]);
const nullable = <T extends ReturnType<typeof Type.String>>(schema: T) =>
  Type.Union([schema, Type.Null()]);

/** Checked again in its canonical form; the limits here keep the regular expressions small. */
export const email = Type.String({ minLength: 3, maxLength: 254, examples: ['ana@example.com'] });
export const username = Type.String({ minLength: 3, maxLength: 32, examples: ['ana.restrepo'] });
export const newPassword = Type.String({
  minLength: 8,
  maxLength: 128,
  description: '8 to 128 characters; the passwords that are tried first are refused',
});
/** Of sign-in: what a password may be is not told here. */
export const password = Type.String({ minLength: 1, maxLength: 512 });
/** No control characters and nothing that a mail reader makes a link of. */
export const fullName = Type.String({
  minLength: 1,
  maxLength: 120,
  pattern: '^(?=.*\\S)[^\\p{Cc}<>/\\\\@]+$',
  examples: ['Ana Restrepo'],
});
export const phoneNumber = Type.String({
  pattern: '^\\+[1-9][0-9]{6,14}$',
  description: 'E.164',
  examples: ['+573001234567'],
});
export const code = Type.String({ pattern: '^[0-9]{8}$', examples: ['04815162'] });
export const opaqueToken = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' });

export const accountSummary = Type.Object({
  id: uuid,
  username: Type.String(),
  email: Type.String(),
  email_verified: Type.Boolean(),
  full_name: nullable(Type.String()),
  phone_number: nullable(Type.String()),
  roles: Type.Array(role),
  language,
  created_at: Type.String({ format: 'date-time' }),
});

export const tokens = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('Bearer'),
  expires_in: Type.Integer({ description: 'seconds' }),
  refresh_token: Type.String({ description: 'opaque; works once' }),
  account: Type.Object({
    id: uuid,
    username: Type.String(),
    email: Type.String(),
    roles: Type.Array(role),
    email_verified: Type.Boolean(),
  }),
});

export const toTokens = (signedIn: SignedIn) => {
  const { id, username: name, email: address, roles, isEmailVerified } = signedIn.account;
  return {
    access_token: signedIn.accessToken,
    token_type: 'Bearer' as const,
    expires_in: signedIn.expiresInSeconds,
    refresh_token: signedIn.refreshToken,
    account: {
      id,
      username: name,
      email: address,
      roles: [...roles],
      email_verified: isEmailVerified,
    },
  };
};

/** Names a second step: 128 random bits. */
export const challengeId = Type.String({
  pattern: '^[A-Za-z0-9_-]{22}$',
  examples: ['pZ3kq0Jx7m2TnV4bWc9sLg'],
});

export const secondStepMethod = Type.Union([
  Type.Literal('passkey'),
  Type.Literal('totp'),
  Type.Literal('email'),
  Type.Literal('recovery_code'),
]);

export const codeRequired = Type.Object({
  status: Type.Literal('code_required'),
  challenge_id: challengeId,
  methods: Type.Array(secondStepMethod),
  expires_in: Type.Integer({ description: 'seconds' }),
});

export const enrolmentRequired = Type.Object({
  status: Type.Literal('enrolment_required'),
  enrolment_token: Type.String({ description: 'for adding a second factor, nothing else' }),
  expires_in: Type.Integer({ description: 'seconds' }),
});

export const toCodeRequired = ({ challengeId: id, methods, expiresInSeconds }: CodeRequired) => ({
  status: 'code_required' as const,
  challenge_id: id,
  methods: [...methods],
  expires_in: expiresInSeconds,
});

const toEnrolmentRequired = ({ enrolmentToken, expiresInSeconds }: EnrolmentRequired) => ({
  status: 'enrolment_required' as const,
  enrolment_token: enrolmentToken,
  expires_in: expiresInSeconds,
});

/** A sign-in that no second step can follow. */
export const toTokensOrEnrolment = (outcome: Exclude<SignInOutcome, CodeRequired>) =>
  outcome.status === 'signed_in' ? toTokens(outcome) : toEnrolmentRequired(outcome);

export const toSignInAnswer = (outcome: SignInOutcome) =>
  outcome.status === 'code_required' ? toCodeRequired(outcome) : toTokensOrEnrolment(outcome);

/** The refusals of every route, for its document. */
export const problems = { '4xx': problem };

/** Answers of 202 say the same to everyone. */
export const accepted = Type.Object({ status: Type.Literal('accepted') });

const userAgentMax = 300;
const traceparentPattern = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

export const circumstancesOf = (request: FastifyRequest): Circumstances => {
  const { traceparent } = request.headers;
  const isTrace = typeof traceparent === 'string' && traceparentPattern.test(traceparent);
  return {
    trace: { correlationId: request.correlationId, ...(isTrace ? { traceparent } : {}) },
    actorId: request.principal?.id ?? null,
    ip: request.ip,
    // Header bytes that are no text would not fit in a row.
    userAgent:
      request.headers['user-agent']?.replace(/[^\x20-\x7e]/g, '?').slice(0, userAgentMax) ?? null,
  };
};
