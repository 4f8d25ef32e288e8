import { money, type Money } from '#shared/kernel/money.ts';
import { ProviderUnclear } from '../../application/ports.ts';
import {
  ProviderRefused,
  type ChargeRefundAnswer,
  type CheckoutProvider,
} from '../../application/provider-ports.ts';
import type { ChargeStatus, ObservedCharge } from '../../domain/provider-charge.ts';
import { wireExponent } from './amounts.ts';
import type { Answer } from './answer.ts';
import type { MercadoPagoClient } from './client.ts';
import type { MercadoPagoPayment } from './resources.ts';
import { statusOf, type ProviderStatus } from './status.ts';

export const mercadoPagoName = 'mercadopago';

/** The value, or what the provider's silence means to us. A refusal is the caller's to judge. */
const valueOf = <T>(answer: Exclude<Answer<T>, { is: 'refused' }>): T => {
  switch (answer.is) {
    case 'ok':
      return answer.value;
    case 'rate_limited':
      throw new ProviderUnclear('Mercado Pago takes no more calls right now');
    case 'unclear':
      throw new ProviderUnclear(`Mercado Pago: ${answer.why}`);
  }
};

const refusedBy = ({ reason, status }: Extract<Answer<never>, { is: 'refused' }>) =>
  new ProviderRefused(reason, `Mercado Pago refused: ${reason} (${status})`);

/** Undefined where there is none; any other refusal of a read says nothing of what was read. */
const readOf = <T>(answer: Answer<T>): T | undefined => {
  if (answer.is !== 'refused') return valueOf(answer);
  if (answer.reason === 'not_found') return undefined;
  throw new ProviderUnclear(`Mercado Pago refused to tell: ${answer.reason}`);
};

const chargeStatusOf = (status: ProviderStatus, raw: string): ChargeStatus | 'unknown' => {
  switch (status.is) {
    case 'pending':
      return raw === 'in_process' ? 'in_process' : 'pending';
    case 'declined':
      return 'rejected';
    // The money has come, and the provider holds it until the complaint is decided.
    case 'in_mediation':
      return 'approved';
    default:
      return status.is;
  }
};

/** What the provider took for itself; ours and the seller's own fees are no fee of it. */
const feeOf = ({ fees, amount }: MercadoPagoPayment): Money =>
  fees
    .filter(({ type, payer }) => payer !== 'payer' && !/^(application|marketplace)_fee$/.test(type))
    .reduce(
      (sum, fee) => money(sum.amountMinor + fee.amount.amountMinor, amount.currency),
      money(0n, amount.currency),
    );

export const toObservedCharge = (payment: MercadoPagoPayment): ObservedCharge => {
  const status = statusOf(payment);
  const chargeStatus = chargeStatusOf(status, payment.status);
  const isPaid =
    chargeStatus === 'approved' || chargeStatus === 'refunded' || chargeStatus === 'charged_back';
  const isCaptured = payment.captured || chargeStatus !== 'approved';
  return {
    reference: payment.id,
    externalReference: payment.externalReference,
    amount: payment.amount,
    // What is approved and not captured is reserved on the card, and not ours.
    status: isCaptured ? chargeStatus : 'authorized',
    rawStatus: payment.status,
    rawDetail: payment.statusDetail,
    reason: status.is === 'declined' ? status.reason : null,
    chargeback: status.is === 'charged_back' ? status.reason : null,
    isDisputed: status.is === 'in_mediation',
    refundedMinor: payment.refunded.amountMinor,
    feeMinor: isPaid ? feeOf(payment).amountMinor : null,
    collector: payment.collectorId,
    isLive: payment.liveMode,
    groupReference: payment.merchantOrderId,
  };
};

/** Those that another try, later and with the same key, may change. */
const later = new Set(['collector_lacks_money', 'token_refused', 'forbidden']);
const pageSize = 30;
const pagesMax = 20;

type Addresses = Readonly<{ notifications: string; return: string }>;

export type MercadoPagoSettings = Readonly<{
  client: MercadoPagoClient;
  accessToken: string;
  isLive: boolean;
  /** Asked each time: where we are reached is known once we listen. */
  addresses: () => Addresses;
}>;

