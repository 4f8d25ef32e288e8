import type { Clock } from '#shared/platform/module.ts';
import type {
  Account,
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

  /**
   * On whose account it is: as we know of the charge, else as the notification names a seller that is
   * charged here. What it names wrongly is not found there, and the poller reads it.
   */
  const whose = async (topic: string, resource: string): Promise<Account> => {
    const known = await charges.accountOf(provider.name, resource);
    if (known !== undefined) return known;
    const about = { provider: provider.name, topic, resource };
    for (const account of await deliveries.accountsNamed(about))
      if (await charges.isSplitAccount(account)) return account;
    return null;
  };

  const reportFraud = async (reference: string, _topic: string, account: Account) => {
    await follow.followCharge(reference, account);
    const charge = await charges.findByReference(provider.name, reference);
    if (!charge?.paymentId) return raise('fraud_of_no_payment', reference);
    // What is not paid yet must not be; what is paid must not be delivered.
    if (
      charge.status === 'pending' ||
      charge.status === 'in_process' ||
      charge.status === 'authorized'
    ) {
      await provider.cancelCharge({ key: charge.id, reference, account });
      await follow.followCharge(reference, account);
    }
    return frauds.report(provider.name, charge.paymentId, reference);
  };

  const work: Readonly<
    Record<NotificationTopic, (reference: string, topic: string, account: Account) => Promise<void>>
  > = {
    charge: async (reference, _, account) => void (await follow.followCharge(reference, account)),
    group: (reference, _, account) => follow.followGroup(reference, account),
    chargeback: (reference, _, account) => recordChargeback(reference, account),
    claim: (reference) => raise('claim_opened', reference),
    fraud: reportFraud,
    seller: followSeller,
    unknown: (reference, topic) => raise('unknown_topic', `${topic}:${reference}`.slice(0, 200)),
  };

  return (topic: string, resource: string): Promise<void> =>
    deliveries.process({ provider: provider.name, topic, resource }, async () =>
      work[ports.topicOf(topic)](resource, topic, await whose(topic, resource)),
    );
};

export type FollowNotification = ReturnType<typeof createFollowNotification>;
