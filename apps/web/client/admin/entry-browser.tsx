import '../styles/admin.css';
import { startApplication } from '../kit/application.tsx';
import { adminRoutes } from './routes.tsx';

await startApplication(adminRoutes, {
  es: () => import('./messages/es.json'),
  en: () => import('./messages/en.json'),
});
