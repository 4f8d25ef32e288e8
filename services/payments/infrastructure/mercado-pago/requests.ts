import type { Money } from '#shared/kernel/money.ts';
import { toWireNumber } from './amounts.ts';

export type PreferenceRequest = Readonly<{
  externalReference: string;
  items: readonly Readonly<{ id: string; title: string; quantity: number; unitPrice: Money }>[];
  shippingCost?: Money;
  /** The platform's part; needs the token of a seller who linked by OAuth. */
  marketplaceFee?: Money;
  notificationUrl: string;
  backUrls: Readonly<{ success: string; pending: string; failure: string }>;
  payer?: Readonly<{ email: string }>;
  expiresAt?: Date;
  /** Approved or declined at once: no payment stays pending. */
  isBinary?: boolean;
}>;

export type PaymentRequest = Readonly<{
  externalReference: string;
  amount: Money;
  description: string;
  /** The card as a token of the browser; its number never reaches us. */
  cardToken?: string;
  methodId: string;
  installments: number;
  /** False reserves the money only. */
  capture: boolean;
  applicationFee?: Money;
  notificationUrl: string;
  payer: Readonly<{ email: string; firstName?: string }>;
}>;

export const preferenceBody = (given: PreferenceRequest): object => ({
  external_reference: given.externalReference,
  items: given.items.map(({ id, title, quantity, unitPrice }) => ({
    id,
    title,
    quantity,
    unit_price: toWireNumber(unitPrice),
    currency_id: unitPrice.currency,
  })),
  ...(given.shippingCost && {
    shipments: { cost: toWireNumber(given.shippingCost), mode: 'not_specified' },
  }),
  ...(given.marketplaceFee && { marketplace_fee: toWireNumber(given.marketplaceFee) }),
  notification_url: given.notificationUrl,
  back_urls: given.backUrls,
  auto_return: 'approved',
  ...(given.payer && { payer: given.payer }),
  ...(given.expiresAt && { expires: true, expiration_date_to: given.expiresAt.toISOString() }),
  ...(given.isBinary !== undefined && { binary_mode: given.isBinary }),
});

export const paymentBody = (given: PaymentRequest): object => ({
  external_reference: given.externalReference,
  transaction_amount: toWireNumber(given.amount),
  description: given.description,
  ...(given.cardToken !== undefined && { token: given.cardToken }),
  payment_method_id: given.methodId,
  installments: given.installments,
  capture: given.capture,
  ...(given.applicationFee && { application_fee: toWireNumber(given.applicationFee) }),
  notification_url: given.notificationUrl,
  payer: {
    email: given.payer.email,
    ...(given.payer.firstName !== undefined && { first_name: given.payer.firstName }),
  },
});
