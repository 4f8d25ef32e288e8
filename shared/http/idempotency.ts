import { createHash, randomUUIDv7 } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { DomainError } from '../kernel/errors.ts';
import { httpError } from './errors.ts';
import { requirePrincipal } from './principal.ts';

/** What a repeated request answers: the same bytes as the first. */
export type IdempotentAnswer = Readonly<{
  status: number;
  body: string;
  headers?: Readonly<Record<string, string>>;
}>;

/**
 * The one operation behind a request and its repetitions. `id` never changes for a key, so it is
 * the id of what the operation makes. `isResumed`: an earlier try of it died half-way, so part of
 * its work may be there.
 */
export type Operation = Readonly<{ id: string; isResumed: boolean }>;

type Row = Readonly<{
  fingerprint: Buffer;
  operation_id: string;
  status: number | null;
  headers: Record<string, string> | null;
  body: string | null;
  /** When this try took the key: who takes it over has a later one. As text, to the microsecond. */
  lease: string;
  is_new: boolean;
  is_taken_over: boolean;
}>;

/** A first try that has not ended after this long is dead: the next one takes over. */
const leaseSeconds = 30;
const keyPattern = /^[\x21-\x7e]{1,255}$/;

/**
 * One round trip: takes the key, or takes over a dead try, or reads what is there. Taking it need not
 * wait for the disk: nothing is answered before the work has stored something here, which comes later
 * in the same log.
 */
const beginSql = `
  with taken as (
    insert into idempotency_keys as k (principal, route, key, fingerprint, operation_id, forever)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (principal, route, key) do update set started_at = now()
      where k.status is null and k.fingerprint = excluded.fingerprint
        and k.started_at < now() - interval '${leaseSeconds} seconds'
    returning *, (xmax = 0) as is_new, set_config('synchronous_commit', 'off', true)
  )
  select fingerprint, operation_id, status, headers, body, started_at::text as lease, is_new,
    not is_new as is_taken_over from taken
  union all
  select fingerprint, operation_id, status, headers, body, '', false, false from idempotency_keys
  where principal = $1 and route = $2 and key = $3 and not exists (select from taken)`;
const finishSql = `update idempotency_keys set status = $4, headers = $5, body = $6
  where principal = $1 and route = $2 and key = $3 and status is null`;
/** Only its own lease: one that was taken over is another try's to end. */
const ownLease =
  'principal = $1 and route = $2 and key = $3 and status is null and started_at = $4::timestamptz';
const releaseSql = `delete from idempotency_keys where ${ownLease}`;
const abandonSql = `update idempotency_keys
  set started_at = now() - interval '${leaseSeconds + 1} seconds' where ${ownLease}`;

/** Equal for bodies that mean the same: keys in any order. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`);
  return `{${members.join(',')}}`;
};

/** SHA-256 over path parameters and canonical body. */
export const fingerprintOf = (params: unknown, body: unknown): Buffer =>
  createHash('sha256')
    .update(`${canonical(params)}\n${canonical(body)}`)
    .digest();

/**
 * Runs `work` once for an `Idempotency-Key` and gives its first answer, byte for byte, to every
 * repetition. Without the header it just runs. A refusal of `work` is not stored: nothing happened,
 * and the same key may be tried again.
 * After a failure that is no refusal, part of the work may be there: the next try has the same id.
 */
export const answerOnce = async (
  pool: Pool,
  request: FastifyRequest,
  reply: FastifyReply,
  options: Readonly<{
    /** Kept for ever: captures, refunds, payouts. Others are kept a day. */
    forever?: boolean;
    /** Stands for the body in the stored fingerprint, when the body holds what no row may. */
    fingerprintBody?: unknown;
    /** Whose keys these are, for a caller without an account; a hash of what they show. */
    caller?: string;
    /** Headers of every answer, first and repeated, that no row may keep: secrets. */
    secretHeadersOf?: (answer: IdempotentAnswer) => Readonly<Record<string, string>>;
  }>,
  work: (operation: Operation) => Promise<IdempotentAnswer>,
): Promise<FastifyReply> => {
  const key = request.headers['idempotency-key'];
  const send = (answer: IdempotentAnswer, isReplayed: boolean): FastifyReply => {
    reply.headers(answer.status < 300 ? (options.secretHeadersOf?.(answer) ?? {}) : {});
    return sendAnswer(reply, answer, isReplayed);
  };
  if (key === undefined) return send(await work({ id: randomUUIDv7(), isResumed: false }), false);
  if (typeof key !== 'string' || !keyPattern.test(key)) throw httpError('idempotency_key_invalid');

  const route = `${request.method} ${request.routeOptions.url}`;
  const where = [options.caller ?? requirePrincipal(request).id, route, key];
  const fingerprint = fingerprintOf(request.params, options.fingerprintBody ?? request.body);
  const { rows } = await pool.query<Row>({
    name: 'idempotency-begin',
    text: beginSql,
    values: [...where, fingerprint, randomUUIDv7(), options.forever ?? false],
  });
  const [row] = rows;
  // No row: the first try was released between the two halves of the statement.
  if (!row) throw httpError('idempotency_in_progress', { retryAfterSeconds: 1 });
  if (!row.fingerprint.equals(fingerprint)) throw httpError('idempotency_key_reused');
  if (row.status !== null) {
    const { status, body, headers } = row;
    return send({ status, body: body ?? '', headers: headers ?? {} }, true);
  }
  if (!row.is_new && !row.is_taken_over)
    throw httpError('idempotency_in_progress', { retryAfterSeconds: 1 });

  let answer: IdempotentAnswer;
  try {
    answer = await work({ id: row.operation_id, isResumed: row.is_taken_over });
  } catch (error) {
    const isRefusal = error instanceof DomainError;
    await pool
      .query({
        name: isRefusal ? 'idempotency-release' : 'idempotency-abandon',
        text: isRefusal ? releaseSql : abandonSql,
        values: [...where, row.lease],
      })
      .catch(() => {});
    throw error;
  }
  await pool.query({
    name: 'idempotency-finish',
    text: finishSql,
    values: [...where, answer.status, answer.headers ?? {}, answer.body],
  });
  return send(answer, false);
};

const sendAnswer = (
  reply: FastifyReply,
  answer: IdempotentAnswer,
  isReplayed: boolean,
): FastifyReply => {
  if (isReplayed) reply.header('idempotent-replayed', 'true');
  const isProblem = answer.status >= 400;
  return reply
    .code(answer.status)
    .headers(answer.headers ?? {})
    .type(isProblem ? 'application/problem+json; charset=utf-8' : 'application/json; charset=utf-8')
    .send(answer.body);
};
