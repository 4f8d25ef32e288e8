import type { RunningModule, Platform } from '#shared/platform/module.ts';
import { chargebackRoutes, paymentAlertRoutes } from './api/chargebacks.route.ts';
import { checkoutReturnRoute } from './api/checkout-return.route.ts';
import { createPreferenceRoute } from './api/create-preference.route.ts';
import { paymentMethodsRoute } from './api/payment-methods.route.ts';
import { noSellerLinkRoutes } from './api/seller-link.route.ts';
import { wireSellerLinks } from './wire-seller-links.ts';
import { mercadoPagoWebhookRoute } from './api/mercado-pago-webhook.route.ts';
import { createCreateCheckout } from './application/commands/create-checkout.ts';
import { createFollowCheckout } from './application/commands/follow-checkout.ts';
import {
  createFollowNotification,
  type NotificationTopic,
} from './application/commands/follow-notification.ts';
import {
  createDisputeCharge,
  createRecordChargeback,
} from './application/commands/record-chargeback.ts';
import { createRecordProviderCharge } from './application/commands/record-provider-charge.ts';
import {
  createRefundCharges,
  createSendProviderRefund,
} from './application/commands/refund-charges.ts';
import type { PaymentProvider } from './application/ports.ts';
import { createFindPayer } from './application/queries/find-payer.ts';
import type { CheckoutProvider } from './application/provider-ports.ts';
import type { ProviderStatement } from './application/reconciliation.ts';
import { paymentError } from './domain/errors.ts';
import type { Payment } from './domain/payment.ts';
import {
  createMercadoPagoProvider,
  mercadoPagoName,
} from './infrastructure/mercado-pago/checkout-provider.ts';
import { createMercadoPagoClient } from './infrastructure/mercado-pago/client.ts';
import { createWithdrawals } from './infrastructure/mercado-pago/withdrawals.ts';
import { createMercadoPagoStatement } from './infrastructure/mercado-pago/statement.ts';
import { createSignatureVerifier } from './infrastructure/mercado-pago/signature.ts';
import { createPgChargebacks } from './infrastructure/pg-chargebacks.ts';
import { createPgGuests } from './infrastructure/pg-guests.ts';
import { createPgFraudReports } from './infrastructure/pg-fraud-reports.ts';
import { createPgKnownWithdrawals } from './infrastructure/pg-known-withdrawals.ts';
import { createPgKnownCharges } from './infrastructure/pg-known-charges.ts';
import { createPgPaymentAlerts } from './infrastructure/pg-payment-alerts.ts';
import { createPgSellerLinks } from './infrastructure/pg-seller-links.ts';
import { createPgProviderCharges } from './infrastructure/pg-provider-charges.ts';
import { createPgWebhookDeliveries } from './infrastructure/pg-webhook-deliveries.ts';

/** The names that Mercado Pago has for what a notification is about. */
const topics: Readonly<Record<string, NotificationTopic>> = {
  payment: 'charge',
  merchant_order: 'group',
  topic_merchant_order_wh: 'group',
  chargebacks: 'chargeback',
  topic_chargebacks_wh: 'chargeback',
  claims: 'claim',
  topic_claims_integration_wh: 'claim',
  stop_delivery_op_wh: 'fraud',
  'mp-connect': 'seller',
};

const topicOf = (name: string): NotificationTopic =>
  Object.hasOwn(topics, name) ? topics[name]! : 'unknown';

/** Wide: nobody says whether a retry after days is signed anew. It is hygiene and no more. */
const signatureToleranceMs = 7 * 86_400_000;

/** What payments does with a provider that has a page of its own, whichever it is. */
export const wireCheckoutProvider = (platform: Platform, provider: CheckoutProvider) => {
  const { clock, newId } = platform;
  const charges = createPgProviderCharges(platform);
  const chargebacks = createPgChargebacks(platform);
  const dispute = createDisputeCharge({ chargebacks, charges, provider, clock, newId });
  const record = createRecordProviderCharge({ charges, provider, dispute, clock, newId });
  const follow = createFollowCheckout({ charges, provider, record, clock });
  const send = createSendProviderRefund({ charges, provider, record, clock, newId });
  const recordChargeback = createRecordChargeback({ provider, follow, dispute });
  return {
    charges,
    chargebacks,
    record,
    follow,
    send,
    recordChargeback,
    refund: createRefundCharges({ charges, send }),
  };
};

