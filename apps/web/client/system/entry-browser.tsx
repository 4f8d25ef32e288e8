import '../styles/system.css';
import { startApplication } from '../kit/application.tsx';
import { systemRoutes } from './routes.tsx';

await startApplication(
  systemRoutes,
  { es: () => import('./messages/es.json'), en: () => import('./messages/en.json') },
  {
    es: () => import('../office/messages/es.json'),
    en: () => import('../office/messages/en.json'),
  },
);
