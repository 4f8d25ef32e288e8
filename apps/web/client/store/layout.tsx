import { ArrowLeft, Bell, LayoutGrid, ShoppingCart, UserRound } from 'lucide-react';
import { useEffect, useRef, type ReactElement } from 'react';
import {
  Link,
  NavLink,
  Outlet,
  ScrollRestoration,
  useLoaderData,
  useLocation,
  useMatches,
  useNavigation,
  type LoaderFunctionArgs,
} from 'react-router';
import { cartPath, categoryPath, homePath } from '../../addresses.ts';
import { useSetting, useText, useWholeText } from '../i18n/use-text.tsx';
import { fitTitle } from '../kit/head.ts';
import { Icon } from '../kit/icon.tsx';
import { Mark } from '../kit/layout.tsx';
import { Offline } from '../kit/offline.tsx';
import { ToastProvider } from '../kit/toast.tsx';
import { CartProvider } from './cart-provider.tsx';
import { headOfMatches } from './head-of-matches.ts';
import { Later } from './later.tsx';
import { loaderSetting } from './loader-setting.ts';
import { Footer } from './parts/footer.tsx';
import { SearchBox } from './parts/search-box.tsx';
import { countPieces, useCart, type Cart } from './use-cart.ts';

export type CategoryLink = Readonly<{ id: string; slug: string; name: string }>;
export type FrameData = Readonly<{ categories: readonly CategoryLink[]; cart: Cart | null }>;

/** What the frame shows on every page. What cannot be asked is left out, and the page still sells. */
export const layoutLoader = async ({ context }: LoaderFunctionArgs): Promise<FrameData> => {
  const { api, setting } = loaderSetting(context);
  const [tree, cart] = await Promise.all([
    api.GET('/api/v1/categories').catch(() => undefined),
    setting.hasCart ? api.GET('/api/v1/cart').catch(() => undefined) : undefined,
  ]);
  const categories = (tree?.data?.items ?? []).map(({ id, slug, name }) => ({ id, slug, name }));
  return { categories, cart: cart?.data ?? null };
};

/** Moves to the heading of the new page, and says its name, as a page load would. */
const useArrival = (): void => {
  const setting = useSetting();
  const text = useWholeText();
  const matches = useMatches();
  const { pathname } = useLocation();
  const isFirst = useRef(true);
  useEffect(() => {
    // The first page came with its title, and one that failed says its own.
    if (isFirst.current || document.querySelector('[data-failed]')) return;
    const found = headOfMatches(
      matches.map(({ id, handle }) => ({ route: { id, handle } })),
      Object.fromEntries(matches.map(({ id, loaderData }) => [id, loaderData])),
      { setting, text },
    );
    document.title = fitTitle(found.title, setting.shopName);
  }, [matches, setting, text]);
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      document.documentElement.dataset['ready'] = 'true';
      return;
    }
    document.querySelector('h1')?.focus({ preventScroll: true });
  }, [pathname]);
};

const CartLink = ({ cart }: Readonly<{ cart: Cart | undefined }>): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const count = countPieces(cart);
  return (
    <Link
      to={cartPath(language)}
      aria-label={say('frame.cart', { count })}
      className="relative inline-flex size-11 items-center justify-center rounded-control hover:bg-sunken"
    >
      <Icon of={ShoppingCart} size={22} />
      {count > 0 && (
        <span
          aria-hidden="true"
          className="tabular absolute top-0.5 right-0 flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-accent px-1 text-micro leading-none text-on-accent"
        >
          {count > 99 ? '99+' : count}
        </span>
      )}
    </Link>
  );
};

/** The way to what somebody was told, and how much of it is new. */
const BellLink = ({ isBelow }: Readonly<{ isBelow: boolean }>): ReactElement => {
  const say = useText();
  return (
    <a
      href="/cuenta/notificaciones"
      className={`relative inline-flex size-11 items-center justify-center rounded-control hover:bg-sunken ${isBelow ? 'max-md:hidden' : 'max-[22rem]:hidden'}`}
    >
      <Icon of={Bell} size={22} />
      <span className="sr-only">{say('frame.notifications')}</span>
      <Later part="UnreadCount" />
    </a>
  );
};