export type CheckoutWiring = Readonly<{
  /** Reads a payment that is paid on a page; undefined where no such provider is connected. */
  followPayment: (paymentId: string) => Promise<Payment | undefined>;
  refund: PaymentProvider['refund'] | undefined;
  /** What it moved, to be held against the books. */
  statements: readonly ProviderStatement[];
}> &
  Pick<RunningModule, 'routes' | 'deadlines'>;

/** Mercado Pago, where the operator has connected it; staff see what there is in any case. */
export const wireMercadoPago = async (platform: Platform): Promise<CheckoutWiring> => {
  const { pool, clock, config, publicUrl } = platform;
  const alerts = createPgPaymentAlerts(platform);
  const { mercadoPago } = config;
  const findPayer = createFindPayer(createPgGuests(platform));
  const staffRoutes = [
    chargebackRoutes(createPgChargebacks(platform)),
    paymentAlertRoutes(alerts),
    paymentMethodsRoute(mercadoPago),
  ];
  const deliveries = createPgWebhookDeliveries(platform);
  // What was stored goes in its time, also when the provider was disconnected.
  const prune = { kind: 'prune-deliveries', handle: () => deliveries.prune() };
  if (!mercadoPago) {
    const refuse = (): never => {
      throw paymentError('provider_not_configured');
    };
    return {
      routes: [
        ...staffRoutes,
        createPreferenceRoute({ pool, createCheckout: refuse, findPayer, title: '' }),
        checkoutReturnRoute({ followPayment: refuse, language: config.language }),
        mercadoPagoWebhookRoute({ store: refuse, judge: refuse, provider: '' }),
        noSellerLinkRoutes(config.language),
      ],
      deadlines: [prune],
      refund: undefined,
      statements: [],
      followPayment: async () => undefined,
    };
  }

  const { accessToken, baseUrl, isLive, webhookSecret } = mercadoPago;
  const base = (): string => `${publicUrl()}/api/v1`;
  const client = createMercadoPagoClient({ baseUrl });
  const links = createPgSellerLinks(platform, mercadoPagoName);
  const provider = createMercadoPagoProvider({
    client,
    accessToken,
    tokenOf: (account) => links.tokenOf(account),
    isLive,
    addresses: () => ({
      notifications: `${base()}/webhook/mercadopago`,
      return: `${base()}/mercadopago/return`,
    }),
  });
  const { charges, follow, send, recordChargeback, refund } = wireCheckoutProvider(
    platform,
    provider,
  );
  const sellers = await wireSellerLinks(platform, mercadoPago, client, links, (alerts) =>
    charges.raise(provider.name, alerts),
  );
  const followNotification = createFollowNotification({
    deliveries,
    charges,
    provider,
    follow,
    recordChargeback,
    frauds: createPgFraudReports(platform),
    followSeller: sellers.followSeller,
    topicOf,
    clock,
  });
  const judge = createSignatureVerifier([{ applicationId: 'configured', secret: webhookSecret }], {
    clock,
    toleranceMs: signatureToleranceMs,
  });

  return {
    refund,
    statements: [
      createMercadoPagoStatement({
        client,
        accessToken,
        findKnown: createPgKnownCharges(pool),
        findSplitTokens: (since) => links.tokensOfCharged(since),
        withdrawals: createWithdrawals({
          client,
          accessToken,
          provider: provider.name,
          findKnown: createPgKnownWithdrawals(pool),
          clock,
        }),
        clock,
      }),
    ],
    followPayment: follow.followPayment,
    routes: [
      ...staffRoutes,
      createPreferenceRoute({
        pool,
        createCheckout: createCreateCheckout({
          charges,
          provider,
          ...(sellers.splitting && { splitting: sellers.splitting }),
        }),
        findPayer,
        title: 'Plaza',
      }),
      checkoutReturnRoute({ followPayment: follow.followPayment, language: config.language }),
      mercadoPagoWebhookRoute({
        store: (delivery) => deliveries.store(delivery),
        judge,
        provider: provider.name,
      }),
      ...sellers.routes,
    ],
    deadlines: [
      prune,
      ...sellers.deadlines,
      { kind: 'poll-checkout', handle: ({ key }) => follow.poll(key) },
      { kind: 'refund-charge', handle: async ({ key }) => void (await send(key)) },
      {
        // `<provider> <topic> <resource>`; a topic may be nothing.
        kind: 'provider-notification',
        handle: async ({ key }) => {
          const [, topic = '', resource = ''] = key.split(' ');
          await followNotification(topic, resource);
        },
      },
    ],
  };
};
