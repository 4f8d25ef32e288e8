import type { Clock } from '#shared/platform/module.ts';
import type {
  Alert,
  CheckoutProvider,
  FraudReports,
  ProviderCharges,
  WebhookDeliveries,
} from '../provider-ports.ts';
import type { FollowCheckout } from './follow-checkout.ts';
import type { RecordChargeback } from './record-chargeback.ts';

/** What a notification can be about. */
export type NotificationTopic =
  | 'charge'
  | 'group'
  | 'chargeback'
  | 'claim'
  | 'fraud'
  | 'seller'
  | 'unknown';

type Ports = Readonly<{
  deliveries: WebhookDeliveries;
  charges: ProviderCharges;
  provider: CheckoutProvider;
  follow: FollowCheckout;
  recordChargeback: RecordChargeback;
  frauds: FraudReports;
  /** Looks which sellers' accounts are still linked. */
  followSeller: (reference: string) => Promise<void>;
  topicOf: (name: string) => NotificationTopic;
  clock: Clock;
}>;

/**
 * Does what notifications of one thing ask for: reads it from the provider. What the provider keeps to
 * itself, such as a complaint, is told to a person.
 */
export const createFollowNotification = (ports: Ports) => {
  const { deliveries, charges, provider, follow, recordChargeback, frauds, followSeller } = ports;
  const raise = async (kind: string, subject: string, detail: Alert['detail'] = {}) =>
    charges.raise(provider.name, [{ kind, subject, paymentId: null, detail }]);

  const reportFraud = async (reference: string): Promise<void> => {
    await follow.followCharge(reference);
    const charge = await charges.findByReference(provider.name, reference);
    if (!charge?.paymentId) return raise('fraud_of_no_payment', reference);
    // What is not paid yet must not be; what is paid must not be delivered.
    if (
      charge.status === 'pending' ||
      charge.status === 'in_process' ||
      charge.status === 'authorized'
    ) {
      await provider.cancelCharge({ key: charge.id, reference });
      await follow.followCharge(reference);
    }
    return frauds.report(provider.name, charge.paymentId, reference);
  };

  const work: Readonly<
    Record<NotificationTopic, (reference: string, topic: string) => Promise<void>>
  > = {
    charge: async (reference) => void (await follow.followCharge(reference)),
    group: (reference) => follow.followGroup(reference),
    chargeback: recordChargeback,
    claim: (reference) => raise('claim_opened', reference),
    fraud: reportFraud,
    seller: followSeller,
    unknown: (reference, topic) => raise('unknown_topic', `${topic}:${reference}`.slice(0, 200)),
  };

  return (topic: string, resource: string): Promise<void> =>
    deliveries.process({ provider: provider.name, topic, resource }, () =>
      work[ports.topicOf(topic)](resource, topic),
    );
};

export type FollowNotification = ReturnType<typeof createFollowNotification>;
