import { personalDataContracts as contracts } from '#contracts/personal-data.ts';
import { personalDataReactions } from '#shared/personal-data/personal-data.ts';
import type { ServiceModule } from '#shared/platform/module.ts';
import { analyticsRoutes } from './api/analytics.route.ts';
import { cartRoutes } from './api/cart.route.ts';
import { figuresRoutes } from './api/figures.route.ts';
import { guestRoutes } from './api/guest.route.ts';
import { issuersRoutes } from './api/issuers.route.ts';
import { openOrdersRoute } from './api/open-orders.route.ts';
import { changeOrderRoutes, readOrderRoutes } from './api/orders.route.ts';
import { parcelRoutes } from './api/parcels.route.ts';
import { placeOrderRoute } from './api/place-order.route.ts';
import { taxRateRoutes } from './api/tax-rates.route.ts';
import { receiptRoute } from './api/receipt.route.ts';
import { verifyReceiptRoute } from './api/verify-receipt.route.ts';
import { shippingMethodRoutes, shippingOptionsRoute } from './api/shipping.route.ts';
import { createChangeOrderStatus } from './application/commands/change-order-status.ts';
import { createChangeTaxRates } from './application/commands/change-tax-rates.ts';
import { createExpireUnpaidOrder } from './application/commands/expire-unpaid-order.ts';
import { createClaimOrder } from './application/commands/claim-order.ts';
import { createKeepIssuer } from './application/commands/keep-issuer.ts';
import { createKeepCart } from './application/commands/keep-cart.ts';
import { createKeepShippingMethods } from './application/commands/keep-shipping-methods.ts';
import { createPlaceGuestOrder } from './application/commands/place-guest-order.ts';
import { createOfferSearch, createPlaceOrder } from './application/commands/place-order.ts';
import { createRequestLink } from './application/commands/request-link.ts';
import { createFindCaller } from './application/queries/find-caller.ts';
import { createPrepareParcels } from './application/queries/prepare-parcels.ts';
import { createReadClaimable } from './application/queries/read-claimable.ts';
import { createReadContact } from './application/queries/read-contact.ts';
import { createReadOrders } from './application/queries/read-orders.ts';
import { createVerifyReceipt } from './application/queries/verify-receipt.ts';
import { createShowReceipt } from './application/queries/show-receipt.ts';
import { createShowShippingOptions } from './application/queries/show-shipping-options.ts';
import { followStockAndPayment } from './application/reactions/follow-stock-and-payment.ts';
import { keepOffersWhenProductChanged } from './application/reactions/keep-offers-when-product-changed.ts';
import { sendLinkToGuest } from './application/reactions/send-link-to-guest.ts';
import { createGuestSecrets } from './infrastructure/guest-secrets.ts';
import { createHttpCatalog } from './infrastructure/http-catalog.ts';
import { createHttpProvenEmails } from './infrastructure/http-users.ts';
import { ordersHeldData as held } from './infrastructure/held-data.ts';
import { createPgAnalytics } from './infrastructure/pg-analytics.ts';
import { createPgOpenOrders } from './infrastructure/pg-open-orders.ts';
import { createPgCarts } from './infrastructure/pg-carts.ts';
import { createPgGuests } from './infrastructure/pg-guests.ts';
import { createPgIssuers } from './infrastructure/pg-issuers.ts';
import { createPgOffers } from './infrastructure/pg-offers.ts';
import { createPgOrderReader } from './infrastructure/pg-order-reader.ts';
import { createPgSentOrders } from './infrastructure/pg-sent-orders.ts';
import { createPgSalesFigures } from './infrastructure/pg-sales-figures.ts';
import { createPgTaxRates } from './infrastructure/pg-tax-rates.ts';
import { createPgOrders } from './infrastructure/pg-orders.ts';
import { printParcels } from './infrastructure/print-parcels.ts';
import { printReceipt } from './infrastructure/print-receipt.ts';
import { drawQrCode } from './infrastructure/qr-codes.ts';
import { createReceiptCodes } from './infrastructure/receipt-codes.ts';
import { createPgShippingMethods } from './infrastructure/pg-shipping-methods.ts';

const sweepEveryMs = 3_600_000;

