import { personalDataContracts as contracts } from '#contracts/personal-data.ts';
import { personalDataReactions } from '#shared/personal-data/personal-data.ts';
import { commissionRuleRoutes } from './api/commission-rules.route.ts';
import { parseAmount } from '#shared/kernel/money.ts';
import type { Platform, RunningModule, ServiceModule } from '#shared/platform/module.ts';
import { changeEscrowRoutes, readEscrowRoutes } from './api/escrows.route.ts';
import { payoutBatchRoutes } from './api/payout-batches.route.ts';
import { destinationRoutes, readPayoutRoutes, requestPayoutRoute } from './api/payouts.route.ts';
import { createChangeDestination } from './application/commands/change-destination.ts';
import { createBatchCommands } from './application/commands/confirm-batch.ts';
import { createPayoutCommands } from './application/commands/pay-out.ts';
import { createEscrowCommands } from './application/commands/resolve-escrow.ts';
import { createRunPayouts } from './application/commands/run-payouts.ts';
import { createReadEscrows } from './application/queries/read-escrows.ts';
import { createReadPayouts } from './application/queries/read-payouts.ts';
import { followJob } from './application/reactions/follow-job.ts';
import { createBankFileRail } from './infrastructure/bank-file-rail.ts';
import { createPgDestinations } from './infrastructure/pg-destinations.ts';
import { createPgEscrows } from './infrastructure/pg-escrows.ts';
import { createPgPayouts, createPgPayoutTimer } from './infrastructure/pg-payouts.ts';
import { createSandboxRail } from './infrastructure/sandbox-rail.ts';
import { paymentFiguresRoute } from './api/figures.route.ts';
import { openPaymentsRoute } from './api/open-payments.route.ts';
import { refundListRoutes } from './api/list-refunds.route.ts';
import { retryHoldRefundRoute } from './api/retry-hold-refund.route.ts';
import { payOrderRoute, readPaymentRoutes, staffPaymentRoutes } from './api/payments.route.ts';
import { createChangeCommissionRules } from './application/commands/change-commission-rules.ts';
import { createRetryHoldRefund } from './application/commands/retry-hold-refund.ts';
import { createConfirmStatus } from './application/commands/confirm-status.ts';
import { createPayOrder } from './application/commands/pay-order.ts';
import { createRefundPayment, createSendRefund } from './application/commands/refund-payment.ts';
import { createCheckPayment, createSettlePayment } from './application/commands/settle-payment.ts';
import { createFindPayer } from './application/queries/find-payer.ts';
import { createReadPayments } from './application/queries/read-payments.ts';
import { followGuest } from './application/reactions/follow-guest.ts';
import { followOrder } from './application/reactions/follow-order.ts';
import { paymentsHeldData as held } from './infrastructure/held-data.ts';
import { createPgCommissionRules } from './infrastructure/pg-commission-rules.ts';
import { createPgEarnings } from './infrastructure/pg-earnings.ts';
import { createPgHoldRefunds } from './infrastructure/pg-hold-refunds.ts';
import { createPgGuests } from './infrastructure/pg-guests.ts';
import { createPgPaymentFigures } from './infrastructure/pg-payment-figures.ts';
import { createPgOpenPayments } from './infrastructure/pg-open-payments.ts';
import { createPgPayments } from './infrastructure/pg-payments.ts';
import { createSandboxProvider } from './infrastructure/sandbox-provider.ts';
import { routeRefunds } from './application/commands/route-refunds.ts';
import { wireLedger } from './wire-ledger.ts';
import { wireMercadoPago } from './wire-mercado-pago.ts';

/** An operator's amount in minor units; of another currency than the shop's it says nothing. */
const unitsIn =
  ({ currency: ours }: Platform['config'], units: number) =>
  (currency: string): bigint => {
    const read = currency === ours ? parseAmount(String(units), currency) : { amountMinor: 0n };
    return 'amountMinor' in read ? read.amountMinor : 0n;
  };

const startEscrows = (platform: Platform): RunningModule => {
  const { pool, clock, newId, config } = platform;
  const escrows = createPgEscrows(platform);
  const limitOf = unitsIn(config, config.twoAdminsAbove);
  const commands = createEscrowCommands({ escrows, clock, newId, limitOf });
  return {
    routes: [
      readEscrowRoutes({ readEscrows: createReadEscrows(escrows) }),
      changeEscrowRoutes({ pool, commands }),
    ],
    reactions: followJob({ escrows, newId }),
    deadlines: [{ kind: 'release-escrow', handle: ({ key }) => commands.releaseDue(key) }],
  };
};

