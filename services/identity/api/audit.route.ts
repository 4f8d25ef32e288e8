import { Type } from 'typebox';
import { decodeCursor, encodeCursor } from '#shared/http/cursor.ts';
import { instant, page, pageQuery, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { AuditEntry, AuditFilter } from '../application/audit.ts';
import type { AuditReport, VerifyAuditLogQuery } from '../application/queries/verify-audit-log.ts';
import { problems, tags } from './schemas.ts';

const config = { access: { roles: ['admin'] } } as const;
const nullable = <T extends ReturnType<typeof Type.String>>(schema: T) =>
  Type.Union([schema, Type.Null()]);

const entry = Type.Object({
  id: uuid,
  at: instant,
  type: Type.String({ examples: ['LoggedIn', 'RoleGranted', 'StaffActed'] }),
  account_id: nullable(uuid),
  actor_id: nullable(uuid),
  detail: nullable(Type.String({ description: 'a role, a purpose, or the operation of an act' })),
  ip: Type.String(),
  user_agent: nullable(Type.String()),
  act: Type.Union([Type.Object({}, { additionalProperties: true }), Type.Null()], {
    description: 'of acts of staff: context, path, request, before, after; without secrets',
  }),
  is_sealed: Type.Boolean({ description: 'in the chain of hashes; takes a second or two' }),
});

const toAnswer = (one: AuditEntry) => ({
  id: one.id,
  at: one.at,
  type: one.type,
  account_id: one.accountId,
  actor_id: one.actorId,
  detail: one.detail,
  ip: one.ip,
  user_agent: one.userAgent,
  act: one.act,
  is_sealed: one.isSealed,
});

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isUuid = (value: unknown): boolean => typeof value === 'string' && uuidPattern.test(value);

const listSchema = {
  operationId: 'listAuditEntries',
  tags,
  summary: 'Sign-ins, changes of accounts and acts of staff, newest first',
  querystring: strict({
    ...pageQuery,
    account_id: Type.Optional(uuid),
    actor_id: Type.Optional(uuid),
    type: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    from: Type.Optional(instant),
    to: Type.Optional(instant),
  }),
  response: { 200: page(entry), ...problems },
};

const linkPattern = '^[1-9][0-9]{0,17}:[0-9a-f]{64}$';
const verifySchema = {
  operationId: 'verifyAuditLog',
  tags,
  summary: 'Checks the chain of hashes over the whole audit log',
  querystring: strict({
    head: Type.Optional(
      Type.String({ pattern: linkPattern, description: 'a head that was noted earlier' }),
    ),
  }),
  response: {
    200: Type.Object({
      is_sound: Type.Boolean(),
      links: Type.Integer(),
      waiting: Type.Integer({ description: 'entries that are not sealed yet' }),
      erased: Type.Integer({ description: 'entries whose personal part was erased' }),
      pruned: Type.Integer({ description: 'entries that went with their age' }),
      head: Type.Union([Type.String({ pattern: linkPattern }), Type.Null()]),
      findings: Type.Array(
        Type.Object({
          fault: Type.String(),
          seq: nullable(Type.String()),
          entry_id: nullable(Type.String()),
        }),
      ),
    }),
    ...problems,
  },
};

const toReport = ({ isSound, head, findings, ...sums }: AuditReport) => ({
  is_sound: isSound,
  ...sums,
  head: head && `${head.seq}:${head.hash}`,
  findings: findings.map(({ fault, seq, entryId }) => ({ fault, seq, entry_id: entryId })),
});

export const auditRoutes =
  (
    handlers: Readonly<{
      listAudit: (filter: AuditFilter) => Promise<readonly AuditEntry[]>;
      verifyAudit: VerifyAuditLogQuery;
    }>,
  ): Routes =>
  async (app) => {
    app.get('/admin/audit', { config, schema: listSchema }, async (request) => {
      const {
        limit = 20,
        cursor,
        account_id: accountId,
        actor_id: actorId,
        ...rest
      } = request.query;
      const [beforeId] = cursor ? decodeCursor(cursor, [isUuid]) : [];
      const found = await handlers.listAudit({
        limit: limit + 1,
        ...(accountId === undefined ? {} : { accountId }),
        ...(actorId === undefined ? {} : { actorId }),
        ...(rest.type === undefined ? {} : { type: rest.type }),
        ...(rest.from === undefined ? {} : { from: new Date(rest.from) }),
        ...(rest.to === undefined ? {} : { to: new Date(rest.to) }),
        ...(beforeId === undefined ? {} : { beforeId: String(beforeId) }),
      });
      const items = found.slice(0, limit);
      return {
        items: items.map(toAnswer),
        next_cursor: found.length > limit ? encodeCursor([items.at(-1)!.id]) : null,
      };
    });

    app.get('/admin/audit/verify', { config, schema: verifySchema }, async (request) => {
      const [seq, hash] = request.query.head?.split(':') ?? [];
      return toReport(await handlers.verifyAudit(seq && hash ? { seq, hash } : undefined));
    });
  };
