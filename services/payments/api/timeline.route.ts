import { Type } from 'typebox';
import { httpError } from '#shared/http/errors.ts';
import { preferredLanguage, type Language } from '#shared/kernel/preferred-language.ts';
import { hasRole, requirePrincipal } from '#shared/http/principal.ts';
import { amount, currency, instant, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { moneyText } from '#shared/kernel/money-text.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { ReadTimeline, TimelineSubject } from '../application/queries/read-timeline.ts';
import { sentenceOf } from './timeline-messages.ts';

const schema = {
  operationId: 'getMoneyTimeline',
  summary: 'What happened to the money of an order or a job, in words, as of any date',
  description:
    'The buyer sees what was paid and came back, a seller its own lines, staff every line. ' +
    '`code` and `params` stay the same in every language; `text` follows `Accept-Language`.',
  tags: ['payments'],
  querystring: strict({
    order_id: Type.Optional(uuid),
    job_id: Type.Optional(uuid),
    as_of: Type.Optional(instant),
  }),
  response: {
    200: Type.Object({
      as_of: instant,
      items: Type.Array(
        Type.Object({
          at: instant,
          code: Type.String({ examples: ['capture', 'refund'] }),
          params: Type.Object({ amount, currency }),
          text: Type.String(),
          entry_id: uuid,
          changes: Type.Array(Type.Object({ account: Type.String(), amount })),
        }),
      ),
    }),
  },
};

/** One of both, never both. */
const subjectOf = (query: { order_id?: string; job_id?: string }): TimelineSubject => {
  const { order_id: orderId, job_id: jobId } = query;
  if (orderId !== undefined && jobId === undefined) return { orderId };
  if (jobId !== undefined && orderId === undefined) return { jobId };
  const detail = 'one of order_id and job_id is needed';
  const errors = [{ pointer: '#/querystring/order_id', code: 'one_of', detail }];
  throw httpError('validation', { errors });
};

export const timelineRoute =
  (
    readTimeline: ReadTimeline,
    {
      clock,
      language,
      shopCurrency,
    }: Readonly<{
      clock: () => Date;
      /** For whoever asks for none of ours. */
      language: Language;
      shopCurrency: string;
    }>,
  ): Routes =>
  async (app) => {
    app.get(
      '/payments/timeline',
      { config: { access: 'account', scope: 'payments:read' }, schema },
      async (request, reply) => {
        const subject = subjectOf(request.query);
        const asOf = new Date(request.query.as_of ?? clock());
        const principal = requirePrincipal(request);
        const { viewer, movements } = await readTimeline(subject, asOf, {
          id: principal.id,
          isStaff: hasRole(principal, 'admin', 'support'),
        });
        const chosen = preferredLanguage(request.headers['accept-language'], language);
        reply
          .header('cache-control', 'no-store')
          .header('content-language', chosen)
          .header('vary', 'accept-language');
        return {
          as_of: asOf.toISOString(),
          items: movements.map(({ at, code, amountMinor, currency: of, entryId, changes }) => {
            const json = { amountMinor: amountMinor.toString(), currency: of };
            return {
              at,
              code,
              params: { amount: formatAmount(amountMinor, of), currency: of },
              text: sentenceOf(chosen, viewer, code, moneyText(json, chosen, shopCurrency)),
              entry_id: entryId,
              changes: changes.map(({ account, amountMinor: change }) => ({
                account,
                amount: formatAmount(change, of),
              })),
            };
          }),
        };
      },
    );
  };
