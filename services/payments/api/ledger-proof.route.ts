import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { instant, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ExportLedger } from '../application/queries/export-ledger.ts';
import type { LedgerReport, VerifyLedgerQuery } from '../application/queries/verify-ledger.ts';

const tags = ['payments'];
const config = { access: { roles: ['admin'] }, scope: 'ledger:read' } as const;
const linkPattern = '^[1-9][0-9]{0,17}:[0-9a-f]{64}$';
const nullableUuid = Type.Union([uuid, Type.Null()]);

const verifySchema = {
  operationId: 'verifyLedger',
  summary: 'Checks the chain and every rule of the books over all rows',
  tags,
  querystring: strict({
    head: Type.Optional(
      Type.String({ pattern: linkPattern, description: 'a head that was noted earlier' }),
    ),
  }),
  response: {
    200: Type.Object({
      is_sound: Type.Boolean(),
      entry_count: Type.Integer(),
      link_count: Type.Integer(),
      waiting: Type.Integer({ description: 'entries that are not in the chain yet' }),
      head: Type.Union([Type.String({ pattern: linkPattern }), Type.Null()]),
      first_broken_entry: nullableUuid,
      faults: Type.Array(Type.String()),
      findings: Type.Array(
        Type.Object({ rule: Type.String(), entry_id: nullableUuid, detail: Type.String() }),
      ),
    }),
  },
};

const toReport = (report: LedgerReport) => ({
  is_sound: report.isSound,
  entry_count: report.entries,
  link_count: report.links,
  waiting: report.waiting,
  head: report.head && `${report.head.seq}:${report.head.hash}`,
  first_broken_entry: report.firstBroken,
  faults: report.findings.map(({ text }) => text),
  findings: report.findings.map(({ rule, entryId, text }) => ({
    rule,
    entry_id: entryId,
    detail: text,
  })),
});

const exportSchema = {
  operationId: 'exportLedger',
  summary: 'The books as CSV, or as JSON that the installation signs',
  description:
    'The last line of the JSON is a compact JWS (EdDSA) with the SHA-256 of all bytes before it; ' +
    '`plaza ledger verify-export` checks it with the key of `/ledger/export-key`.',
  tags,
  querystring: strict({
    format: Type.Optional(
      Type.Union([Type.Literal('csv'), Type.Literal('json')], { default: 'json' }),
    ),
    from: Type.Optional(instant),
    to: Type.Optional(instant),
  }),
  response: {
    200: {
      description: 'CSV or JSON',
      content: { 'text/csv': { schema: {} }, 'application/json': { schema: {} } },
    },
  },
};

const keySchema = {
  operationId: 'getLedgerExportKey',
  summary: 'The public key of signed exports, as a JWK',
  tags,
  response: { 200: Type.Object({}, { additionalProperties: true }) },
};

export const ledgerProofRoutes =
  (
    handlers: Readonly<{
      verifyLedger: VerifyLedgerQuery;
      exportLedger: ExportLedger;
      exportKey: () => Promise<Readonly<Record<string, unknown>>>;
    }>,
  ): Routes =>
  async (app) => {
    app.get('/ledger/verify', { config, schema: verifySchema }, async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const [seq, hash] = request.query.head?.split(':') ?? [];
      return toReport(await handlers.verifyLedger(seq && hash ? { seq, hash } : undefined));
    });

    app.get('/ledger/export', { config, schema: exportSchema }, (request, reply) => {
      const { format = 'json', from, to } = request.query;
      const range = {
        ...(from === undefined ? {} : { from: new Date(from) }),
        ...(to === undefined ? {} : { to: new Date(to) }),
      };
      const type = format === 'csv' ? 'text/csv' : 'application/json';
      reply
        .header('content-type', `${type}; charset=utf-8`)
        .header('content-disposition', `attachment; filename="ledger.${format}"`)
        .header('cache-control', 'no-store');
      return reply.send(Readable.from(handlers.exportLedger[format](range)));
    });

    app.get(
      '/ledger/export-key',
      { config: { access: 'public' }, schema: keySchema },
      async (_request, reply) => {
        reply.header('cache-control', 'public, max-age=300');
        return handlers.exportKey();
      },
    );
  };
