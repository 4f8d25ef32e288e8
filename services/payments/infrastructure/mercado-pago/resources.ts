import { money, type Money } from '#shared/kernel/money.ts';
import { wireExponent } from './amounts.ts';
import { OffSchema, type Reader } from './reading.ts';

/** What Mercado Pago keeps of a payment, as far as we use it. */
export type MercadoPagoPayment = Readonly<{
  id: string;
  status: string;
  statusDetail: string | null;
  amount: Money;
  refunded: Money;
  /** What the collector receives after the provider's fees; null until it is known. */
  netReceived: Money | null;
  fees: readonly Readonly<{ type: string; payer: string | null; amount: Money }>[];
  /** What the provider says went back of the marketplace's fee; null: it does not say. */
  marketplaceFeeRefunded: Money | null;
  refunds: readonly MercadoPagoRefund[];
  /** Ours, unguessable; null on a payment that somebody else began. */
  externalReference: string | null;
  collectorId: string | null;
  liveMode: boolean;
  captured: boolean;
  methodId: string | null;
  methodType: string | null;
  cardLastFour: string | null;
  merchantOrderId: string | null;
  createdAt: Date | null;
  approvedAt: Date | null;
  updatedAt: Date | null;
  moneyReleaseAt: Date | null;
}>;

/** `is` tells whether the money went back; `unknown` is a status that nobody documented. */
export type MercadoPagoRefund = Readonly<{
  id: string;
  paymentId: string;
  amount: Money;
  is: 'completed' | 'in_process' | 'failed' | 'unknown';
  status: string;
  createdAt: Date | null;
}>;

export type MercadoPagoPreference = Readonly<{
  id: string;
  /** Where the buyer pays. */
  initPoint: string;
  externalReference: string | null;
  collectorId: string | null;
}>;

export type MercadoPagoMerchantOrder = Readonly<{
  id: string;
  preferenceId: string | null;
  externalReference: string | null;
  /** `opened`, `closed` or `expired`; what is paid is judged by `payments`. */
  status: string;
  orderStatus: string | null;
  currency: string;
  total: Money;
  paid: Money;
  refunded: Money;
  shipping: Money;
  payments: readonly Readonly<{
    id: string;
    status: string;
    statusDetail: string | null;
    amount: Money;
    refunded: Money;
  }>[];
}>;

export type MercadoPagoChargeback = Readonly<{
  id: string;
  /** Usually one. */
  paymentIds: readonly string[];
  amount: Money;
  /** Whether the money stays ours after the dispute; null until it is decided. */
  isCoverageApplied: boolean | null;
  /** The documents spell the member in two ways. */
  isCoverageEligible: boolean | null;
  documentationStatus: string | null;
  documentationDeadline: Date | null;
  createdAt: Date | null;
}>;

/** A settlement report that is there, or is being made. */
export type MercadoPagoReport = Readonly<{
  /** Null while it is being made. */
  fileName: string | null;
  from: Date;
  to: Date;
}>;

/** A list of them; those of no period are of no use. */
export const readReports = (reader: Reader): readonly MercadoPagoReport[] =>
  reader.list('elements').flatMap((one) => {
    const [from, to] = [one.time('begin_date'), one.time('end_date')];
    return from && to ? [{ fileName: one.text('file_name'), from, to }] : [];
  });

export type MercadoPagoTokens = Readonly<{
  accessToken: string;
  /** Null without the scope `offline_access`: then it cannot be renewed. */
  refreshToken: string | null;
  publicKey: string | null;
  /** The seller's id there: the `collectorId` of what is charged with the token. */
  userId: string;
  liveMode: boolean;
  /** Usually 180 days. */
  expiresInSeconds: number;
  scope: string | null;
}>;

export type Page<T> = Readonly<{ total: number; results: readonly T[] }>;

const currencyOf = (reader: Reader): string => {
  const currency = reader.need('currency_id');
  if (wireExponent(currency) === undefined)
    throw new OffSchema(`${currency} is no currency of Mercado Pago that we know`);
  return currency;
};

const refundStates: Readonly<Record<string, MercadoPagoRefund['is']>> = {
  approved: 'completed',
  in_process: 'in_process',
  authorized: 'in_process',
  rejected: 'failed',
  cancelled: 'failed',
};

/** A refund names no currency: it is that of its payment. */
export const readRefund =
  (currency: string) =>
  (reader: Reader): MercadoPagoRefund => {
    const status = reader.need('status');
    return {
      id: reader.id('id'),
      paymentId: reader.id('payment_id'),
      amount: reader.amount('amount', currency),
      is: Object.hasOwn(refundStates, status) ? refundStates[status]! : 'unknown',
      status,
      createdAt: reader.time('date_created'),
    };
  };

