import '../styles/admin.css';
import { startApplication } from '../kit/application.tsx';
import { adminRoutes } from './routes.tsx';

await startApplication(
  adminRoutes,
  { es: () => import('./messages/es.json'), en: () => import('./messages/en.json') },
  {
    es: () => import('../office/messages/es.json'),
    en: () => import('../office/messages/en.json'),
  },
);
