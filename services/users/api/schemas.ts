import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { httpError } from '#shared/http/errors.ts';
import { instant, problem, strict, uuid } from '#shared/http/schemas.ts';
import type { Trace } from '#shared/kernel/trace.ts';
import type { AddressView, UserView } from '../application/ports.ts';

export const tags = ['users'];
export const problems = { '4xx': problem };

export const language = Type.Union([Type.Literal('es'), Type.Literal('en')]);
export const status = Type.Union([
  Type.Literal('pending'),
  Type.Literal('active'),
  Type.Literal('deactivated'),
]);
export const role = Type.Union([
  Type.Literal('customer'),
  Type.Literal('seller'),
  Type.Literal('professional'),
  Type.Literal('support'),
  Type.Literal('admin'),
]);
const text = Type.Union([Type.String(), Type.Null()]);

/** No control characters and nothing that a mail reader makes a link of, as at registration. */
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
export const country = Type.String({
  pattern: '^[A-Z]{2}$',
  description: 'ISO 3166-1',
  examples: ['CO'],
});
export const timeZone = Type.String({ maxLength: 64, examples: ['America/Bogota'] });
export const currency = Type.String({ pattern: '^[A-Z]{3}$', examples: ['COP'] });

export const nullable = <T extends ReturnType<typeof Type.String>>(schema: T) =>
  Type.Optional(Type.Union([schema, Type.Null()]));

/** What somebody may say of themselves; what is not given stays. */
export const profileBody = strict({
  full_name: nullable(fullName),
  phone_number: nullable(phoneNumber),
  language: Type.Optional(language),
});

export const preferencesBody = strict({
  language: Type.Optional(language),
  region: nullable(country),
  time_zone: nullable(timeZone),
  currency: nullable(currency),
});

export const preferences = Type.Object({
  language,
  region: text,
  locale: Type.String({ description: 'language and region together, BCP 47' }),
  time_zone: text,
  currency: text,
});

const avatar = Type.Union([
  Type.Object({ small: Type.String(), medium: Type.String(), large: Type.String() }),
  Type.Null(),
]);

export const user = Type.Object({
  id: uuid,
  username: Type.String(),
  email: Type.String(),
  email_verified: Type.Boolean(),
  full_name: text,
  phone_number: text,
  roles: Type.Array(Type.String()),
  status,
  language,
  region: text,
  time_zone: text,
  currency: text,
  avatar,
  created_at: instant,
  updated_at: instant,
});

export const address = Type.Object({
  id: uuid,
  label: text,
  full_name: Type.String(),
  phone_number: text,
  country: Type.String(),
  fields: Type.Record(Type.String(), Type.String()),
  document: Type.Union([Type.Object({ type: Type.String(), number: Type.String() }), Type.Null()]),
  is_default_shipping: Type.Boolean(),
  is_default_billing: Type.Boolean(),
  created_at: instant,
  updated_at: instant,
});

const avatarUrl = (id: string, size: number): string => `/api/v1/users/avatars/${id}-${size}.webp`;

export const toUserJson = ({ version: _, avatar_id: id, roles, ...view }: UserView) => ({
  ...view,
  roles: [...roles],
  avatar:
    id === null
      ? null
      : { small: avatarUrl(id, 64), medium: avatarUrl(id, 128), large: avatarUrl(id, 512) },
});

export const toPreferencesJson = (view: UserView) => ({
  language: view.language,
  region: view.region,
  locale: view.region === null ? view.language : `${view.language}-${view.region}`,
  time_zone: view.time_zone,
  currency: view.currency,
});

export const toAddressJson = (view: AddressView) => ({ ...view, fields: { ...view.fields } });

type ProfileFields = Readonly<{
  full_name?: string | null | undefined;
  phone_number?: string | null | undefined;
  language?: 'es' | 'en' | undefined;
  region?: string | null | undefined;
  time_zone?: string | null | undefined;
  currency?: string | null | undefined;
}>;

/** Only what was given, in our own names. */
export const changeOf = (body: ProfileFields) => ({
  ...(body.full_name === undefined ? {} : { fullName: body.full_name }),
  ...(body.phone_number === undefined ? {} : { phoneNumber: body.phone_number }),
  ...(body.language === undefined ? {} : { language: body.language }),
  ...(body.region === undefined ? {} : { region: body.region }),
  ...(body.time_zone === undefined ? {} : { timeZone: body.time_zone }),
  ...(body.currency === undefined ? {} : { currency: body.currency }),
});

const traceparentPattern = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

export const traceOf = (request: FastifyRequest): Trace => {
  const { traceparent } = request.headers;
  const isTrace = typeof traceparent === 'string' && traceparentPattern.test(traceparent);
  return { correlationId: request.correlationId, ...(isTrace ? { traceparent } : {}) };
};

export const tagOf = (version: number): string => `"${version}"`;

/** The `If-Match` of an update: undefined when it has none. */
export const versionCheck = (request: FastifyRequest): ((version: number) => void) | undefined => {
  const header = request.headers['if-match'];
  if (header === undefined || header.trim() === '*') return undefined;
  const tags = header.split(',').map((tag) => tag.trim());
  return (version) => {
    if (!tags.includes(tagOf(version))) throw httpError('stale');
  };
};

/** Somebody's own data: no cache keeps it. */
export const keepPrivate = (
  _request: FastifyRequest,
  reply: FastifyReply,
  done: () => void,
): void => {
  reply.header('cache-control', 'private, no-store');
  done();
};
