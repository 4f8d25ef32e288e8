import { personalDataContracts as contracts } from '#contracts/personal-data.ts';
import { personalDataReactions } from '#shared/personal-data/personal-data.ts';
import type { ServiceModule } from '#shared/platform/module.ts';
import { commissionRuleRoutes } from './api/commission-rules.route.ts';
import { openPaymentsRoute } from './api/open-payments.route.ts';
import { payOrderRoute, readPaymentRoutes, staffPaymentRoutes } from './api/payments.route.ts';
import { createChangeCommissionRules } from './application/commands/change-commission-rules.ts';
import { createConfirmStatus } from './application/commands/confirm-status.ts';
import { createPayOrder } from './application/commands/pay-order.ts';
import { createRefundPayment, createSendRefund } from './application/commands/refund-payment.ts';
import { createCheckPayment, createSettlePayment } from './application/commands/settle-payment.ts';
import { createReadPayments } from './application/queries/read-payments.ts';
import { followOrder } from './application/reactions/follow-order.ts';
import { paymentsHeldData as held } from './infrastructure/held-data.ts';
import { createPgCommissionRules } from './infrastructure/pg-commission-rules.ts';
import { createPgEarnings } from './infrastructure/pg-earnings.ts';
import { createPgOpenPayments } from './infrastructure/pg-open-payments.ts';
import { createPgPayments } from './infrastructure/pg-payments.ts';
import { createSandboxProvider } from './infrastructure/sandbox-provider.ts';
import { wireLedger } from './wire-ledger.ts';

export const paymentsModule: ServiceModule = {
  name: 'payments',
  migrations: [
    new URL('../../shared/messaging/migrations/', import.meta.url),
    new URL('infrastructure/migrations/', import.meta.url),
  ],
  async start(platform) {
    const { pool, clock, newId } = platform;
    const payments = createPgPayments(platform);
    const earnings = createPgEarnings(platform);
    const ledger = wireLedger(platform);
    const provider = createSandboxProvider(platform);
    const settle = createSettlePayment({ payments, clock, newId });
    const check = createCheckPayment({ payments, provider, settle });
    const payOrder = createPayOrder({ payments, provider, settle, clock });
    const send = createSendRefund({ payments, provider, clock, newId });
    const refundPayment = createRefundPayment({ payments, send });
    const ports = {
      pool,
      payOrder,
      refundPayment,
      confirmStatus: createConfirmStatus(check),
      readPayments: createReadPayments(payments),
    };

    return {
      routes: [
        payOrderRoute(ports),
        readPaymentRoutes(ports),
        staffPaymentRoutes(ports),
        commissionRuleRoutes(
          createChangeCommissionRules({ rules: createPgCommissionRules(pool), clock, newId }),
        ),
        ...ledger.routes,
        openPaymentsRoute(createPgOpenPayments(pool)),
      ],
      reactions: [
        ...followOrder({ payments, earnings, refundPayment }),
        ...personalDataReactions({ platform, context: 'payments', contracts, held }),
      ],
      deadlines: [
        ...ledger.deadlines,
        { kind: 'check-payment', handle: async ({ key }) => void (await check(key)) },
        {
          // The capture found that its order was delivered before it.
          kind: 'earn-shares',
          handle: ({ key }) =>
            earnings.earn({ orderId: key, sellerIds: [], deliveredAt: clock().toISOString() }),
        },
        { kind: 'send-refund', handle: async ({ key }) => void (await send(key)) },
        {
          // `<payment>:<n>`: what a real provider would call its webhook with.
          kind: 'sandbox-notification',
          handle: async ({ key }) => void (await check(key.split(':', 1)[0]!)),
        },
      ],
      work: ledger.work,
    };
  },
};
