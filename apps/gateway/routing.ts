import type { ContextName } from '#shared/platform/module.ts';

/** Which context answers below each address; a test holds it equal to what the contexts serve. */
export const contextOfPrefix: ReadonlyMap<string, ContextName> = new Map([
  ['/api/v1/auth', 'identity'],
  ['/api/v1/users', 'identity'],
  ['/.well-known', 'identity'],
  ['/oauth2', 'identity'],
  ['/setup', 'identity'],
  ['/instalar', 'identity'],
  ['/api/v1/products', 'catalog'],
  ['/api/v1/categories', 'catalog'],
  ['/api/v1/cart', 'orders'],
  ['/api/v1/orders', 'orders'],
  ['/api/v1/payments', 'payments'],
  ['/api/v1/ledger', 'payments'],
  ['/api/v1/ws', 'notifications'],
  ['/ws', 'notifications'],
]);

/** What of `url` would be a prefix of the table: its first part, or three below `/api/v1`. */
export const prefixOf = (url: string): string => {
  for (let i = url.startsWith('/api/v1/') ? 8 : 1; i < url.length; i++) {
    const code = url.charCodeAt(i);
    if (code === 0x2f || code === 0x3f) return url.slice(0, i);
  }
  return url;
};

/** The context that answers at `path`, which has no query; undefined: none does. */
export const contextAt = (path: string): ContextName | undefined => {
  for (const [prefix, context] of contextOfPrefix)
    if (path === prefix || path.startsWith(`${prefix}/`)) return context;
  return undefined;
};
