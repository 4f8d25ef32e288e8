import { currencyExponent } from '#shared/kernel/currencies.ts';
import { money } from '#shared/kernel/money.ts';
import { fitsWire } from '../../domain/provider-amounts.ts';
import { decideSplit, type Split } from '../../domain/split.ts';
import { paymentError } from '../../domain/errors.ts';
import type { Payment } from '../../domain/payment.ts';
import { ProviderUnclear, type PaymentSubject } from '../ports.ts';
import {
  ProviderRefused,
  type Checkout,
  type CheckoutProvider,
  type PayableNow,
  type ProviderCharges,
} from '../provider-ports.ts';
import type { SellerLinks } from '../seller-link-ports.ts';

/** Sellers whose own accounts may be charged, where the operator turned that on. */
export type Splitting = Readonly<{
  links: Pick<SellerLinks, 'find'>;
  /** Looks whether the seller's account still opens, and ends the link if it does not. */
  check: (sellerId: string) => Promise<void>;
}>;

/** A page that exists: where the buyer pays. */
export type OpenCheckout = Readonly<{
  payment: Payment;
  checkout: Checkout & Readonly<{ reference: string; url: string }>;
}>;

const isMade = (checkout: Checkout): checkout is OpenCheckout['checkout'] =>
  checkout.reference !== null && checkout.url !== null;

/**
 * Lets an order or a job be paid on the provider's page. The intent is committed first; the page is made with
 * the payment's id as key, so that the same again is the same page. Whether it is charged to the seller is
 * decided with the intent.
 */
export const createCreateCheckout = (
  ports: Readonly<{
    charges: ProviderCharges;
    provider: CheckoutProvider;
    /** Left out: everything is charged to us. */
    splitting?: Splitting;
  }>,
) => {
  const { charges, provider, splitting } = ports;

  const splitOf = async (due: PayableNow | undefined): Promise<Split | undefined> => {
    const [share] = due?.shares ?? [];
    if (!splitting || !due || !share || !provider.capabilities.canSplit) return undefined;
    const { currency } = due.amount;
    const decimals = currencyExponent(currency)! - provider.capabilities.wireExponent(currency)!;
    return decideSplit({
      isOn: true,
      order: due,
      link: await splitting.links.find(share.sellerId),
      unitMinor: 10n ** BigInt(decimals > 0 ? decimals : 0),
    });
  };
  const makePage = async (payment: Payment, title: string, expiresAt: Date): Promise<Checkout> => {
    const { split } = payment;
    try {
      const page = await provider.createCheckout({
        key: payment.id,
        amount: payment.amount,
        title,
        expiresAt,
        ...(split && {
          split: { account: split.account, fee: money(split.feeMinor, payment.amount.currency) },
        }),
      });
      return await charges.storePage(payment.id, page, split?.account ?? null);
    } catch (error) {
      // Nothing was done there: the same key charges our account, and the buyer need not know.
      if (!split || !(error instanceof ProviderRefused)) throw error;
      await splitting?.check(payment.shares[0]!.sellerId);
      await charges.chargeToUs(payment.id);
      const state = (await charges.find(payment.id))!;
      if (state.payment.split) throw error;
      return isMade(state.checkout) ? state.checkout : makePage(state.payment, title, expiresAt);
    }
  };

  return async (
    request: Readonly<{ paymentId: string; buyerId: string; title: string }> & PaymentSubject,
  ): Promise<OpenCheckout> => {
    const { paymentId, buyerId, title, ...subject } = request;
    const due = await charges.findPayable(subject, buyerId);
    if (due && !fitsWire(due.amount, provider.capabilities.wireExponent(due.amount.currency)))
      throw paymentError('amount_not_chargeable');
    const split = await splitOf(due);
    const intent = {
      id: paymentId,
      ...subject,
      buyerId,
      provider: provider.name,
      ...(split && { split }),
    };
    const { payment, checkout } = await charges.createCheckout(intent);
    if (!payment) throw paymentError('order_not_payable', { retryAfterSeconds: 1 });
    const isOpen = payment.status === 'pending' || payment.status === 'authorized';
    if (checkout?.provider !== provider.name || !isOpen)
      throw paymentError('already_paid', { extra: { payment_id: payment.id } });
    if (isMade(checkout)) return { payment, checkout };
    try {
      const stored = await makePage(payment, title, new Date(checkout.expiresAt));
      // Somebody decided meanwhile that it is charged to us: this page is given to nobody.
      if (!isMade(stored)) throw new ProviderUnclear(`payment ${payment.id} has no page yet`);
      return { payment, checkout: stored };
    } catch (error) {
      // The intent stays: the same request again makes the same page.
      if (error instanceof ProviderUnclear || error instanceof ProviderRefused)
        throw paymentError('provider_unavailable', { retryAfterSeconds: 5, cause: error });
      throw error;
    }
  };
};

export type CreateCheckout = ReturnType<typeof createCreateCheckout>;
