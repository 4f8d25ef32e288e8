import { Type } from 'typebox';
import { answerOnce } from '#shared/http/idempotency.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import { currency, idParams, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { Platform } from '#shared/platform/module.ts';
import type { BatchCommands } from '../application/commands/confirm-batch.ts';
import { batchSchema, payoutSchema, toBatchJson, toPayoutJson } from './payout-json.ts';

type Ports = Readonly<{ pool: Platform['pool']; batches: BatchCommands }>;

const tags = ['payments'];
const access = { roles: ['admin'] } as const;
const batchesShown = 100;

export const payoutBatchRoutes =
  ({ pool, batches }: Ports): Routes =>
  async (app) => {
    app.get(
      '/payout-batches',
      {
        config: { access, scope: 'payments:read' },
        schema: {
          operationId: 'listPayoutBatches',
          summary: 'The newest hundred files of payouts for the bank',
          tags,
          response: { 200: Type.Object({ items: Type.Array(batchSchema) }) },
        },
      },
      async (_request, reply) => {
        const found = await batches.list(batchesShown);
        return reply.header('cache-control', 'no-store').send({ items: found.map(toBatchJson) });
      },
    );

    app.post(
      '/payout-batches',
      {
        config: { access, isStepUp: true },
        schema: {
          operationId: 'createPayoutBatch',
          summary: 'Puts every payout that waits for a bank into one file; your own are left out',
          tags,
          body: strict({ currency }),
          response: { 201: batchSchema },
        },
      },
      async (request, reply) => {
        const { id: by } = requirePrincipal(request);
        return answerOnce(pool, request, reply, { forever: true }, async ({ id }) => {
          const batch = await batches.make(id, request.body.currency, by);
          return {
            status: 201,
            headers: { location: `/api/v1/payout-batches/${id}` },
            body: JSON.stringify(toBatchJson(batch)),
          };
        });
      },
    );

    app.get(
      '/payout-batches/:id',
      {
        config: { access, scope: 'payments:read' },
        schema: {
          operationId: 'getPayoutBatch',
          summary: 'A file of payouts: how many and how much',
          tags,
          params: idParams,
          response: { 200: batchSchema },
        },
      },
      async (request, reply) => {
        const batch = await batches.find(request.params.id);
        return reply.header('cache-control', 'no-store').send(toBatchJson(batch));
      },
    );

    app.get(
      '/payout-batches/:id/file',
      {
        config: { access, isStepUp: true },
        schema: {
          operationId: 'getPayoutBatchFile',
          summary: 'The file for the bank: CSV in UTF-8, of what has not ended yet',
          tags,
          params: idParams,
          response: { 200: { description: 'CSV', content: { 'text/csv': { schema: {} } } } },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const file = await batches.file(id);
        return reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="payouts-${id}.csv"`)
          .header('cache-control', 'no-store')
          .send(file);
      },
    );

    app.post(
      '/payout-batches/:id/confirm',
      {
        config: { access, isStepUp: true },
        schema: {
          operationId: 'confirmPayoutBatch',
          summary: 'Says what the bank did with lines of the file; again changes nothing',
          tags,
          params: idParams,
          body: strict({
            lines: Type.Array(
              strict({
                payout_id: uuid,
                result: Type.Union([Type.Literal('paid'), Type.Literal('returned')]),
                reason: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
                reference: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
              }),
              { minItems: 1, maxItems: 1_000 },
            ),
          }),
          response: { 200: Type.Object({ items: Type.Array(payoutSchema) }) },
        },
      },
      async (request, reply) => {
        const { id: by } = requirePrincipal(request);
        return answerOnce(pool, request, reply, { forever: true }, async () => {
          const lines = request.body.lines.map(({ payout_id: payoutId, ...line }) => ({
            payoutId,
            result: line.result,
            reason: line.reason ?? null,
            reference: line.reference ?? null,
          }));
          const changed = await batches.confirm(request.params.id, lines, by);
          return { status: 200, body: JSON.stringify({ items: changed.map(toPayoutJson) }) };
        });
      },
    );
  };
