import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { FinishedAnswer, PublicAnswers } from '../application/ports.ts';
import { isManager } from './requests.ts';

/**
 * Clients may keep an answer and must ask whether it still holds: a changed price is seen by the
 * next request. Managers get other answers at the same address, hence `vary`.
 */
const headers = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'public, max-age=0, must-revalidate',
  vary: 'authorization',
} as const;

export const sendFinished = (
  request: FastifyRequest,
  reply: FastifyReply,
  { bytes, etag }: FinishedAnswer,
): FastifyReply => {
  reply.headers(headers).header('etag', etag);
  const known = request.headers['if-none-match'];
  if (known !== undefined && isKnown(known, etag)) return reply.code(304).send();
  return reply.send(bytes);
};

/** RFC 9110: weak comparison, any of a list, or any at all. */
const isKnown = (header: string, etag: string): boolean =>
  header === etag ||
  header === '*' ||
  header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);

/**
 * Answers a remembered address before anything of the request but its caller was looked at; `note`
 * hears of it.
 */
export const answerFromMemory =
  (
    answers: PublicAnswers,
    note?: (answer: FinishedAnswer, request: FastifyRequest) => void,
  ): onRequestHookHandler =>
  (request, reply, done) => {
    if (request.principal === null || !isManager(request)) {
      const known = answers.peek(request.url);
      if (known) {
        note?.(known, request);
        sendFinished(request, reply, known);
        return;
      }
    }
    done();
  };
