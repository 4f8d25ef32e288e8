import type { Scope } from '#shared/kernel/scopes.ts';
import type { PageLanguage } from './messages.ts';

/** What each scope lets an application do, as it is said to who decides about it. */
export const scopeTexts: Readonly<Record<PageLanguage, Readonly<Record<Scope, string>>>> = {
  es: {
    openid: 'Saber que eres tú',
    profile: 'Ver tu nombre, tu usuario y tu idioma',
    email: 'Ver tu correo',
    offline_access: 'Seguir conectada cuando no estés, hasta 30\u00a0días',
    'account:read': 'Ver los datos de tu cuenta',
    'products:read': 'Ver productos y categorías',
    'products:write': 'Crear y cambiar tus productos',
    'stock:write': 'Cambiar tus existencias',
    'orders:read': 'Ver tu carrito y tus pedidos',
    'orders:write': 'Cambiar tu carrito, hacer pedidos y cambiar su estado',
    'payments:read': 'Ver tus pagos',
    'payments:write': 'Pagar y devolver dinero en tu nombre',
    'ledger:read': 'Ver el libro mayor',
  },
  en: {
    openid: 'Know that it is you',
    profile: 'See your name, user name and language',
    email: 'See your e-mail address',
    offline_access: 'Stay connected while you are away, for up to 30\u00a0days',
    'account:read': 'See the details of your account',
    'products:read': 'See products and categories',
    'products:write': 'Create and change your products',
    'stock:write': 'Change your stock',
    'orders:read': 'See your cart and your orders',
    'orders:write': 'Change your cart, place orders and change their state',
    'payments:read': 'See your payments',
    'payments:write': 'Pay and give money back in your name',
    'ledger:read': 'See the ledger',
  },
};
