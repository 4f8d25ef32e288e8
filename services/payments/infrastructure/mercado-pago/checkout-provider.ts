import { ProviderUnclear } from '../../application/ports.ts';
import {
  ProviderRefused,
  type Account,
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

type Fee = MercadoPagoPayment['fees'][number];

const isMarketplaceFee = ({ type }: Fee): boolean => /^(application|marketplace)_fee$/.test(type);

const sumOf = (fees: readonly Fee[]): bigint =>
  fees.reduce((sum, fee) => sum + fee.amount.amountMinor, 0n);

/** What the provider took for itself; ours and the seller's own fees are no fee of it. */
const feeOf = ({ fees }: MercadoPagoPayment): bigint =>
  sumOf(fees.filter((fee) => fee.payer !== 'payer' && !isMarketplaceFee(fee)));

/** What it handed to the marketplace of a charge to a seller. */
export const marketplaceFeeOf = ({ fees }: MercadoPagoPayment): bigint =>
  sumOf(fees.filter(isMarketplaceFee));

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
    feeMinor: isPaid ? feeOf(payment) : null,
    ...(isPaid && { splitFeeMinor: marketplaceFeeOf(payment) }),
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
  /** What opens a seller's account now; undefined where it is linked no longer. */
  tokenOf: (account: string) => Promise<string | undefined>;
  isLive: boolean;
  /** Asked each time: where we are reached is known once we listen. */
  addresses: () => Addresses;
}>;

/** Mercado Pago's Checkout Pro and Payments API as a provider with a page of its own. */
export const createMercadoPagoProvider = (settings: MercadoPagoSettings): CheckoutProvider => {
  const { client, accessToken, tokenOf, isLive, addresses } = settings;
  /** Of an account that is linked no more nothing is known: what it did is not told, and not nothing. */
  const tokenFor = async (account: Account): Promise<string> => {
    const token = account === null ? accessToken : await tokenOf(account);
    if (token !== undefined) return token;
    throw new ProviderUnclear('the account of the seller at Mercado Pago is not linked any more');
  };
  const readCharge = async (reference: string, account: Account) => {
    const token = await tokenFor(account);
    const payment = readOf(await client.getPayment({ token, id: reference }));
    return payment && toObservedCharge(payment);
  };

  return {
    name: mercadoPagoName,
    capabilities: {
      flow: 'redirect',
      canCaptureLater: false,
      canRefundPartly: true,
      canSplit: true,
      wireExponent,
    },
    isLive,

    async createCheckout({ key, amount, title, expiresAt, split }) {
      const token = split ? await tokenOf(split.account) : accessToken;
      if (token === undefined)
        throw new ProviderRefused('token_refused', 'the account of the seller is not linked');
      const { notifications, return: back } = addresses();
      const answer = await client.createPreference({
        token,
        key,
        preference: {
          externalReference: key,
          items: [{ id: key, title, quantity: 1, unitPrice: amount }],
          notificationUrl: notifications,
          backUrls: { success: back, pending: back, failure: back },
          ...(split && split.fee.amountMinor > 0n && { marketplaceFee: split.fee }),
          expiresAt,
        },
      });
      if (answer.is === 'refused') throw refusedBy(answer);
      const { id, initPoint, collectorId } = valueOf(answer);
      return { reference: id, url: initPoint, collector: collectorId };
    },

    readCharge,

    async findCharges(paymentId, account) {
      const token = await tokenFor(account);
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

    async readGroup(reference, account) {
      const token = await tokenFor(account);
      const order = readOf(await client.getMerchantOrder({ token, id: reference }));
      return order && { chargeReferences: order.payments.map(({ id }) => id) };
    },

    async refundCharge({ key, reference, amount, isWhole, account }): Promise<ChargeRefundAnswer> {
      const { currency } = amount;
      const token = account === null ? accessToken : await tokenOf(account);
      // The seller may link the account again, and a person can ask for it.
      if (token === undefined) return { is: 'later', reason: 'seller_not_linked' };
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

    async readRefund({ reference, refundReference, currency, account }) {
      const token = await tokenFor(account);
      const request = { token, id: reference, refundId: refundReference, currency };
      const refund = readOf(await client.getRefund(request));
      if (refund?.is === 'completed' || refund?.is === 'failed') return refund.is;
      return 'pending';
    },

    async cancelCharge({ key, reference, account }) {
      const token = await tokenFor(account);
      const answer = await client.cancelPayment({ token, key, id: reference });
      if (answer.is !== 'refused') valueOf(answer);
    },

    async readChargeback(reference, account) {
      const token = await tokenFor(account);
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
