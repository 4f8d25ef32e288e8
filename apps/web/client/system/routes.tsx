import type { RouteObject } from 'react-router';
import { Failed, Frame } from './frame.tsx';
import { Component as Overview } from './overview.tsx';

export const systemRoutes: RouteObject[] = [
  {
    path: '/sistema',
    Component: Frame,
    ErrorBoundary: Failed,
    HydrateFallback: () => null,
    children: [
      {
        ErrorBoundary: Failed,
        children: [
          { index: true, Component: Overview },
          { path: 'servicios/:id', lazy: () => import('./service.tsx') },
          { path: 'eventos', lazy: () => import('./events.tsx') },
          { path: 'eventos/:id', lazy: () => import('./chain.tsx') },
          { path: 'trazas', lazy: () => import('./traces.tsx') },
          { path: 'trazas/:id', lazy: () => import('./trace.tsx') },
          { path: 'colas', lazy: () => import('./queues.tsx') },
          { path: 'correo', lazy: () => import('./mail.tsx') },
          { path: 'registros', lazy: () => import('./logs.tsx') },
        ],
      },
    ],
  },
];