export const ordersModule: ServiceModule = {
  name: 'orders',
  migrations: [
    new URL('../../shared/messaging/migrations/', import.meta.url),
    new URL('../../shared/event-store/migrations/', import.meta.url),
    new URL('infrastructure/migrations/', import.meta.url),
  ],
  async start(platform) {
    const { pool, clock, config, log, newId, publicUrl, mail } = platform;
    const isOnlyWriter = config.platform === 'embedded';
    const orders = createPgOrders({ ...platform, isOnlyWriter });
    const taxes = { jurisdiction: config.taxJurisdiction, clock };
    const carts = createPgCarts(pool, taxes);
    const offers = createPgOffers(pool, taxes);
    const reader = createPgOrderReader(pool);
    const catalog = createHttpCatalog(platform.ask);
    const search = createOfferSearch(offers, catalog);
    const keepCart = createKeepCart({ carts, offers: search, catalog });
    const { paymentWindowMinutes: payWithinMinutes, currency, timeZone, language } = config;
    const shippingMethods = createPgShippingMethods(pool);
    const guests = createPgGuests(platform);
    const secrets = createGuestSecrets(platform.deriveKeys);
    const codes = createReceiptCodes(platform.deriveKeys);
    const issuers = createPgIssuers(pool);
    const provenEmails = createHttpProvenEmails(platform.ask);
    const placeOrder = createPlaceOrder({
      orders,
      offers: search,
      carts,
      keepCart,
      clock,
      payWithinMinutes,
      shippingMethods,
      timeZone,
      requiresShipping: config.requiresShipping,
    });
    const changeStatus = createChangeOrderStatus({ orders, clock });
    const readOrders = createReadOrders({ orders, reader });
    const findCaller = createFindCaller({ guests, secrets });
    const placeGuestOrder = createPlaceGuestOrder({ placeOrder, guests, secrets, clock });
    const expireUnpaidOrder = createExpireUnpaidOrder({ orders, clock });

    return {
      routes: [
        cartRoutes(keepCart, currency),
        placeOrderRoute({ pool, placeOrder, placeGuestOrder, secrets, currency, language }),
        readOrderRoutes(readOrders, findCaller),
        changeOrderRoutes(changeStatus, findCaller),
        guestRoutes({
          requestLink: createRequestLink({ guests, secrets }),
          claimOrder: createClaimOrder({ orders, guests, secrets, provenEmails, clock }),
          readClaimable: createReadClaimable({ orders, guests, provenEmails }),
          readContact: createReadContact({ readOrders, guests }),
          findCaller,
        }),
        receiptRoute({
          showReceipt: createShowReceipt({ readOrders, guests, issuers }),
          printReceipt,
          clock,
          findCaller,
          drawQrCode,
          codeOf: (orderId) => codes.codeOf(orderId),
          publicUrl,
          shopName: platform.shopName,
          currency,
          language,
          timeZone,
        }),
        parcelRoutes({
          prepareParcels: createPrepareParcels({ orders: createPgSentOrders(pool), issuers }),
          printParcels,
          publicUrl,
          shopName: platform.shopName,
          language,
          timeZone,
          clock,
        }),
        issuersRoutes(createKeepIssuer({ issuers, clock, newId })),
        verifyReceiptRoute(createVerifyReceipt({ orders, reader, issuers, codes })),
        shippingMethodRoutes(createKeepShippingMethods(shippingMethods), newId),
        shippingOptionsRoute(
          createShowShippingOptions({
            methods: shippingMethods,
            carts,
            offers,
            clock,
            timeZone,
            currency,
          }),
          config.requiresShipping,
        ),
        openOrdersRoute(createPgOpenOrders(pool)),
        figuresRoutes({ figures: createPgSalesFigures(pool, timeZone), clock, currency, timeZone }),
        analyticsRoutes({ analytics: createPgAnalytics(pool, timeZone), currency, timeZone }),
        taxRateRoutes(createChangeTaxRates({ rates: createPgTaxRates(pool), clock, newId })),
      ],
      reactions: [
        ...followStockAndPayment({ orders, clock }),
        ...sendLinkToGuest({
          guests,
          secrets,
          mail,
          clock,
          publicUrl,
          onRefused: (id, error) => log.warn({ err: error, order_id: id }, 'mail was refused'),
        }),
        keepOffersWhenProductChanged(offers),
        ...personalDataReactions({ platform, context: 'orders', contracts, held }),
      ],
      deadlines: [{ kind: 'pay-order', handle: ({ key }) => expireUnpaidOrder(key) }],
      work: () => {
        const sweep = (): void => {
          const now = clock();
          carts.sweep(now).catch((error: unknown) => log.warn({ err: error }, 'cart sweep'));
          guests.sweep(now).catch((error: unknown) => log.warn({ err: error }, 'guest sweep'));
        };
        const timer = setInterval(sweep, sweepEveryMs);
        return async () => clearInterval(timer);
      },
    };
  },
};
