import '../styles/account.css';
import { startApplication } from '../kit/application.tsx';
import { accountRoutes } from './routes.tsx';

await startApplication(accountRoutes, {
  es: () => import('./messages/es.json'),
  en: () => import('./messages/en.json'),
});
