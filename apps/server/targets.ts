import { contextsOf } from '#shared/platform/config.ts';
import type { ServiceModule } from '#shared/platform/module.ts';
import { catalogModule } from '../../services/catalog/module.ts';
import { identityModule } from '../../services/identity/module.ts';
import { notificationsModule } from '../../services/notifications/module.ts';
import { ordersModule } from '../../services/orders/module.ts';
import { paymentsModule } from '../../services/payments/module.ts';
import { usersModule } from '../../services/users/module.ts';

export const modules: readonly ServiceModule[] = [
  identityModule,
  usersModule,
  catalogModule,
  ordersModule,
  paymentsModule,
  notificationsModule,
];

/** The modules of the contexts that a target names; see `contextsOf`. */
export const selectModules = (target: string): readonly ServiceModule[] => {
  const names = contextsOf(target);
  return modules.filter(({ name }) => names.includes(name));
};
