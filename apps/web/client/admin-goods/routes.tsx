import type { RouteObject } from 'react-router';

/** Pages below `/admin`, each loaded when it is opened: `{ path: 'productos', lazy: () => import('./products.tsx') }`. */
export const goodsRoutes: RouteObject[] = [];
