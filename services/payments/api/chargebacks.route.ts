import { Type } from 'typebox';
import { idOfCursor, pageById } from '#shared/http/page-by-id.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import {
  amount,
  currency,
  idParams,
  instant,
  page,
  pageQuery,
  strict,
  uuid,
} from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { paymentError } from '../application/errors.ts';
import type { ChargebackView } from '../application/queries/read-payments.ts';
import type { Chargebacks, PaymentAlerts, RaisedAlert } from '../application/provider-ports.ts';

const tags = ['payments'];
const access = { roles: ['admin', 'support'] } as const;
const orNull = <T>(schema: T) =>
  Type.Union([schema as ReturnType<typeof Type.String>, Type.Null()]);

const chargebackSchema = Type.Object({
  id: uuid,
  payment_id: uuid,
  order_id: orNull(uuid),
  job_id: orNull(uuid),
  provider: Type.String(),
  provider_reference: orNull(Type.String()),
  charge_reference: Type.String(),
  amount,
  frozen_amount: amount,
  currency,
  status: Type.String(),
  is_coverage_eligible: Type.Union([Type.Boolean(), Type.Null()]),
  documentation_status: orNull(Type.String()),
  documentation_deadline: orNull(instant),
  opened_at: instant,
  closed_at: orNull(instant),
});

const toChargebackJson = (chargeback: ChargebackView) => {
  const format = (minor: bigint): string => formatAmount(minor, chargeback.amount.currency);
  return {
    id: chargeback.id,
    payment_id: chargeback.paymentId,
    order_id: chargeback.orderId,
    job_id: chargeback.jobId,
    provider: chargeback.provider,
    provider_reference: chargeback.reference,
    charge_reference: chargeback.chargeReference,
    amount: format(chargeback.amount.amountMinor),
    frozen_amount: format(chargeback.frozenMinor),
    currency: chargeback.amount.currency,
    status: chargeback.status,
    is_coverage_eligible: chargeback.isCoverageEligible,
    documentation_status: chargeback.documentationStatus,
    documentation_deadline: chargeback.documentationDeadline,
    opened_at: chargeback.openedAt,
    closed_at: chargeback.closedAt,
  };
};

export const chargebackRoutes =
  (chargebacks: Chargebacks): Routes =>
  async (app) => {
    app.get(
      '/chargebacks',
      {
        config: { access, scope: 'payments:read' },
        schema: {
          operationId: 'listChargebacks',
          summary: 'Payments that buyers dispute at their bank, newest first',
          tags,
          querystring: strict(pageQuery),
          response: { 200: page(chargebackSchema) },
        },
      },
      async (request, reply) => {
        const { limit = 20, cursor } = request.query;
        const afterId = idOfCursor(cursor);
        const found = await chargebacks.list({
          limit: limit + 1,
          ...(afterId ? { afterId } : {}),
        });
        return reply
          .header('cache-control', 'no-store')
          .send(pageById(found, limit, toChargebackJson));
      },
    );

    app.get(
      '/chargebacks/:id',
      {
        config: { access, scope: 'payments:read' },
        schema: {
          operationId: 'getChargeback',
          summary: 'A disputed payment, with the deadline for documents',
          tags,
          params: idParams,
          response: { 200: chargebackSchema },
        },
      },
      async (request, reply) => {
        const chargeback = await chargebacks.find(request.params.id);
        if (!chargeback) throw paymentError('chargeback_not_found');
        return reply.header('cache-control', 'no-store').send(toChargebackJson(chargeback));
      },
    );
  };

const alertSchema = Type.Object({
  id: uuid,
  provider: Type.String(),
  kind: Type.String(),
  subject: Type.String(),
  payment_id: orNull(uuid),
  detail: Type.Record(Type.String(), Type.Unknown()),
  raised_at: instant,
  resolved_at: orNull(instant),
});

const toAlertJson = (alert: RaisedAlert) => ({
  id: alert.id,
  provider: alert.provider,
  kind: alert.kind,
  subject: alert.subject,
  payment_id: alert.paymentId,
  detail: { ...alert.detail },
  raised_at: alert.raisedAt,
  resolved_at: alert.resolvedAt,
});

/** What a person has to look at, with its age. */
export const paymentAlertRoutes =
  (alerts: PaymentAlerts): Routes =>
  async (app) => {
    app.get(
      '/payments/alerts',
      {
        config: { access, scope: 'payments:read' },
        schema: {
          operationId: 'listPaymentAlerts',
          summary: 'What a person has to look at, oldest first',
          tags,
          querystring: strict({ ...pageQuery, is_open: Type.Optional(Type.Boolean()) }),
          response: { 200: page(alertSchema) },
        },
      },
      async (request, reply) => {
        const { limit = 20, cursor, is_open: isOpen = true } = request.query;
        const afterId = idOfCursor(cursor);
        const found = await alerts.list({
          isOpen,
          limit: limit + 1,
          ...(afterId ? { afterId } : {}),
        });
        return reply.header('cache-control', 'no-store').send(pageById(found, limit, toAlertJson));
      },
    );

    app.post(
      '/payments/alerts/:id/resolve',
      {
        config: { access, scope: 'payments:write' },
        schema: {
          operationId: 'resolvePaymentAlert',
          summary: 'Says that somebody has looked at it',
          tags,
          params: idParams,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        const { id: by } = requirePrincipal(request);
        if (!(await alerts.resolve(request.params.id, by))) throw paymentError('alert_not_found');
        return reply.code(204).send(null);
      },
    );
  };
