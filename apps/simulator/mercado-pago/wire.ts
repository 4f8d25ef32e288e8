import { toDecimal, toNumber } from './amounts.ts';
import type { Books } from './books.ts';
import type { Desk } from './desk.ts';
import type { Chargeback, Payment, Preference, Refund, Token } from './records.ts';

/** The JSON of the API, as far as somebody reads it. */
export const createWire = ({
  books,
  desk,
  origin,
  siteId,
  applicationId,
  isLive,
}: Readonly<{
  books: Books;
  desk: Desk;
  origin: () => string;
  siteId: string;
  applicationId: string;
  isLive: boolean;
}>) => {
  const refund = (made: Refund): object => ({
    id: Number(made.id),
    payment_id: Number(made.paymentId),
    amount: toNumber(made.amount),
    metadata: {},
    source: { id: '1', name: 'collector', type: 'collector' },
    date_created: made.createdAt,
    refund_mode: 'standard',
    adjustment_amount: 0,
    status: made.status,
    reason: null,
    amount_refunded_to_payer: toNumber(made.amount),
  });

  const payment = (made: Payment): object => {
    const refunded = desk.refundedOf(made.id);
    const isPaid = made.approvedAt !== null;
    const net = made.amount - made.providerFee - made.applicationFee;
    return {
      id: Number(made.id),
      date_created: made.createdAt,
      date_approved: made.approvedAt,
      date_last_updated: made.updatedAt,
      money_release_date: made.approvedAt,
      operation_type: 'regular_payment',
      payment_method_id: made.methodId,
      payment_type_id: made.methodId === 'pse' ? 'bank_transfer' : 'credit_card',
      status: made.status,
      status_detail: made.detail,
      currency_id: made.currency,
      description: made.description,
      live_mode: isLive,
      collector_id: Number(made.collectorId),
      application_id: applicationId,
      external_reference: made.externalReference,
      transaction_amount: toNumber(made.amount),
      transaction_amount_refunded: toNumber(refunded),
      application_fee: toNumber(made.applicationFee),
      captured: made.isCaptured,
      transaction_details: {
        net_received_amount: isPaid ? toNumber(net) : 0,
        total_paid_amount: toNumber(made.amount),
      },
      fee_details: isPaid
        ? [
            { type: 'mercadopago_fee', amount: toNumber(made.providerFee), fee_payer: 'collector' },
            ...(made.applicationFee > 0
              ? [
                  {
                    type: 'application_fee',
                    amount: toNumber(made.applicationFee),
                    fee_payer: 'collector',
                  },
                ]
              : []),
          ]
        : [],
      ...(made.applicationFee > 0
        ? {
            charges_details: [
              {
                name: 'third_payment',
                type: 'fee',
                accounts: { from: 'collector', to: 'marketplace_owner' },
                amounts: {
                  original: toNumber(made.applicationFee),
                  refunded: toNumber(isPaid ? desk.feeRefundedOf(made) : 0),
                },
              },
            ],
          }
        : {}),
      card: { first_six_digits: '503175', last_four_digits: '0604' },
      notification_url: made.notificationUrl,
      ...(made.merchantOrderId === null
        ? {}
        : { order: { id: Number(made.merchantOrderId), type: 'mercadopago' } }),
      refunds: desk.refundsOf(made.id).map(refund),
    };
  };

  const preference = (made: Preference): object => ({
    id: made.id,
    collector_id: Number(made.collectorId),
    client_id: applicationId,
    external_reference: made.externalReference,
    items: made.items.map(({ id, title, quantity, price }) => ({
      id,
      title,
      quantity,
      unit_price: toNumber(price),
      currency_id: made.currency,
    })),
    marketplace_fee: toNumber(made.marketplaceFee),
    notification_url: made.notificationUrl,
    back_urls: made.backUrls,
    auto_return: made.isReturning ? 'approved' : '',
    date_created: made.createdAt,
    init_point: `${origin()}/checkout/${made.id}`,
    sandbox_init_point: `${origin()}/checkout/${made.id}`,
  });

  const merchantOrder = (made: Preference): object => {
    const payments = desk.paymentsOf(made.merchantOrderId);
    const counted = payments.filter(({ status }) => status === 'approved' || status === 'refunded');
    const paid = counted.reduce((sum, { amount }) => sum + amount, 0);
    const refunded = payments.reduce((sum, { id }) => sum + desk.refundedOf(id), 0);
    const isPaid = paid >= made.total;
    const left = paid - refunded;
    const orderStatus =
      paid === 0
        ? 'payment_required'
        : left <= 0
          ? 'reverted'
          : refunded > 0 && left < made.total
            ? 'partially_reverted'
            : isPaid
              ? 'paid'
              : 'partially_paid';
    return {
      id: Number(made.merchantOrderId),
      status: isPaid ? 'closed' : 'opened',
      preference_id: made.id,
      external_reference: made.externalReference,
      application_id: applicationId,
      site_id: siteId,
      collector: { id: Number(made.collectorId) },
      notification_url: made.notificationUrl,
      total_amount: toNumber(made.total - made.shipping),
      shipping_cost: toNumber(made.shipping),
      paid_amount: toNumber(paid),
      refunded_amount: toNumber(refunded),
      order_status: orderStatus,
      cancelled: false,
      is_test: !isLive,
      items: made.items.map(({ id, title, quantity, price }) => ({
        id,
        title,
        quantity,
        unit_price: toNumber(price),
        currency_id: made.currency,
      })),
      payments: payments.map((one) => ({
        id: Number(one.id),
        transaction_amount: toNumber(one.amount),
        total_paid_amount: toNumber(one.amount),
        shipping_cost: 0,
        currency_id: one.currency,
        status: one.status,
        status_detail: one.detail,
        operation_type: 'regular_payment',
        date_created: one.createdAt,
        date_approved: one.approvedAt,
        last_modified: one.updatedAt,
        amount_refunded: toNumber(desk.refundedOf(one.id)),
      })),
    };
  };

  const chargeback = (made: Chargeback): object => ({
    id: made.id,
    payments: [{ id: Number(made.paymentId) }],
    currency_id: books.find('payment', made.paymentId)!.currency,
    amount: toNumber(made.amount),
    coverage_applied: made.outcome === 'open' ? null : made.outcome === 'won',
    coverage_elegible: true,
    documentation_required: made.outcome === 'open',
    documentation_status: made.outcome === 'open' ? 'pending' : 'valid',
    date_documentation_deadline: new Date(Date.parse(made.createdAt) + 864_000_000).toISOString(),
    date_created: made.createdAt,
  });

  const tokens = (made: Token): object => ({
    access_token: made.id,
    token_type: 'Bearer',
    expires_in: Math.round((Date.parse(made.expiresAt) - Date.now()) / 1000),
    scope: 'offline_access read write',
    user_id: Number(made.sellerId),
    refresh_token: made.refreshToken,
    public_key: `APP_USR-public-${made.sellerId}`,
    live_mode: isLive,
  });

  /** For whoever compares: amounts as digits, everything there is. */
  const all = (): object => ({
    charges: books.all('payment').map((one) => ({
      id: one.id,
      preference_id: one.preferenceId,
      external_reference: one.externalReference,
      collector_id: one.collectorId,
      status: one.status,
      status_detail: one.detail,
      currency: one.currency,
      amount: toDecimal(one.amount),
      refunded: toDecimal(desk.refundedOf(one.id)),
      application_fee: toDecimal(one.applicationFee),
      application_fee_refunded: toDecimal(one.approvedAt === null ? 0 : desk.feeRefundedOf(one)),
      provider_fee: toDecimal(one.approvedAt === null ? 0 : one.providerFee),
      is_captured: one.isCaptured,
      created_at: one.createdAt,
    })),
    refunds: books.all('refund').map((one) => ({
      id: one.id,
      charge_id: one.paymentId,
      status: one.status,
      amount: toDecimal(one.amount),
      created_at: one.createdAt,
    })),
    chargebacks: books.all('chargeback').map((one) => ({
      id: one.id,
      charge_id: one.paymentId,
      outcome: one.outcome,
      amount: toDecimal(one.amount),
      created_at: one.createdAt,
    })),
    preferences: books.all('preference').map((one) => ({
      id: one.id,
      external_reference: one.externalReference,
      merchant_order_id: one.merchantOrderId,
      currency: one.currency,
      total: toDecimal(one.total),
    })),
    sellers: books.all('seller').map((one) => ({
      id: one.id,
      is_linked: one.isLinked,
      balance: toNumber(desk.balanceOf(one.id)),
    })),
    notices: books.all('notice').map(({ id, topic, action, dataId, state }) => ({
      id,
      topic,
      action,
      data_id: dataId,
      state,
    })),
  });

  return { refund, payment, preference, merchantOrder, chargeback, tokens, all };
};

export type Wire = ReturnType<typeof createWire>;