/** A charge of the marketplace within a payment is one to its owner. */
const readFeeRefunded = (reader: Reader, currency: string): Money | null => {
  const charges = reader
    .list('charges_details')
    .filter((one) => one.part('accounts')?.text('to') === 'marketplace_owner');
  if (charges.length === 0) return null;
  const refunded = charges.map(
    (one) => one.part('amounts')?.amountOrZero('refunded', currency).amountMinor ?? 0n,
  );
  return money(
    refunded.reduce((sum, minor) => sum + minor, 0n),
    currency,
  );
};

export const readPayment = (reader: Reader): MercadoPagoPayment => {
  const currency = currencyOf(reader);
  const details = reader.part('transaction_details');
  return {
    id: reader.id('id'),
    status: reader.need('status'),
    statusDetail: reader.text('status_detail'),
    amount: reader.amount('transaction_amount', currency),
    refunded: reader.amountOrZero('transaction_amount_refunded', currency),
    netReceived: details?.amountOrZero('net_received_amount', currency) ?? null,
    fees: reader.list('fee_details').map((fee) => ({
      type: fee.need('type'),
      payer: fee.text('fee_payer'),
      amount: fee.amount('amount', currency),
    })),
    marketplaceFeeRefunded: readFeeRefunded(reader, currency),
    refunds: reader.list('refunds').map(readRefund(currency)),
    externalReference: reader.text('external_reference'),
    collectorId: reader.idOrNull('collector_id'),
    // Absent is not live: a test payment must never count as money.
    liveMode: reader.flag('live_mode') ?? false,
    captured: reader.flag('captured') ?? false,
    methodId: reader.text('payment_method_id'),
    methodType: reader.text('payment_type_id'),
    cardLastFour: reader.part('card')?.text('last_four_digits') ?? null,
    merchantOrderId: reader.part('order')?.idOrNull('id') ?? null,
    createdAt: reader.time('date_created'),
    approvedAt: reader.time('date_approved'),
    updatedAt: reader.time('date_last_updated'),
    moneyReleaseAt: reader.time('money_release_date'),
  };
};

export const readPreference = (reader: Reader): MercadoPagoPreference => ({
  id: reader.id('id'),
  initPoint: reader.need('init_point'),
  externalReference: reader.text('external_reference'),
  collectorId: reader.idOrNull('collector_id'),
});

/** A merchant order names its currency in its items and payments only. */
export const readMerchantOrder = (reader: Reader): MercadoPagoMerchantOrder => {
  const parts = [...reader.list('items'), ...reader.list('payments')];
  if (parts.length === 0) throw new OffSchema('the merchant order has neither items nor payments');
  const currency = currencyOf(parts[0]!);
  return {
    id: reader.id('id'),
    preferenceId: reader.idOrNull('preference_id'),
    externalReference: reader.text('external_reference'),
    status: reader.need('status'),
    orderStatus: reader.text('order_status'),
    currency,
    total: reader.amount('total_amount', currency),
    paid: reader.amountOrZero('paid_amount', currency),
    refunded: reader.amountOrZero('refunded_amount', currency),
    shipping: reader.amountOrZero('shipping_cost', currency),
    payments: reader.list('payments').map((payment) => ({
      id: payment.id('id'),
      status: payment.need('status'),
      // Both spellings are in use.
      statusDetail: payment.text('status_detail') ?? payment.text('status_details'),
      amount: payment.amount('transaction_amount', currencyOf(payment)),
      refunded: payment.amountOrZero('amount_refunded', currencyOf(payment)),
    })),
  };
};

export const readChargeback = (reader: Reader): MercadoPagoChargeback => {
  const currency = currencyOf(reader);
  const single = reader.idOrNull('payment_id');
  const many = reader.list('payments').map((payment) => payment.id('id'));
  return {
    id: reader.id('id'),
    paymentIds: single === null ? many : [single],
    amount: reader.amount('amount', currency),
    isCoverageApplied: reader.flag('coverage_applied'),
    isCoverageEligible: reader.flag('coverage_elegible') ?? reader.flag('coverage_eligible'),
    documentationStatus: reader.text('documentation_status'),
    documentationDeadline: reader.time('date_documentation_deadline'),
    createdAt: reader.time('date_created'),
  };
};

export const readTokens = (reader: Reader): MercadoPagoTokens => ({
  accessToken: reader.need('access_token'),
  refreshToken: reader.text('refresh_token'),
  publicKey: reader.text('public_key'),
  userId: reader.id('user_id'),
  liveMode: reader.flag('live_mode') ?? false,
  expiresInSeconds: reader.whole('expires_in'),
  scope: reader.text('scope'),
});

/** Payments are searched as `results` with `paging`, merchant orders as `elements` with `total`. */
export const readPage =
  <T>(read: (reader: Reader) => T) =>
  (reader: Reader): Page<T> => ({
    total: reader.part('paging')?.whole('total') ?? reader.whole('total'),
    results: [...reader.list('results'), ...reader.list('elements')].map(read),
  });
