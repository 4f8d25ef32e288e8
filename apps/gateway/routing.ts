import type { ContextName } from '#shared/platform/module.ts';

/** Which context answers below each address; a test holds it equal to what the contexts serve. */
export const contextOfPrefix: ReadonlyMap<string, ContextName> = new Map([
  ['/api/v1/auth', 'identity'],
  ['/api/v1/admin/audit', 'identity'],
  ['/api/v1/admin/dashboard', 'orders'],
  ['/api/v1/admin/analytics', 'orders'],
  ['/api/v1/users', 'users'],
  ['/api/v1/address-forms', 'users'],
  ['/.well-known', 'identity'],
  ['/oauth2', 'identity'],
  ['/setup', 'identity'],
  ['/instalar', 'identity'],
  ['/api/v1/products', 'catalog'],
  ['/api/v1/categories', 'catalog'],
  ['/api/v1/shop', 'catalog'],
  ['/api/v1/cart', 'orders'],
  ['/api/v1/orders', 'orders'],
  ['/api/v1/receipts', 'orders'],
  ['/api/v1/issuers', 'orders'],
  ['/api/v1/tax-rates', 'orders'],
  ['/api/v1/shipping-methods', 'orders'],
  ['/api/v1/shipping-options', 'orders'],
  ['/api/v1/payments', 'payments'],
  ['/api/v1/payment-methods', 'payments'],
  ['/api/v1/ledger', 'payments'],
  ['/api/v1/reconciliation', 'payments'],
  ['/api/v1/chargebacks', 'payments'],
  ['/api/v1/mercadopago', 'payments'],
  ['/api/v1/webhook', 'payments'],
  ['/api/v1/commission-rules', 'payments'],
  ['/api/v1/escrows', 'payments'],
  ['/api/v1/balance', 'payments'],
  ['/api/v1/payouts', 'payments'],
  ['/api/v1/payout-batches', 'payments'],
  ['/api/v1/payout-destination', 'payments'],
  ['/api/v1/notifications', 'notifications'],
  ['/api/v1/ws', 'notifications'],
  ['/ws', 'notifications'],
]);

type Exception = Readonly<{
  /** As the router writes it; `:id` is one segment. */
  url: string;
  /** Undefined: all. */
  methods?: readonly string[];
  context: ContextName;
}>;

/**
 * Single addresses below another context's prefix: what an account may do is identity's, who
 * somebody is belongs to users, and which products they keep is catalog's.
 */
export const exceptions: readonly Exception[] = [
  { url: '/api/v1/auth/profile', context: 'users' },
  { url: '/api/v1/users', methods: ['POST'], context: 'identity' },
  { url: '/api/v1/users/me/change-password', context: 'identity' },
  { url: '/api/v1/users/me/favourites', context: 'catalog' },
  { url: '/api/v1/users/me/favourites/:id', context: 'catalog' },
  { url: '/api/v1/users/:id/activate', context: 'identity' },
  { url: '/api/v1/users/:id/deactivate', context: 'identity' },
  { url: '/api/v1/users/:id/roles', context: 'identity' },
  { url: '/api/v1/users/:id/second-factors', context: 'identity' },
];

const patterns = exceptions.map(({ url, methods, context }) => ({
  pattern: new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+')}/?$`),
  methods,
  context,
}));

/** Whether addresses below `prefix` belong to another context than its own. */
export const hasExceptions = (prefix: string): boolean =>
  exceptions.some(({ url }) => url === prefix || url.startsWith(`${prefix}/`));

/** What of `url` would be a prefix of the table: its first part, or three below `/api/v1`. */
export const prefixOf = (url: string): string => {
  for (let i = url.startsWith('/api/v1/') ? 8 : 1; i < url.length; i++) {
    const code = url.charCodeAt(i);
    if (code === 0x2f || code === 0x3f) return url.slice(0, i);
  }
  return url;
};

/** The context that answers at `path`, which has no query; undefined: none does. */
export const contextAt = (path: string, method: string): ContextName | undefined => {
  const exception = patterns.find(
    ({ pattern, methods }) => pattern.test(path) && (methods?.includes(method) ?? true),
  );
  if (exception) return exception.context;
  for (const [prefix, context] of contextOfPrefix)
    if (path === prefix || path.startsWith(`${prefix}/`)) return context;
  return undefined;
};
