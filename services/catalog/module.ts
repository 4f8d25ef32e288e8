import { personalDataContracts as contracts } from '#contracts/personal-data.ts';
import { personalDataReactions } from '#shared/personal-data/personal-data.ts';
import type { ServiceModule } from '#shared/platform/module.ts';
import { assortmentRoutes } from './api/assortment.route.ts';
import { changeCategoriesRoute } from './api/change-categories.route.ts';
import { changeImagesRoute } from './api/change-images.route.ts';
import { changeProductRoute } from './api/change-product.route.ts';
import { changeStatusRoute } from './api/change-status.route.ts';
import { changeStockRoute } from './api/change-stock.route.ts';
import { changeVariantsRoute } from './api/change-variants.route.ts';
import { createProductRoute } from './api/create-product.route.ts';
import { exportProductsRoute } from './api/export-products.route.ts';
import { favouritesRoutes } from './api/favourites.route.ts';
import { productFiguresRoute } from './api/figures.route.ts';
import { importProductsRoute } from './api/import-products.route.ts';
import { listCategoriesRoute } from './api/list-categories.route.ts';
import { listProductsRoute } from './api/list-products.route.ts';
import { listStockRoutes } from './api/list-stock.route.ts';
import { showImageRoute } from './api/show-image.route.ts';
import { showImportRoute } from './api/show-import.route.ts';
import { showProductRoute } from './api/show-product.route.ts';
import { shopRoutes } from './api/shop.route.ts';
import { showStockRoute } from './api/show-stock.route.ts';
import { suggestRoute } from './api/suggest.route.ts';
import { createMissedSearches } from './application/missed-searches.ts';
import { createChangeCategories } from './application/commands/change-categories.ts';
import { createChangeImages } from './application/commands/change-images.ts';
import { createChangeProduct } from './application/commands/change-product.ts';
import { createBeginShop, createChangeShop } from './application/commands/change-shop.ts';
import { createChangeStatus } from './application/commands/change-status.ts';
import { createChangeStock } from './application/commands/change-stock.ts';
import { createChangeVariants } from './application/commands/change-variants.ts';
import { createCreateProduct } from './application/commands/create-product.ts';
import { createKeepFavourites } from './application/commands/keep-favourites.ts';
import { createWithdrawSeller } from './application/commands/withdraw-seller.ts';
import { createImportProducts } from './application/commands/import-products.ts';
import { createExportProducts } from './application/queries/export-products.ts';
import { createListCategories } from './application/queries/list-categories.ts';
import { createListProducts } from './application/queries/list-products.ts';
import { createShowImage } from './application/queries/show-image.ts';
import { createShowImport } from './application/queries/show-import.ts';
import { createShowProduct } from './application/queries/show-product.ts';
import { createShowStock } from './application/queries/show-stock.ts';
import { createSuggest } from './application/queries/suggest.ts';
import { commitStockWhenOrderPaid } from './application/reactions/commit-stock-when-order-paid.ts';
import {
  releaseStockWhenOrderCancelled,
  releaseStockWhenOrderFailed,
} from './application/reactions/release-stock-when-order-ended.ts';
import { reserveStockWhenOrderPlaced } from './application/reactions/reserve-stock-when-order-placed.ts';
import { restockWhenRequested } from './application/reactions/restock-when-requested.ts';
import { anything, createChangeTold } from './infrastructure/change-told.ts';
import { csvFiles } from './infrastructure/csv-files.ts';
import { catalogHeldData } from './infrastructure/held-data.ts';
import { createPgSellerProducts } from './infrastructure/pg-seller-products.ts';
import { createPgCategories } from './infrastructure/pg-categories.ts';
import { createPgExportedProducts } from './infrastructure/pg-exported-products.ts';
import { createPgFavourites } from './infrastructure/pg-favourites.ts';
import { createPgImportBatches } from './infrastructure/pg-import-batches.ts';
import { createPgImports, createPgImportViews } from './infrastructure/pg-imports.ts';
import { createPgMissedSearches } from './infrastructure/pg-missed-searches.ts';
import { createPgProductLists } from './infrastructure/pg-product-lists.ts';
import { createPgProductViews } from './infrastructure/pg-product-views.ts';
import { createPgProducts } from './infrastructure/pg-products.ts';
import { createPgReservations } from './infrastructure/pg-reservations.ts';
import { createPgShop } from './infrastructure/pg-shop.ts';
import { createPgStock } from './infrastructure/pg-stock.ts';
import { createPgStockLists } from './infrastructure/pg-stock-lists.ts';
import { createPgStockAtRisk } from './infrastructure/pg-stock-at-risk.ts';
import { createPgStockCounts } from './infrastructure/pg-stock-counts.ts';
import { createPgStockViews } from './infrastructure/pg-stock-views.ts';
import { createPgSuggestions } from './infrastructure/pg-suggestions.ts';
import { finish, ResponseCache } from './infrastructure/response-cache.ts';
import { createSharpImages } from './infrastructure/sharp-images.ts';
import { startSweeping } from './infrastructure/sweep.ts';

