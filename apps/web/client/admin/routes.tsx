import type { RouteObject } from 'react-router';
import { goodsRoutes } from '../admin-goods/routes.tsx';
import { AddWords } from './kit/add-words.tsx';
import { Failed, Frame } from './frame.tsx';

/** Words of a part come with its first page. */
const goods: RouteObject = {
  element: (
    <AddWords
      of={{
        es: () => import('../admin-goods/messages/es.json'),
        en: () => import('../admin-goods/messages/en.json'),
      }}
    />
  ),
  ErrorBoundary: Failed,
  children: goodsRoutes,
};

export const adminRoutes: RouteObject[] = [
  {
    path: '/admin',
    Component: Frame,
    ErrorBoundary: Failed,
    HydrateFallback: () => null,
    children: [
      {
        ErrorBoundary: Failed,
        children: [
          { index: true, lazy: () => import('./home/home.tsx') },
          { path: 'pedidos', lazy: () => import('./orders/orders.tsx') },
          { path: 'pedidos/:order', lazy: () => import('./orders/order.tsx') },
          { path: 'analitica', lazy: () => import('./analytics/analytics.tsx') },
          { path: 'clientes', lazy: () => import('./people/customers.tsx') },
          { path: 'clientes/:user', lazy: () => import('./people/customer.tsx') },
          { path: 'equipo', lazy: () => import('./people/team.tsx') },
          { path: 'auditoria', lazy: () => import('./people/audit.tsx') },
          { path: 'ajustes', lazy: () => import('./settings/taxes.tsx') },
          { path: 'ajustes/tienda', lazy: () => import('./settings/shop.tsx') },
          { path: 'ajustes/comisiones', lazy: () => import('./settings/commission.tsx') },
          { path: 'ajustes/envios', lazy: () => import('./settings/shipping.tsx') },
          { path: 'ajustes/acceso', lazy: () => import('./settings/access.tsx') },
          { path: 'ajustes/ejemplo', lazy: () => import('./settings/demo.tsx') },
          { path: 'dev/estados', lazy: () => import('./states.tsx') },
          { path: '*', lazy: () => import('./not-found.tsx') },
        ],
      },
      goods,
    ],
  },
];
