import type { RouteObject } from 'react-router';
import { Failed, Frame } from './frame.tsx';

export const accountRoutes: RouteObject[] = [
  {
    path: '/cuenta',
    Component: Frame,
    ErrorBoundary: Failed,
    HydrateFallback: () => null,
    children: [
      {
        ErrorBoundary: Failed,
        children: [
          { index: true, lazy: () => import('./overview.tsx') },
          { path: 'pedidos', lazy: () => import('./orders.tsx') },
          { path: 'pedidos/:order', lazy: () => import('./order.tsx') },
          { path: 'favoritos', lazy: () => import('./favourites.tsx') },
          { path: 'perfil', lazy: () => import('./profile.tsx') },
          { path: 'direcciones', lazy: () => import('./addresses.tsx') },
          { path: 'notificaciones', lazy: () => import('./notifications.tsx') },
          { path: 'seguridad', lazy: () => import('./security.tsx') },
          { path: 'cobros', lazy: () => import('./selling.tsx') },
          { path: 'datos', lazy: () => import('./data.tsx') },
        ],
      },
    ],
  },
];
