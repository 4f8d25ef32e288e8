import type { Money } from '#shared/kernel/money.ts';
import type { Chargeback, ObservedChargeback } from '../domain/chargeback.ts';
import type { Payment } from '../domain/payment.ts';
import type { JournalEntry } from '../domain/posting.ts';
import type { ObservedCharge, ProviderCharge } from '../domain/provider-charge.ts';
import type { Split } from '../domain/split.ts';
import type { PaymentSubject, Settlement } from './ports.ts';

/** What a provider can do. What it cannot is refused before any intent is made. */
export type ProviderCapabilities = Readonly<{
  /** `direct`: a card is charged by our call. `redirect`: the buyer pays on a page of the provider. */
  flow: 'direct' | 'redirect';
  canCaptureLater: boolean;
  canRefundPartly: boolean;
  /** Whether the money of an order of one connected seller can go to that seller at once. */
  canSplit: boolean;
  /** Decimals that it takes in `currency`; undefined where it charges in none of it. */
  wireExponent: (currency: string) => number | undefined;
}>;

/** The provider refused for good; nothing was done. */
export class ProviderRefused extends Error {
  override readonly name = 'ProviderRefused';
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

export type ChargeRefundAnswer =
  | Readonly<{ is: 'completed' | 'pending'; reference: string }>
  | Readonly<{ is: 'refused'; reason: string }>
  /** Not now: the same key again later, and a person should know. */
  | Readonly<{ is: 'later'; reason: string }>;

/** Whose account it is at the provider, and so whose token opens it: a seller's; null: ours. */
export type Account = string | null;

/** A page that a provider made, and who receives there what is paid on it. */
export type ProviderPage = Readonly<{ reference: string; url: string; collector: string | null }>;

/**
 * A provider with a page of its own. Its answers to our reads are all that changes a payment; a
 * mutation has the key of an intent that is committed. Throws `ProviderUnclear` when it does not say.
 */
export interface CheckoutProvider {
  readonly name: string;
  readonly capabilities: ProviderCapabilities;
  readonly isLive: boolean;
  /** Makes the page where `key` is paid. The same key again is the same page. Throws `ProviderRefused`. */
  createCheckout(
    request: Readonly<{
      key: string;
      amount: Money;
      title: string;
      expiresAt: Date;
      /** Charges to this seller's account, and this fee is ours. */
      split?: Readonly<{ account: string; fee: Money }>;
    }>,
  ): Promise<ProviderPage>;
  /** The charge, as it is now; undefined when there is none of this reference on the account. */
  readCharge(reference: string, account: Account): Promise<ObservedCharge | undefined>;
  /** All charges of a payment that its index knows; one of a moment ago may be missing. */
  findCharges(paymentId: string, account: Account): Promise<readonly ObservedCharge[]>;
  /** The payment and the charges that the provider keeps together. */
  readGroup(
    reference: string,
    account: Account,
  ): Promise<Readonly<{ chargeReferences: readonly string[] }> | undefined>;
  /** Pays back part of a charge, or all that is left when `isWhole`. */
  refundCharge(
    request: Readonly<{
      key: string;
      reference: string;
      amount: Money;
      isWhole: boolean;
      account: Account;
    }>,
  ): Promise<ChargeRefundAnswer>;
  readRefund(
    request: Readonly<{
      reference: string;
      refundReference: string;
      currency: string;
      account: Account;
    }>,
  ): Promise<'completed' | 'pending' | 'failed'>;
  /** Ends a charge that was not paid yet; one that was is refused, which is no fault. */
  cancelCharge(
    request: Readonly<{ key: string; reference: string; account: Account }>,
  ): Promise<void>;
  readChargeback(reference: string, account: Account): Promise<ObservedChargeback | undefined>;
}

export type Checkout = Readonly<{
  paymentId: string;
  provider: string;
  reference: string | null;
  url: string | null;
  collector: string | null;
  expiresAt: string;
}>;

export type ProviderRefund = Readonly<{
  id: string;
  chargeId: string;
  chargeReference: string;
  chargeMinor: bigint;
  /** Whether it is all of its charge. */
  isWhole: boolean;
  /** Of a split payment: its seller, who is asked to pay it back. */
  split?: Split;
  sellerId: string | null;
  refundId: string | null;
  provider: string;
  paymentId: string | null;
  buyerId: string | null;
  orderId: string | null;
  jobId: string | null;
  amount: Money;
  status: 'requested' | 'pending' | 'completed' | 'failed';
  reference: string | null;
  failure: string | null;
  createdAt: string;
}>;

export type Alert = Readonly<{
  kind: string;
  /** What it is about: with the kind, one row. */
  subject: string;
  paymentId: string | null;
  detail: Readonly<Record<string, unknown>>;
}>;

export type RaisedAlert = Alert &
  Readonly<{ id: string; provider: string; raisedAt: string; resolvedAt: string | null }>;

export type ChargesOfPayment = Readonly<{
  payment: Payment;
  checkout: Checkout;
  charges: readonly ProviderCharge[];
}>;

/** What may be charged, and to be looked at before an intent is made; of a job there are no shares. */
export type PayableNow = Readonly<{
  amount: Money;
  payBy: Date;
  shares: readonly Readonly<{ sellerId: string; feesMinor: bigint }>[];
}>;

/** What is kept of providers with a page: pages, charges, what is refunded of them, alerts. */
export interface ProviderCharges {
  /** Commits the intent; the page of an order or a job that has one is answered again. */
  createCheckout(
    request: Readonly<{ id: string; buyerId: string; provider: string; split?: Split }> &
      PaymentSubject,
  ): Promise<
    | Readonly<{ result: 'created' | 'exists'; payment: Payment; checkout: Checkout | undefined }>
    | Readonly<{ result: 'unknown' | 'closed'; payment?: never; checkout?: never }>
  >;
  /**
   * Keeps the page that the provider made on this account, unless one is kept or it is to be charged to
   * another account now; answers what is kept.
   */
  storePage(paymentId: string, page: ProviderPage, account: Account): Promise<Checkout>;
  /** The seller's account does not take it: charges it to ours. False: there is a page already. */
  chargeToUs(paymentId: string): Promise<boolean>;
  /** What may be charged of it now. */
  findPayable(subject: PaymentSubject, buyerId: string): Promise<PayableNow | undefined>;
  /** On whose account a charge is that we know; undefined where we know none of this reference. */
  accountOf(provider: string, reference: string): Promise<Account | undefined>;
  /** Whether anything was ever charged to this account of a seller. */
  isSplitAccount(account: string): Promise<boolean>;
  /** The payment with its page and charges; undefined when it is not paid on a page. */
  find(paymentId: string): Promise<ChargesOfPayment | undefined>;
  findByReference(provider: string, reference: string): Promise<ProviderCharge | undefined>;
  /** Stores what was decided on the payment as it was at `version`. */
  record(
    paymentId: string,
    version: number,
    change: Readonly<{
      charges: readonly ProviderCharge[];
      outcome:
        | Readonly<{
            status: 'completed' | 'failed' | 'cancelled';
            reference: string | null;
            failure: string | null;
            entry: JournalEntry | undefined;
          }>
        | undefined;
      refunds: readonly Readonly<{
        id: string;
        chargeId: string;
        amount: Money;
        status: 'requested' | 'completed';
      }>[];
      entries: readonly JournalEntry[];
      alerts: readonly Alert[];
      pollAt: Date | undefined;
      provider: string;
    }>,
    settlement: Pick<Settlement, 'messages' | 'trace'>,
  ): Promise<'recorded' | 'stale'>;
  /** Keeps a charge of nothing that we know, for a person to look at. */
  noteStranger(charge: ProviderCharge, alert: Alert): Promise<void>;
  raise(provider: string, alerts: readonly Alert[]): Promise<void>;
  /** Reads the payment again at `at`, however that was set before. */
  pollAt(paymentId: string, at: Date): Promise<void>;
  /** Commits through which charges a refund goes back, once. Undefined: they have too little left. */
  planRefund(
    request: Readonly<{ refundId: string; paymentId: string; amountMinor: bigint }>,
  ): Promise<readonly ProviderRefund[] | undefined>;
  findRefund(id: string): Promise<ProviderRefund | undefined>;
  settleRefund(
    id: string,
    outcome: Readonly<{
      status: 'pending' | 'completed' | 'failed';
      reference: string | null;
      failure: string | null;
      entry: JournalEntry | undefined;
    }>,
    alerts: Readonly<{ provider: string; alerts: readonly Alert[] }>,
  ): Promise<void>;
  /**
   * The refund of a surplus failed there in the end: ends it, and asks for it anew by an intent of its own,
   * the later the longer it has been asked for. Ended already, nothing is done.
   */
  failSurplusRefund(
    id: string,
    end: Readonly<{ failure: string; anewId: string }>,
    alerts: Readonly<{ provider: string; alerts: readonly Alert[] }>,
  ): Promise<void>;
  /** Sends a provider refund again at `at`, with the same key. */
  sendRefundAt(id: string, at: Date): Promise<void>;
  /** Makes a refund of what was paid back at the provider without us; false: nothing was. */
  adoptRefund(chargeId: string, refundId: string): Promise<boolean>;
}

/** A notification as it came. What it says is a hint to read the provider, and nothing else. */
export type WebhookDelivery = Readonly<{
  provider: string;
  topic: string;
  resource: string;
  query: string;
  requestId: string | null;
  signature: string | null;
  body: Buffer;
  /** `genuine`, or why its signature is none. */
  verdict: string;
}>;

export interface WebhookDeliveries {
  /** Keeps it, and when it is genuine sets the timer that reads what it is about. */
  store(delivery: WebhookDelivery): Promise<void>;
  /** Whose accounts notifications of it name. Nobody signs that: it is a hint where to look. */
  accountsNamed(
    about: Readonly<{ provider: string; topic: string; resource: string }>,
  ): Promise<readonly string[]>;
  /** Does the work, and marks those that had come before it began. */
  process(
    about: Readonly<{ provider: string; topic: string; resource: string }>,
    work: () => Promise<void>,
  ): Promise<void>;
  /** Removes those that are too old to matter, and sets the timer that does it again. */
  prune(): Promise<void>;
}

/** The work queue of staff. */
export interface PaymentAlerts {
  list(
    filter: Readonly<{ isOpen: boolean; afterId?: string; limit: number }>,
  ): Promise<readonly RaisedAlert[]>;
  /** False: there is none, or somebody has resolved it. */
  resolve(id: string, by: string): Promise<boolean>;
}

export interface Chargebacks {
  /** A charge is disputed once. */
  findByCharge(provider: string, chargeReference: string): Promise<Chargeback | undefined>;
  list(filter: Readonly<{ afterId?: string; limit: number }>): Promise<readonly Chargeback[]>;
  find(id: string): Promise<Chargeback | undefined>;
  /** Opens it and freezes holds and the sellers' shares; `tell` says what others learn of it then. */
  open(
    chargeback: Chargeback,
    tell: (frozen: Chargeback) => Pick<Settlement, 'messages' | 'trace'>,
  ): Promise<'opened' | 'seen'>;
  /** Keeps what the provider says of documents and coverage. */
  update(id: string, observed: ObservedChargeback): Promise<void>;
  close(
    id: string,
    outcome: 'won' | 'lost',
    settlement: Pick<Settlement, 'messages' | 'trace'>,
  ): Promise<'closed' | 'seen'>;
}

export interface FraudReports {
  /** Tells others once that a payment must not be delivered, and staff that it was told. */
  report(provider: string, paymentId: string, reference: string): Promise<void>;
}
