import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { readAmount } from '#shared/http/amounts.ts';
import { decodeCursor, encodeCursor, isInstant } from '#shared/http/cursor.ts';
import { answerOnce, type Operation } from '#shared/http/idempotency.ts';
import { amountInput, idParams, page, pageQuery, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { isUuid } from '#shared/kernel/ids.ts';
import type { Platform } from '#shared/platform/module.ts';
import type { EscrowCommands } from '../application/commands/resolve-escrow.ts';
import type { EscrowView, ReadEscrows } from '../application/queries/read-escrows.ts';
import { escrowSchema, escrowStatus, toEscrowJson } from './escrow-json.ts';
import { callerOf, tagOf, versionCheck } from './preconditions.ts';

type Ports = Readonly<{
  pool: Platform['pool'];
  commands: EscrowCommands;
  readEscrows: ReadEscrows;
}>;

const tags = ['payments'];
const reason = Type.String({ minLength: 3, maxLength: 500 });
const read = { access: 'account', scope: 'payments:read' } as const;
/** A party's or, for others, that of staff: such an act goes into the audit log. */
const write = { access: 'verified', scope: 'payments:write', isForOthers: true } as const;

export const readEscrowRoutes =
  ({ readEscrows }: Pick<Ports, 'readEscrows'>): Routes =>
  async (app) => {
    app.get(
      '/escrows',
      {
        config: read,
        schema: {
          operationId: 'listEscrows',
          summary: 'What is held for my jobs, or for all to staff, newest first',
          tags,
          querystring: strict({
            ...pageQuery,
            job_id: Type.Optional(uuid),
            status: Type.Optional(escrowStatus),
          }),
          response: { 200: page(escrowSchema) },
        },
      },
      async (request, reply) => {
        const { limit = 20, cursor, job_id: jobId, status } = request.query;
        const caller = callerOf(request);
        const [heldAt, id] = cursor
          ? decodeCursor(cursor, [isInstant, (value) => typeof value === 'string' && isUuid(value)])
          : [];
        const found = await readEscrows.list({
          limit: limit + 1,
          ...(caller.isStaff ? {} : { partyId: caller.id }),
          ...(jobId === undefined ? {} : { jobId }),
          ...(status === undefined ? {} : { status }),
          ...(heldAt && id ? { after: { heldAt: String(heldAt), id: String(id) } } : {}),
        });
        const items = found.slice(0, limit);
        const last = items.at(-1);
        const next = found.length > limit && last ? encodeCursor([last.heldAt, last.id]) : null;
        return reply
          .header('cache-control', 'no-store')
          .send({ items: items.map(toEscrowJson), next_cursor: next });
      },
    );

    app.get(
      '/escrows/:id',
      {
        config: read,
        schema: {
          operationId: 'getEscrow',
          summary: 'One part of a job that is held, to its parties and staff',
          tags,
          params: idParams,
          response: { 200: escrowSchema },
        },
      },
      async (request, reply) => {
        const hold = await readEscrows.read(request.params.id, callerOf(request));
        return reply
          .header('etag', tagOf(hold.version))
          .header('cache-control', 'no-store')
          .send(toEscrowJson(hold));
      },
    );
  };

type Act = (
  request: Parameters<EscrowCommands['release']>[0],
  body: Readonly<{ reason?: string }>,
) => Promise<EscrowView>;

/** Runs one act once for its key, which is kept for ever, on the version that was read. */
const answer = (
  pool: Platform['pool'],
  request: FastifyRequest<{ Params: { id: string } }>,
  reply: FastifyReply,
  act: (request: Parameters<EscrowCommands['release']>[0]) => Promise<EscrowView>,
) => {
  const checkVersion = versionCheck(request);
  return answerOnce(pool, request, reply, { forever: true }, async ({ id }: Operation) => {
    const hold = await act({
      operationId: id,
      escrowId: request.params.id,
      caller: callerOf(request),
      checkVersion,
    });
    return {
      // What waits for another administrator is accepted, and not done.
      status: hold.decision ? 202 : 200,
      headers: { etag: tagOf(hold.version), 'cache-control': 'no-store' },
      body: JSON.stringify(toEscrowJson(hold)),
    };
  });
};

export const changeEscrowRoutes =
  ({ pool, commands }: Pick<Ports, 'pool' | 'commands'>): Routes =>
  async (app) => {
    const response = { 200: escrowSchema, 202: escrowSchema };
    const description =
      'Needs If-Match. 202: so much money waits until another administrator asks for the same.';
    const optionalReason = strict({ reason: Type.Optional(reason) });
    const acts: readonly (readonly [name: string, operationId: string, summary: string, Act])[] = [
      [
        'release',
        'releaseEscrow',
        'The buyer accepts a part, or staff release it, who give a reason',
        (request, body) => commands.release(request, body.reason ?? null),
      ],
      [
        'refund',
        'refundEscrow',
        'The payee gives a part back, or staff do, who give a reason',
        (request, body) => commands.refund(request, body.reason ?? null),
      ],
    ];
    for (const [name, operationId, summary, act] of acts)
      app.post(
        `/escrows/:id/${name}`,
        {
          config: write,
          schema: {
            operationId,
            summary,
            description,
            tags,
            params: idParams,
            body: optionalReason,
            response,
          },
        },
        async (request, reply) =>
          answer(pool, request, reply, (change) => act(change, request.body)),
      );

    app.post(
      '/escrows/:id/dispute',
      {
        config: write,
        schema: {
          operationId: 'disputeEscrow',
          summary: 'A party disputes a part: that part waits until support decides',
          description: 'Needs If-Match.',
          tags,
          params: idParams,
          body: strict({ reason }),
          response: { 200: escrowSchema },
        },
      },
      async (request, reply) =>
        answer(pool, request, reply, (change) => commands.dispute(change, request.body.reason)),
    );

    app.post(
      '/escrows/:id/resolve',
      {
        config: { access: { roles: ['admin', 'support'] }, scope: 'payments:write' },
        schema: {
          operationId: 'resolveEscrow',
          summary: 'Staff end a dispute: release, refund, or both in amounts that are all of it',
          description,
          tags,
          params: idParams,
          body: strict({ release_amount: amountInput, refund_amount: amountInput, reason }),
          response,
        },
      },
      async (request, reply) => {
        const { release_amount: release, refund_amount: refund, reason: why } = request.body;
        const toAmounts = ({ currency }: EscrowView) => ({
          releaseMinor: readAmount(release, currency, '/release_amount'),
          refundMinor: readAmount(refund, currency, '/refund_amount'),
        });
        return answer(pool, request, reply, (change) => commands.decide(change, toAmounts, why));
      },
    );
  };
