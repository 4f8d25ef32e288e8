import type { RouteObject } from 'react-router';

/** Pages below `/admin`, each loaded when it is opened. */
export const goodsRoutes: RouteObject[] = [
  { path: 'productos', lazy: () => import('./products/products.tsx') },
  { path: 'productos/nuevo', lazy: () => import('./products/new-product.tsx') },
  { path: 'productos/:product', lazy: () => import('./products/product.tsx') },
  { path: 'inventario', lazy: () => import('./stock/inventory.tsx') },
  { path: 'importar', lazy: () => import('./products/imports.tsx') },
  { path: 'vendedores', lazy: () => import('./sellers/sellers.tsx') },
  { path: 'vendedores/:seller', lazy: () => import('./sellers/seller.tsx') },
  { path: 'pagos', lazy: () => import('./money/payments.tsx') },
  { path: 'pagos/:payment', lazy: () => import('./money/payment.tsx') },
  { path: 'devoluciones', lazy: () => import('./money/refunds.tsx') },
  { path: 'contracargos', lazy: () => import('./money/disputes.tsx') },
  { path: 'pagos-a-vendedores', lazy: () => import('./payouts/payouts.tsx') },
  { path: 'pagos-a-vendedores/archivos', lazy: () => import('./payouts/batches.tsx') },
  { path: 'pagos-a-vendedores/:payout', lazy: () => import('./payouts/payout.tsx') },
  { path: 'libros', lazy: () => import('./ledger/accounts.tsx') },
  { path: 'libros/cuenta', lazy: () => import('./ledger/statement.tsx') },
  { path: 'libros/balance', lazy: () => import('./ledger/trial-balance.tsx') },
  { path: 'conciliacion', lazy: () => import('./ledger/reconciliation.tsx') },
];