const AccountLink = (): ReactElement => {
  const say = useText();
  const { viewer } = useSetting();
  const look =
    'inline-flex h-11 items-center gap-2 rounded-control px-2 text-small font-medium whitespace-nowrap hover:bg-sunken';
  return viewer ? (
    <a href="/cuenta" className={look}>
      <Icon of={UserRound} size={20} />
      <span className="max-w-28 truncate max-lg:sr-only">{viewer.username}</span>
    </a>
  ) : (
    <Link to="/entrar" className={look}>
      <Icon of={UserRound} size={20} />
      <span className="max-lg:sr-only">{say('frame.signIn')}</span>
    </Link>
  );
};

/** Pages below another one: on phones their way back stands where the mark is elsewhere. */
const hasWayBack = (pathname: string): boolean => /^\/(?:es|en)\/p\//.test(pathname);

const Header = ({ frame }: Readonly<{ frame: FrameData }>): ReactElement => {
  const say = useText();
  const { language, viewer, shopName } = useSetting();
  const { pathname } = useLocation();
  const { cart } = useCart();
  const isBelow = hasWayBack(pathname);
  return (
    <header className="sticky top-0 z-30 bg-surface md:static print:hidden">
      <div className="border-b border-line">
        <div className="container-shop flex h-15 items-center gap-2 md:h-16 md:gap-5">
          <Link
            to={homePath(language)}
            aria-label={`${shopName}, ${say('frame.home')}`}
            className={`h-11 items-center gap-2 ${isBelow ? 'hidden md:inline-flex' : 'inline-flex'}`}
          >
            <Mark />
            <span className="max-w-60 truncate text-[21px] leading-7 font-bold tracking-tight max-sm:sr-only">
              <bdi>{shopName}</bdi>
            </span>
          </Link>
          {isBelow && (
            <button
              type="button"
              aria-label={say('frame.back')}
              onClick={() => history.back()}
              className="-ml-2 inline-flex size-11 items-center justify-center rounded-control md:hidden"
            >
              <Icon of={ArrowLeft} size={22} />
            </button>
          )}
          <Link
            to={`${homePath(language)}#categorias`}
            className="hidden h-11 items-center gap-2 rounded-control px-2 text-small font-medium hover:bg-sunken lg:inline-flex"
          >
            <Icon of={LayoutGrid} />
            {say('frame.categories')}
          </Link>
          <SearchBox />
          <div className="flex items-center gap-1 md:gap-2">
            <span className={isBelow ? 'max-md:hidden' : undefined}>
              <AccountLink />
            </span>
            {viewer && <BellLink isBelow={isBelow} />}
            <CartLink cart={cart} />
          </div>
        </div>
      </div>
      {frame.categories.length > 0 && (
        <nav aria-label={say('frame.categories')} className="hidden border-b border-line md:block">
          <ul className="container-shop flex h-11 items-center gap-7 overflow-x-auto text-small whitespace-nowrap">
            {frame.categories.map(({ id, slug, name }) => (
              <li key={id}>
                <NavLink
                  to={categoryPath(language, slug)}
                  className={({ isActive }) =>
                    `inline-flex h-11 items-center hover:text-text-1 ${isActive ? 'font-semibold text-text-1' : 'text-text-2'}`
                  }
                >
                  {name}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
};

/** The frame of the store. */
export const Layout = (): ReactElement => {
  const frame = useLoaderData<typeof layoutLoader>();
  const { state } = useNavigation();
  useArrival();
  return (
    <CartProvider initial={frame.cart ?? undefined}>
      <ToastProvider>
        <Offline />
        <Header frame={frame} />
        {state === 'loading' && (
          <div className="fixed inset-x-0 top-0 z-40 h-0.5 overflow-hidden" aria-hidden="true">
            <div className="h-full w-full animate-[load_900ms_150ms_infinite] bg-primary-fill opacity-0" />
          </div>
        )}
        <Outlet />
        <Footer />
        <Later part="Together" />
        <ScrollRestoration />
      </ToastProvider>
    </CartProvider>
  );
};
