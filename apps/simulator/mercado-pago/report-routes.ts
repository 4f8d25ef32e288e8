import type { FastifyInstance } from 'fastify';
import { toDecimal } from './amounts.ts';
import { ApiFault } from './api-fault.ts';
import type { Parts } from './api-routes.ts';
import type { Payment, Report, Withdrawal } from './records.ts';

const path = '/v1/account/settlement_report';
const columns =
  'EXTERNAL_REFERENCE,SOURCE_ID,TRANSACTION_TYPE,TRANSACTION_AMOUNT,TRANSACTION_CURRENCY,TRANSACTION_DATE';

/** Reports of what moved on the account: made when they are asked for, ready a moment later. */
export const addReportRoutes = (
  app: FastifyInstance,
  { books, sellers }: Pick<Parts, 'books' | 'sellers'>,
): void => {
  const fileOf = ({ id }: Report): string => `settlement-report-${id}.csv`;
  const rowOf = (one: Withdrawal): readonly string[] => [
    one.externalReference,
    one.sourceId,
    one.type,
    `${one.type === 'WITHDRAWAL_CANCEL' ? '' : '-'}${toDecimal(one.amount)}`,
    one.currency,
    one.createdAt,
  ];
  const rowOfPayment = (one: Payment): readonly string[] => [
    one.externalReference ?? '',
    one.id,
    'SETTLEMENT',
    toDecimal(one.amount),
    one.currency,
    one.approvedAt!,
  ];

  app.get(`${path}/list`, { config: { call: 'list_reports' } }, async (request) => {
    sellers.authenticate(request.headers.authorization);
    return books.all('report').map((report) => {
      const ready = { ...report, isReady: true };
      if (!report.isReady) books.commit(['report', ready]);
      return {
        id: Number(report.id),
        begin_date: report.from,
        end_date: report.to,
        file_name: report.isReady ? fileOf(report) : null,
        created_from: 'manual',
        status: report.isReady ? 'enabled' : 'pending',
      };
    });
  });

  app.post(path, { config: { call: 'request_report' } }, async (request, reply) => {
    sellers.authenticate(request.headers.authorization);
    const { begin_date: from, end_date: to } = request.body as Record<string, unknown>;
    if (typeof from !== 'string' || typeof to !== 'string' || !(Date.parse(from) < Date.parse(to)))
      throw new ApiFault(400, null, 'begin_date and end_date are no period');
    const made = { id: String(books.nextNumber()), from, to, isReady: false };
    books.commit(['report', made]);
    return reply.code(202).send({ id: Number(made.id), status: 'pending' });
  });

  app.get<{ Params: { name: string } }>(
    `${path}/:name`,
    { config: { call: 'get_report' } },
    async ({ params, headers }, reply) => {
      sellers.authenticate(headers.authorization);
      const report = books.all('report').find((one) => one.isReady && fileOf(one) === params.name);
      if (!report) throw new ApiFault(404, null, 'not_found');
      const isIn = (at: string | null): boolean =>
        at !== null &&
        Date.parse(at) >= Date.parse(report.from) &&
        Date.parse(at) < Date.parse(report.to);
      const rows = [
        ...books
          .all('payment')
          .filter((one) => isIn(one.approvedAt))
          .map(rowOfPayment),
        ...books
          .all('withdrawal')
          .filter((one) => isIn(one.createdAt))
          .map(rowOf),
      ];
      const text = [columns, ...rows.map((row) => row.join(','))].join('\n');
      return reply.type('text/csv; charset=utf-8').send(`${text}\n`);
    },
  );
};
