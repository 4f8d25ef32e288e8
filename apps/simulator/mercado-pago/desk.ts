import { feeBackOf, feeOf, readAmount, type Hundredths } from './amounts.ts';
import { ApiFault } from './api-fault.ts';
import type { Chooser } from './behaviour.ts';
import type { Books, Put } from './books.ts';
import type { Announcement } from './notices.ts';
import type { Outcome } from './outcomes.ts';
import type { Chargeback, Payment, Preference, Refund } from './records.ts';

export type Done<T> = Readonly<{ made: T; announcements: readonly Announcement[] }>;

const refundsMax = 20;
const openStatuses = new Set(['pending', 'in_process', 'authorized']);

type Options = Readonly<{
  books: Books;
  chooser: Chooser;
  currency: string;
  /** Where notifications go that name no address of their own. */
  panelUrl: string | null;
}>;

export type NewPayment = Readonly<{
  collectorId: string;
  preference: Preference | null;
  externalReference: string | null;
  amount: Hundredths;
  applicationFee: Hundredths;
  methodId: string;
  description: string;
  notificationUrl: string | null;
  outcome: Outcome;
  isCaptured: boolean;
}>;

/** Everything that changes the books. Each act is one synchronous commit: none can run into another. */
export const createDesk = ({ books, chooser, currency, panelUrl }: Options) => {
  const now = (): string => new Date().toISOString();
  const newId = (): string => String(1_300_000_000 + books.nextNumber());
  const paymentOf = (id: string): Payment => {
    const payment = books.find('payment', id);
    if (!payment) throw new ApiFault(404, 2000, 'Payment not found');
    return payment;
  };
  const refundsOf = (paymentId: string): readonly Refund[] =>
    books.all('refund').filter((refund) => refund.paymentId === paymentId);
  const sum = (refunds: readonly Refund[], ...statuses: Refund['status'][]): Hundredths =>
    refunds
      .filter(({ status }) => statuses.includes(status))
      .reduce((total, { amount }) => total + amount, 0);

  const tell = (payment: Payment, action: string): readonly Announcement[] => {
    const url = payment.notificationUrl ?? panelUrl;
    const common = { url, userId: payment.collectorId };
    const about = { ...common, topic: 'payment', action, dataId: payment.id };
    if (payment.merchantOrderId === null) return [about];
    const order = { action: 'update', dataId: payment.merchantOrderId };
    return [about, { ...common, topic: 'topic_merchant_order_wh', ...order }];
  };
  const change = (payment: Payment, to: Partial<Payment>, ...more: Put[]): Done<Payment> => {
    const made = { ...payment, ...to, updatedAt: now() };
    books.commit(['payment', made], ...more);
    return { made, announcements: tell(made, 'payment.updated') };
  };

  const tellChargeback = (
    { made: payment, announcements }: Done<Payment>,
    { id }: Chargeback,
  ): readonly Announcement[] => {
    const url = payment.notificationUrl ?? panelUrl;
    const about = { url, userId: payment.collectorId, dataId: id };
    return [
      { ...about, topic: 'topic_chargebacks_wh', action: 'changed_case_status' },
      ...announcements,
    ];
  };

  /** What the bank took for good went back as a refund does. */
  const goneOf = (payment: Payment): Hundredths =>
    sum(refundsOf(payment.id), 'approved') +
    books
      .all('chargeback')
      .filter(({ paymentId, outcome }) => paymentId === payment.id && outcome === 'lost')
      .reduce((total, { amount }) => total + amount, 0);
  /** What is left of a charge where it went, after all fees: the provider keeps its own. */
  const keptOf = (payment: Payment) => {
    const gone = goneOf(payment);
    const applicationFee = payment.applicationFee - feeBackOf(payment, gone, currency);
    const collector = payment.amount - gone - payment.providerFee - applicationFee;
    return { applicationFee, collector };
  };
  /** Of all payments to an account that money came of. */
  const balanceOf = (accountId: string): Hundredths =>
    books
      .all('payment')
      .filter(({ collectorId, approvedAt }) => collectorId === accountId && approvedAt !== null)
      .reduce((total, one) => total + keptOf(one).collector, 0) -
    (books.find('seller', accountId)?.withdrawn ?? 0);

  const settleRefund = (refund: Refund, isFailing: boolean): Done<Refund> => {
    if (refund.status !== 'in_process') return { made: refund, announcements: [] };
    const made: Refund = { ...refund, status: isFailing ? 'rejected' : 'approved' };
    const payment = paymentOf(refund.paymentId);
    if (isFailing)
      return { made, announcements: change(payment, {}, ['refund', made]).announcements };
    const refunded = sum(refundsOf(payment.id), 'approved') + refund.amount;
    const isWhole = refunded === payment.amount;
    const to = isWhole
      ? { status: 'refunded', detail: 'refunded' }
      : { detail: 'partially_refunded' };
    const { announcements } = change(payment, to, ['refund', made]);
    return { made, announcements };
  };

  return {
    refundsOf,
    keptOf,
    balanceOf,
    feeRefundedOf: (payment: Payment): Hundredths =>
      payment.applicationFee - keptOf(payment).applicationFee,
    refundedOf: (id: string): Hundredths => sum(refundsOf(id), 'approved'),
    paymentsOf: (merchantOrderId: string): readonly Payment[] =>
      books.all('payment').filter((payment) => payment.merchantOrderId === merchantOrderId),

    /** The same key makes nothing again; what it made once is the answer, as it is now. */
    once: <T>(keyId: string, find: (madeId: string) => T, make: () => Done<T>): Done<T> => {
      const known = books.find('key', keyId);
      return known ? { made: find(known.madeId), announcements: [] } : make();
    },

    makePreference: (
      given: Omit<Preference, 'id' | 'merchantOrderId' | 'createdAt' | 'currency'>,
      keyId: string,
    ): Done<Preference> => {
      const id = `${given.collectorId}-${crypto.randomUUID()}`;
      const made = { ...given, id, currency, merchantOrderId: newId(), createdAt: now() };
      books.commit(['preference', made], ['key', { id: keyId, madeId: id }]);
      return { made, announcements: [] };
    },

    makePayment: (given: NewPayment, keyId?: string): Done<Payment> => {
      const { preference, outcome, ...rest } = given;
      const isHeld = outcome.status === 'approved' && !given.isCaptured;
      const at = now();
      const made: Payment = {
        ...rest,
        id: newId(),
        preferenceId: preference?.id ?? null,
        merchantOrderId: preference?.merchantOrderId ?? null,
        currency,
        providerFee: feeOf(given.amount, currency),
        status: isHeld ? 'authorized' : outcome.status,
        detail: isHeld ? 'pending_capture' : outcome.detail,
        createdAt: at,
        approvedAt: outcome.status === 'approved' && !isHeld ? at : null,
        updatedAt: at,
      };
      const key: Put[] = keyId === undefined ? [] : [['key', { id: keyId, madeId: made.id }]];
      books.commit(['payment', made], ...key);
      return { made, announcements: tell(made, 'payment.created') };
    },

    /** A person, or the bank, decides about a payment that was open. */
    decide: (id: string, { status, detail }: Outcome): Done<Payment> => {
      const payment = paymentOf(id);
      if (payment.status !== 'pending' && payment.status !== 'in_process')
        throw new ApiFault(400, 2018, 'The action requested is not valid for the current state');
      return change(payment, {
        status,
        detail,
        approvedAt: status === 'approved' ? now() : null,
      });
    },

    capture: (id: string, amount: unknown, keyId: string): Done<Payment> => {
      const payment = paymentOf(id);
      const captured = amount === undefined ? payment.amount : readAmount(amount, currency);
      if (payment.status !== 'authorized')
        throw new ApiFault(400, 2018, 'The action requested is not valid for the current state');
      if (captured === undefined || captured <= 0 || captured > payment.amount)
        throw new ApiFault(400, 4037, 'Invalid transaction_amount');
      const to = { status: 'approved', detail: 'accredited', isCaptured: true };
      const key: Put = ['key', { id: keyId, madeId: id }];
      return change(payment, { ...to, amount: captured, approvedAt: now() }, key);
    },

    cancel: (id: string, keyId: string): Done<Payment> => {
      const payment = paymentOf(id);
      if (!openStatuses.has(payment.status))
        throw new ApiFault(400, 2018, 'The action requested is not valid for the current state');
      const to = { status: 'cancelled', detail: 'by_collector' };
      return change(payment, to, ['key', { id: keyId, madeId: id }]);
    },

    /** All that is left without `given`. What is in process is spoken for already. */
    refund: (id: string, given: unknown, keyId: string): Done<Refund> => {
      const payment = paymentOf(id);
      const refunds = refundsOf(id);
      if (payment.status !== 'approved')
        throw new ApiFault(400, 2018, 'The action requested is not valid for the current state');
      if (refunds.length >= refundsMax) throw new ApiFault(400, 2022, 'Exceeded max refunds');
      const left = payment.amount - sum(refunds, 'approved', 'in_process');
      const amount = given === undefined ? left : readAmount(given, currency);
      if (amount === undefined || amount <= 0 || amount > left)
        throw new ApiFault(400, 2017, 'The amount to refund is not valid');
      // A seller's account has what it has; the platform's is taken to have enough.
      const isSeller = books.find('seller', payment.collectorId) !== undefined;
      const going = goneOf(payment);
      const fee =
        feeBackOf(payment, going + amount, currency) - feeBackOf(payment, going, currency);
      if (isSeller && balanceOf(payment.collectorId) < amount - fee - payment.providerFee)
        throw new ApiFault(400, 2030, 'The collector lacks money');
      const about = { id: newId(), paymentId: id, amount, createdAt: now() };
      const asked: Refund = { ...about, status: 'in_process' };
      const key: Put = ['key', { id: keyId, madeId: asked.id }];
      if (chooser.isRefundInProcess()) {
        books.commit(['refund', asked], key);
        return { made: asked, announcements: tell(payment, 'payment.updated') };
      }
      const refunded = sum(refunds, 'approved') + amount;
      const made: Refund = { ...asked, status: 'approved' };
      const to =
        refunded === payment.amount
          ? { status: 'refunded', detail: 'refunded' }
          : { detail: 'partially_refunded' };
      return { made, announcements: change(payment, to, ['refund', made], key).announcements };
    },
    settleRefund,

    /** The buyer disowns the payment: the bank takes the money back until that is decided. */
    chargeBack: (id: string): Done<Chargeback> => {
      const payment = paymentOf(id);
      if (payment.status !== 'approved')
        throw new ApiFault(400, 2018, 'The action requested is not valid for the current state');
      const made: Chargeback = {
        // Letters, so that both spellings of a signed id are met.
        id: `CBK${newId()}X`,
        paymentId: id,
        amount: payment.amount - sum(refundsOf(id), 'approved'),
        outcome: 'open',
        createdAt: now(),
      };
      const to = { status: 'charged_back', detail: 'in_process' };
      return {
        made,
        announcements: tellChargeback(change(payment, to, ['chargeback', made]), made),
      };
    },

    resolveChargeback: (id: string, outcome: 'won' | 'lost'): Done<Chargeback> => {
      const found = books.find('chargeback', id);
      if (!found) throw new ApiFault(404, null, 'Chargeback not found');
      if (found.outcome !== 'open') throw new ApiFault(400, 2018, 'The chargeback is resolved');
      const made = { ...found, outcome };
      const detail = outcome === 'won' ? 'reimbursed' : 'settled';
      const changed = change(paymentOf(found.paymentId), { detail }, ['chargeback', made]);
      return { made, announcements: tellChargeback(changed, made) };
    },
  };
};

export type Desk = ReturnType<typeof createDesk>;
