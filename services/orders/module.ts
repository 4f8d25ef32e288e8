import { personalDataContracts as contracts } from '#contracts/personal-data.ts';
import { personalDataReactions } from '#shared/personal-data/personal-data.ts';
import type { ServiceModule } from '#shared/platform/module.ts';
import { cartRoutes } from './api/cart.route.ts';
import { openOrdersRoute } from './api/open-orders.route.ts';
import { changeOrderRoutes, readOrderRoutes } from './api/orders.route.ts';
import { placeOrderRoute } from './api/place-order.route.ts';
import { taxRateRoutes } from './api/tax-rates.route.ts';
import { createChangeOrderStatus } from './application/commands/change-order-status.ts';
import { createChangeTaxRates } from './application/commands/change-tax-rates.ts';
import { createExpireUnpaidOrder } from './application/commands/expire-unpaid-order.ts';
import { createKeepCart } from './application/commands/keep-cart.ts';
import { createOfferSearch, createPlaceOrder } from './application/commands/place-order.ts';
import { createReadOrders } from './application/queries/read-orders.ts';
import { followStockAndPayment } from './application/reactions/follow-stock-and-payment.ts';
import { keepOffersWhenProductChanged } from './application/reactions/keep-offers-when-product-changed.ts';
import { createHttpCatalog } from './infrastructure/http-catalog.ts';
import { ordersHeldData as held } from './infrastructure/held-data.ts';
import { createPgOpenOrders } from './infrastructure/pg-open-orders.ts';
import { createPgCarts } from './infrastructure/pg-carts.ts';
import { createPgOffers } from './infrastructure/pg-offers.ts';
import { createPgOrderReader } from './infrastructure/pg-order-reader.ts';
import { createPgTaxRates } from './infrastructure/pg-tax-rates.ts';
import { createPgOrders } from './infrastructure/pg-orders.ts';

const sweepEveryMs = 3_600_000;

export const ordersModule: ServiceModule = {
  name: 'orders',
  migrations: [
    new URL('../../shared/messaging/migrations/', import.meta.url),
    new URL('../../shared/event-store/migrations/', import.meta.url),
    new URL('infrastructure/migrations/', import.meta.url),
  ],
  async start(platform) {
    const { pool, clock, config, log, newId } = platform;
    const isOnlyWriter = config.platform === 'embedded';
    const orders = createPgOrders({ ...platform, isOnlyWriter });
    const taxes = { jurisdiction: config.taxJurisdiction, clock };
    const carts = createPgCarts(pool, taxes);
    const offers = createPgOffers(pool, taxes);
    const reader = createPgOrderReader(pool);
    const catalog = createHttpCatalog(platform.ask);
    const search = createOfferSearch(offers, catalog);
    const keepCart = createKeepCart({ carts, offers: search, catalog });
    const { paymentWindowMinutes: payWithinMinutes, currency } = config;
    const placeOrder = createPlaceOrder({
      orders,
      offers: search,
      carts,
      keepCart,
      clock,
      payWithinMinutes,
    });
    const changeStatus = createChangeOrderStatus({ orders, clock });
    const readOrders = createReadOrders({ orders, reader });
    const expireUnpaidOrder = createExpireUnpaidOrder({ orders, clock });

    return {
      routes: [
        cartRoutes(keepCart, currency),
        placeOrderRoute({ pool, placeOrder, currency }),
        readOrderRoutes(readOrders),
        changeOrderRoutes(changeStatus),
        openOrdersRoute(createPgOpenOrders(pool)),
        taxRateRoutes(createChangeTaxRates({ rates: createPgTaxRates(pool), clock, newId })),
      ],
      reactions: [
        ...followStockAndPayment({ orders, clock }),
        keepOffersWhenProductChanged(offers),
        ...personalDataReactions({ platform, context: 'orders', contracts, held }),
      ],
      deadlines: [{ kind: 'pay-order', handle: ({ key }) => expireUnpaidOrder(key) }],
      work: () => {
        const sweep = (): void => {
          carts.sweep(clock()).catch((error: unknown) => log.warn({ err: error }, 'cart sweep'));
        };
        const timer = setInterval(sweep, sweepEveryMs);
        return async () => clearInterval(timer);
      },
    };
  },
};
