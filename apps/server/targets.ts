import type { ServiceModule } from '#shared/platform/module.ts';
import { catalogModule } from '../../services/catalog/module.ts';
import { identityModule } from '../../services/identity/module.ts';
import { notificationsModule } from '../../services/notifications/module.ts';
import { ordersModule } from '../../services/orders/module.ts';
import { paymentsModule } from '../../services/payments/module.ts';

export const modules: readonly ServiceModule[] = [
  identityModule,
  catalogModule,
  ordersModule,
  paymentsModule,
  notificationsModule,
];

/** The target that runs no context: it passes requests on to those of other processes. */
export const gatewayTarget = 'gateway';

/** `all` is the all-in-one, `orders` one microservice, `orders,payments` anything between. */
export const selectModules = (target: string): readonly ServiceModule[] =>
  target === 'all'
    ? modules
    : target === gatewayTarget
      ? []
      : target.split(',').map((name) => {
          const module = modules.find((candidate) => candidate.name === name.trim());
          if (module) return module;
          const known = modules.map((candidate) => candidate.name).join(', ');
          throw new Error(
            `TARGET names ${name}, but the targets are all, ${gatewayTarget}, ${known}`,
          );
        });