/** Mercado Pago's Checkout Pro and Payments API as a provider with a page of its own. */
export const createMercadoPagoProvider = (settings: MercadoPagoSettings): CheckoutProvider => {
  const { client, accessToken: token, isLive, addresses } = settings;
  const readCharge = async (reference: string): Promise<ObservedCharge | undefined> => {
    const payment = readOf(await client.getPayment({ token, id: reference }));
    return payment && toObservedCharge(payment);
  };

  return {
    name: mercadoPagoName,
    capabilities: {
      flow: 'redirect',
      canCaptureLater: false,
      canRefundPartly: true,
      canSplit: false,
      wireExponent,
    },
    isLive,

    async createCheckout({ key, amount, title, expiresAt }) {
      const { notifications, return: back } = addresses();
      const answer = await client.createPreference({
        token,
        key,
        preference: {
          externalReference: key,
          items: [{ id: key, title, quantity: 1, unitPrice: amount }],
          notificationUrl: notifications,
          backUrls: { success: back, pending: back, failure: back },
          expiresAt,
        },
      });
      if (answer.is === 'refused') throw refusedBy(answer);
      const { id, initPoint, collectorId } = valueOf(answer);
      return { reference: id, url: initPoint, collector: collectorId };
    },

    readCharge,

    async findCharges(paymentId) {
      const found: ObservedCharge[] = [];
      for (let page = 0; page < pagesMax; page++) {
        const offset = page * pageSize;
        const request = { token, externalReference: paymentId, offset, limit: pageSize };
        const { results, total } = readOf(await client.searchPayments(request)) ?? {
          results: [],
          total: 0,
        };
        found.push(...results.map(toObservedCharge));
        if (results.length === 0 || found.length >= total) break;
      }
      return found;
    },

    async readGroup(reference) {
      const order = readOf(await client.getMerchantOrder({ token, id: reference }));
      return order && { chargeReferences: order.payments.map(({ id }) => id) };
    },

    async refundCharge({ key, reference, amount, isWhole }): Promise<ChargeRefundAnswer> {
      const { currency } = amount;
      const request = { token, key, id: reference, currency, ...(isWhole ? {} : { amount }) };
      const answer = await client.refundPayment(request);
      if (answer.is === 'refused') {
        const { reason } = answer;
        return later.has(reason) ? { is: 'later', reason } : { is: 'refused', reason };
      }
      const refund = valueOf(answer);
      if (refund.is === 'failed') return { is: 'refused', reason: 'failed_at_provider' };
      // A state that nobody documented is no end: it is read again.
      return { is: refund.is === 'completed' ? 'completed' : 'pending', reference: refund.id };
    },

    async readRefund({ reference, refundReference, currency }) {
      const request = { token, id: reference, refundId: refundReference, currency };
      const refund = readOf(await client.getRefund(request));
      if (refund?.is === 'completed' || refund?.is === 'failed') return refund.is;
      return 'pending';
    },

    async cancelCharge({ key, reference }) {
      const answer = await client.cancelPayment({ token, key, id: reference });
      if (answer.is !== 'refused') valueOf(answer);
    },

    async readChargeback(reference) {
      const chargeback = readOf(await client.getChargeback({ token, id: reference }));
      const [chargeReference] = chargeback?.paymentIds ?? [];
      if (!chargeback || chargeReference === undefined) return undefined;
      const payment = readOf(await client.getPayment({ token, id: chargeReference }));
      const status = payment && statusOf(payment);
      const told = status?.is === 'charged_back' ? status.reason : 'open';
      const covered = chargeback.isCoverageApplied;
      return {
        reference,
        chargeReference,
        amount: chargeback.amount,
        // What is decided of the coverage decides; until then the payment's own words do.
        outcome: covered === null ? told : covered ? 'won' : 'lost',
        isCoverageEligible: chargeback.isCoverageEligible,
        documentationStatus: chargeback.documentationStatus,
        documentationDeadline: chargeback.documentationDeadline?.toISOString() ?? null,
      };
    },
  };
};
