import { redirect, type LoaderFunctionArgs, type RouteObject } from 'react-router';
import { homePath } from '../../addresses.ts';
import { bringWords } from '../i18n/late-words.ts';
import { ErrorPage } from './error-page.tsx';
import { Layout, layoutLoader } from './layout.tsx';
import { loaderSetting } from './loader-setting.ts';

type PageModule = Readonly<Record<string, unknown>>;

/** A page of the store: its address, and the module that is loaded when it is opened. */
const page = (
  id: string,
  path: string,
  name: string,
  load: () => Promise<PageModule>,
): RouteObject => ({ id: `${id}:${name}`, path, lazy: load, hydrateFallbackElement: null });

/** A page with the words of its part, which no other page has to load. */
const withWords =
  (part: string, load: () => Promise<PageModule>) => async (): Promise<PageModule> => {
    const [module] = await Promise.all([load(), bringWords(part)]);
    return module;
  };

const home = () => import('./pages/home.tsx');
const category = () => import('./pages/category.tsx');
const search = () => import('./pages/search.tsx');
const product = () => import('./pages/product.tsx');
const seller = () => import('./pages/seller.tsx');
const cart = () => import('./pages/cart.tsx');
const checkout = withWords('checkout', () => import('../checkout/checkout.tsx'));
const confirmed = withWords('checkout', () => import('../checkout/confirmed.tsx'));
const tracking = withWords('checkout', () => import('../checkout/tracking.tsx'));
const verified = withWords('checkout', () => import('../checkout/verified.tsx'));

const install = withWords('install', () => import('../install/install.tsx'));
const enrol = withWords('account', () => import('../account/enrol.tsx'));

const ofLanguage = (
  language: 'es' | 'en',
  words: Readonly<
    Record<'search' | 'seller' | 'cart' | 'checkout' | 'confirmed' | 'tracking' | 'receipt', string>
  >,
): readonly RouteObject[] => [
  page(language, `/${language}`, 'home', home),
  page(language, `/${language}/c/:category`, 'category', category),
  page(language, `/${language}/${words.search}`, 'search', search),
  page(language, `/${language}/p/:product`, 'product', product),
  page(language, `/${language}/${words.seller}/:seller`, 'seller', seller),
  page(language, `/${language}/${words.cart}`, 'cart', cart),
  page(language, `/${language}/${words.checkout}/:step?`, 'checkout/checkout', checkout),
  page(language, `/${language}/${words.confirmed}`, 'checkout/confirmed', confirmed),
  page(language, `/${language}/${words.tracking}/:order?`, 'checkout/tracking', tracking),
  page(language, `/${language}/${words.receipt}/:number/:code`, 'checkout/verified', verified),
];

/** Each has its own error boundary inside of the frame, which survives whatever a page does. */
export const storeRoutes: readonly RouteObject[] = [
  {
    id: 'frame',
    loader: layoutLoader,
    shouldRevalidate: () => false,
    Component: Layout,
    ErrorBoundary: ErrorPage,
    hydrateFallbackElement: null,
    children: [
      {
        id: 'page',
        ErrorBoundary: ErrorPage,
        hydrateFallbackElement: null,
        children: [
          {
            id: 'root',
            path: '/',
            loader: ({ context }: LoaderFunctionArgs) =>
              redirect(homePath(loaderSetting(context).setting.language)),
          },
          ...ofLanguage('es', {
            search: 'buscar',
            seller: 'vendedor',
            cart: 'carrito',
            checkout: 'pagar',
            confirmed: 'pedido/:order/confirmado',
            tracking: 'seguimiento',
            receipt: 'comprobante',
          }),
          ...ofLanguage('en', {
            search: 'search',
            seller: 'seller',
            cart: 'cart',
            checkout: 'checkout',
            confirmed: 'order/:order/confirmed',
            tracking: 'tracking',
            receipt: 'receipt',
          }),
          page('any', '/entrar', 'sign-in', () => import('./pages/sign-in.tsx')),
          page('any', '/entrar/codigo', 'second-step', () => import('./pages/second-step.tsx')),
          page('any', '/entrar/segundo-paso', 'account/enrol', enrol),
          page('any', '/registro', 'register', () => import('./pages/register.tsx')),
          page('any', '/verificar', 'verify', () => import('./pages/verify.tsx')),
          page('any', '/recuperar', 'recover', () => import('./pages/recover.tsx')),
          page('any', '/restablecer/:token', 'reset', () => import('./pages/reset.tsx')),
          page('any', '/instalar/:token', 'install/install', install),
          page('en', '/setup/:token', 'install/install', install),
          page('any', '/dev/estados', 'states', () => import('./pages/states.tsx')),
          {
            id: 'nowhere',
            Component: () => null,
            path: '*',
            loader: () => {
              throw new Response(null, { status: 404 });
            },
          },
        ],
      },
    ],
  },
];

type Match = Readonly<{ route: Readonly<{ id: string }> }>;

/** The modules of the pages that were matched, by the names that the build knows them by. */
export const moduleOfMatches = (matches: readonly Match[]): readonly string[] =>
  matches.flatMap(({ route: { id } }) => {
    const name = /^(?:es|en|any):(.+)$/.exec(id)?.[1];
    if (name === undefined) return [];
    // A page of another part than the store says of which.
    return [name.includes('/') ? `client/${name}.tsx` : `client/store/pages/${name}.tsx`];
  });