const startPayouts = async (platform: Platform): Promise<RunningModule> => {
  const { pool, clock, newId, config, log } = platform;
  const payouts = createPgPayouts(platform);
  const destinations = createPgDestinations(platform);
  // Before anybody notes that former secrets can go.
  await destinations.sealAnew();
  const bankFile = createBankFileRail();
  const sandbox = createSandboxRail({ pool, newId });
  const rails = new Map([bankFile, sandbox].map((rail) => [rail.name, rail]));
  const railName = config.payoutRail;
  const commands = createPayoutCommands({ payouts, destinations, rails, railName, clock, newId });
  const least = unitsIn(config, config.payoutMinimum);
  const runs = createRunPayouts({
    payouts,
    commands,
    clock,
    newId,
    timer: createPgPayoutTimer(pool),
    schedule: config.payoutSchedule,
    leastOf: (currency) => least(currency) || 1n,
    onSkipped: (sellerId, error) => log.info({ err: error, sellerId }, 'payouts: left out'),
  });
  await runs.keepScheduled();
  const batches = createBatchCommands({
    payouts,
    destinations,
    commands,
    railName: bankFile.name,
    limitOf: unitsIn(config, config.twoAdminsAbove),
  });
  const readPayouts = createReadPayouts(payouts);
  const changeDestination = createChangeDestination({ destinations, clock });
  return {
    routes: [
      readPayoutRoutes({ readPayouts }),
      requestPayoutRoute({ pool, commands }),
      destinationRoutes({ pool, destinations, changeDestination }),
      payoutBatchRoutes({ pool, batches }),
    ],
    reactions: [],
    deadlines: [
      { kind: 'send-payout', handle: ({ key }) => commands.send(key) },
      { kind: 'run-payouts', handle: () => runs.run() },
    ],
  };
};

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
    const guests = createPgGuests(platform);
    const provider = createSandboxProvider(platform);
    const settle = createSettlePayment({ payments, clock, newId });
    const mercadoPago = await wireMercadoPago(platform);
    const ledger = wireLedger(platform, mercadoPago.statements);
    const { followPayment } = mercadoPago;
    const check = createCheckPayment({ payments, provider, settle, followPayment });
    const payOrder = createPayOrder({
      payments,
      provider,
      settle,
      clock,
      takesCards: platform.config.mercadoPago?.isLive !== true,
    });
    const send = createSendRefund({
      payments,
      provider: routeRefunds(provider, { mercadopago: mercadoPago.refund }),
      clock,
      newId,
    });
    const refundPayment = createRefundPayment({ payments, send });
    const ports = {
      pool,
      payOrder,
      refundPayment,
      confirmStatus: createConfirmStatus(check),
      readPayments: createReadPayments(payments),
      findPayer: createFindPayer(guests),
    };

    const escrows = startEscrows(platform);
    const payouts = await startPayouts(platform);
    return {
      routes: [
        payOrderRoute(ports),
        readPaymentRoutes(ports),
        refundListRoutes({ readPayments: ports.readPayments }),
        staffPaymentRoutes(ports),
        commissionRuleRoutes(
          createChangeCommissionRules({ rules: createPgCommissionRules(pool), clock, newId }),
        ),
        ...ledger.routes,
        paymentFiguresRoute(createPgPaymentFigures(pool)),
        openPaymentsRoute(createPgOpenPayments(pool)),
        ...escrows.routes,
        retryHoldRefundRoute({
          pool,
          retryHoldRefund: createRetryHoldRefund({
            holdRefunds: createPgHoldRefunds(platform),
            payments,
            send,
          }),
        }),
        ...payouts.routes,
        ...mercadoPago.routes,
      ],
      reactions: [
        ...followOrder({ payments, earnings, refundPayment }),
        ...escrows.reactions,
        ...followGuest(guests),
        ...personalDataReactions({ platform, context: 'payments', contracts, held }),
      ],
      deadlines: [
        ...escrows.deadlines,
        ...payouts.deadlines,
        ...mercadoPago.deadlines,
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