export const catalogModule: ServiceModule = {
  name: 'catalog',
  migrations: [
    new URL('../../shared/messaging/migrations/', import.meta.url),
    new URL('infrastructure/migrations/', import.meta.url),
  ],
  async start(platform) {
    const { pool, clock, newId, config, files, log, wakeOutbox, fanOut, sharedValues } = platform;
    const { currency } = config;
    const answers = new ResponseCache(pool, sharedValues);
    const { tell, tellAndWait } = createChangeTold(fanOut, answers);
    const store = { pool, onChange: tellAndWait, wakeOutbox };
    const products = createPgProducts(store);
    const reservations = createPgReservations({ pool, onChange: tell, wakeOutbox });
    const images = createSharpImages(files);
    const categories = createPgCategories({ pool, onTreeChange: () => tellAndWait(anything) });

    const showProduct = createShowProduct({ answers, views: createPgProductViews(pool) });
    const listProducts = createListProducts({ answers, lists: createPgProductLists(pool) });
    const missedSearches = createMissedSearches({
      store: createPgMissedSearches(pool, config.timeZone),
      gather: platform.gather,
      clock,
    });
    const createProduct = createCreateProduct({ products, newId, currency });
    const changeProduct = createChangeProduct({ products });
    const changeVariants = createChangeVariants({ products, newId });
    const changeStatus = createChangeStatus({ products });
    const changeStock = createChangeStock({ stock: createPgStock(store) });
    const changeImages = createChangeImages({ products, images });
    const showImport = createShowImport({ views: createPgImportViews(pool, clock) });
    const importProducts = createImportProducts({
      files: csvFiles,
      imports: createPgImports(pool),
      batches: createPgImportBatches(store),
      categories,
      newId,
      now: clock,
      currency,
      log,
    });
    const sellerProducts = createPgSellerProducts(pool);
    const withdraw = createWithdrawSeller({ products, sellerProducts, clock, newId });
    const shops = createPgShop(pool);
    const exportProducts = createExportProducts({ products: createPgExportedProducts(pool) });

    return {
      routes: [
        listProductsRoute({ listProducts, answers, missedSearches, currency }),
        suggestRoute(createSuggest({ answers, suggestions: createPgSuggestions(pool) }), answers),
        showProductRoute(showProduct, answers),
        createProductRoute({ createProduct, showProduct, pool, clock, currency }),
        changeProductRoute({ changeProduct, showProduct, clock, currency }),
        changeStatusRoute({ changeStatus, showProduct, clock }),
        changeVariantsRoute({ changeVariants, showProduct, clock, currency }),
        changeStockRoute({ changeStock, pool, clock }),
        listStockRoutes(createPgStockLists(pool)),
        assortmentRoutes({
          missedSearches,
          stockAtRisk: createPgStockAtRisk(pool, config.timeZone),
          timeZone: config.timeZone,
        }),
        productFiguresRoute(createPgStockCounts(pool)),
        showStockRoute(createShowStock({ views: createPgStockViews(pool) })),
        changeImagesRoute({ changeImages, showProduct, pool, clock }),
        showImageRoute(createShowImage({ images })),
        listCategoriesRoute(createListCategories({ categories, answers, finish }), answers),
        changeCategoriesRoute(createChangeCategories({ categories, newId })),
        importProductsRoute({ importProducts, showImport, files: csvFiles, newId, clock }),
        showImportRoute(showImport),
        exportProductsRoute(exportProducts),
        favouritesRoutes(createKeepFavourites({ favourites: createPgFavourites(pool) }), clock),
        shopRoutes({
          shops,
          changeShop: createChangeShop({ shops }),
          beginShop: createBeginShop({ shops }),
          clock,
        }),
      ],
      reactions: [
        reserveStockWhenOrderPlaced({ reservations, clock }),
        commitStockWhenOrderPaid({ reservations, clock }),
        releaseStockWhenOrderCancelled({ reservations, clock }),
        releaseStockWhenOrderFailed({ reservations, clock }),
        restockWhenRequested({ reservations, clock }),
        ...personalDataReactions({
          platform,
          context: 'catalog',
          contracts,
          held: catalogHeldData({ pool, files, withdraw }),
        }),
      ],
      deadlines: [
        { kind: 'expire-reservation', handle: ({ key }) => reservations.expire(key, clock()) },
      ],
      work: () => {
        const stopSweeping = startSweeping(pool);
        return async () => {
          stopSweeping();
          await importProducts.stop();
        };
      },
    };
  },
};
