import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { money } from '#shared/kernel/money.ts';
import type { TestPlaza } from '#shared/testing/test-plaza.ts';
import { createFollowCheckout } from '../application/commands/follow-checkout.ts';
import { createDisputeCharge } from '../application/commands/record-chargeback.ts';
import { createRecordProviderCharge } from '../application/commands/record-provider-charge.ts';
import type { PaymentSubject } from '../application/ports.ts';
import type { CheckoutProvider } from '../application/provider-ports.ts';
import type { ObservedChargeback } from '../domain/chargeback.ts';
import type { ObservedCharge } from '../domain/provider-charge.ts';
import { createPgChargebacks } from './pg-chargebacks.ts';
import { createPgProviderCharges } from './pg-provider-charges.ts';

const newId = () => crypto.randomUUID();

/** A provider with a page, which says of each payment that it was paid by these charges. */
const providerOf = (observed: readonly ObservedCharge[]): CheckoutProvider => {
  const refuse = async (): Promise<never> => assert.fail('nobody asked for this');
  return {
    name: 'mercadopago',
    capabilities: {
      flow: 'redirect',
      canCaptureLater: false,
      canRefundPartly: true,
      canSplit: false,
      wireExponent: () => 0,
    },
    isLive: true,
    createCheckout: refuse,
    readGroup: refuse,
    refundCharge: refuse,
    readRefund: refuse,
    cancelCharge: refuse,
    readChargeback: refuse,
    readCharge: async (reference) => observed.find((one) => one.reference === reference),
    findCharges: async () => observed,
  };
};

const chargeOf = (paymentId: string, reference: string, amountMinor: bigint): ObservedCharge => ({
  reference,
  externalReference: paymentId,
  amount: money(amountMinor, 'COP'),
  status: 'approved',
  rawStatus: 'approved',
  rawDetail: 'accredited',
  reason: null,
  chargeback: null,
  isDisputed: false,
  refundedMinor: 0n,
  feeMinor: 30n,
  collector: 'us',
  isLive: true,
  groupReference: null,
});

/** Payments on a provider's page and their disputes, without a provider. */
export const createTestCheckouts = (plaza: TestPlaza) => {
  const handlers = (pool: Pool, observed: readonly ObservedCharge[] = []) => {
    const { clock } = plaza;
    const ports = { pool, clock, newId, wakeOutbox: () => {} };
    const provider = providerOf(observed);
    // What only looks is not stepped: it would make thousands of orders.
    const charges = createPgProviderCharges({ ...ports, pool: plaza.pool('payments') });
    const chargebacks = createPgChargebacks(ports);
    const dispute = createDisputeCharge({ chargebacks, charges, provider, clock, newId });
    const record = createRecordProviderCharge({ charges, provider, dispute, clock, newId });
    return { charges, dispute, follow: createFollowCheckout({ charges, provider, record, clock }) };
  };

  return {
    /** Lets it be paid by charges of these amounts, and answers their references. */
    pay: async (subject: PaymentSubject, buyerId: string, amounts: readonly bigint[]) => {
      const pool = plaza.pool('payments');
      const paymentId = newId();
      const observed = amounts.map((amount) => chargeOf(paymentId, newId(), amount));
      const { charges, follow } = handlers(pool, observed);
      await charges.createCheckout({ id: paymentId, ...subject, buyerId, provider: 'mercadopago' });
      const page = { reference: newId(), url: 'https://example.com', collector: 'us' };
      await charges.storePage(paymentId, page, null);
      await follow.followPayment(paymentId);
      return { paymentId, references: observed.map(({ reference }) => reference) };
    },
    /** What the provider says of a disputed charge. */
    dispute: (
      chargeReference: string,
      amountMinor: bigint,
      outcome: ObservedChargeback['outcome'] = 'open',
      pool = plaza.pool('payments'),
    ) =>
      handlers(pool).dispute({
        reference: null,
        chargeReference,
        amount: money(amountMinor, 'COP'),
        outcome,
        isCoverageEligible: null,
        documentationStatus: null,
        documentationDeadline: null,
      }),
  };
};
