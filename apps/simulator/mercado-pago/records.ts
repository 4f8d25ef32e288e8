import type { Hundredths } from './amounts.ts';

/** What the books hold. Every record is replaced as a whole and written to the journal so. */
export type Preference = Readonly<{
  id: string;
  collectorId: string;
  externalReference: string | null;
  title: string;
  items: readonly Readonly<{ id: string; title: string; quantity: number; price: Hundredths }>[];
  shipping: Hundredths;
  marketplaceFee: Hundredths;
  total: Hundredths;
  currency: string;
  notificationUrl: string | null;
  backUrls: Readonly<{ success?: string; pending?: string; failure?: string }>;
  isReturning: boolean;
  expiresAt: string | null;
  merchantOrderId: string;
  createdAt: string;
}>;

export type Payment = Readonly<{
  id: string;
  collectorId: string;
  preferenceId: string | null;
  merchantOrderId: string | null;
  externalReference: string | null;
  currency: string;
  amount: Hundredths;
  applicationFee: Hundredths;
  providerFee: Hundredths;
  status: string;
  detail: string;
  isCaptured: boolean;
  methodId: string;
  description: string;
  notificationUrl: string | null;
  createdAt: string;
  approvedAt: string | null;
  updatedAt: string;
}>;

export type Refund = Readonly<{
  id: string;
  paymentId: string;
  amount: Hundredths;
  status: 'approved' | 'in_process' | 'rejected';
  createdAt: string;
}>;

export type Chargeback = Readonly<{
  id: string;
  paymentId: string;
  amount: Hundredths;
  outcome: 'open' | 'won' | 'lost';
  createdAt: string;
}>;

/** Money that the operator took out to a bank, or that came back from it. */
export type Withdrawal = Readonly<{
  id: string;
  type: 'WITHDRAWAL' | 'PAYOUT' | 'WITHDRAWAL_CANCEL';
  /** The same in both ends of one operation. */
  sourceId: string;
  externalReference: string;
  currency: string;
  amount: Hundredths;
  createdAt: string;
}>;

/** A report that somebody asked for; it is ready when it is asked for the next time. */
export type Report = Readonly<{ id: string; from: string; to: string; isReady: boolean }>;

export type Seller = Readonly<{
  id: string;
  name: string;
  isLinked: boolean;
  /** What the seller took out of the account. */
  withdrawn?: Hundredths;
}>;

export type Grant = Readonly<{
  /** The code itself. */
  id: string;
  sellerId: string;
  redirectUri: string;
  challenge: string | null;
  isUsed: boolean;
}>;

export type Token = Readonly<{
  /** The access token itself. */
  id: string;
  refreshToken: string;
  sellerId: string;
  expiresAt: string;
  isEnded: boolean;
}>;

/** An idempotency key that was used, and what it made. */
export type Key = Readonly<{ id: string; madeId: string }>;

export type Notice = Readonly<{
  id: string;
  url: string;
  topic: string;
  action: string;
  dataId: string;
  userId: string;
  state: 'waiting' | 'delivered' | 'dropped' | 'failed';
  createdAt: string;
}>;

export type Records = Readonly<{
  preference: Preference;
  payment: Payment;
  refund: Refund;
  chargeback: Chargeback;
  withdrawal: Withdrawal;
  report: Report;
  seller: Seller;
  grant: Grant;
  token: Token;
  key: Key;
  notice: Notice;
}>;

export type Kind = keyof Records;
