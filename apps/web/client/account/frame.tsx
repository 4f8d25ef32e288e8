import {
  Bell,
  Database,
  Heart,
  House,
  LogOut,
  MapPin,
  Package,
  ShieldCheck,
  ShoppingCart,
  UserRound,
  Wallet,
  type LucideIcon,
} from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';
import { Link, NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { cartPath, homePath } from '../../addresses.ts';
import type { Viewer } from '../../render-contract.ts';
import { browserApi } from '../api/client.ts';
import { unreachable } from '../api/problems.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { RegionError } from '../kit/feedback.tsx';
import { hearUnread, showUnreadInTitle, tellUnread } from '../kit/unread.ts';
import { useLive } from '../kit/use-live.ts';
import { fitTitle } from '../kit/head.ts';
import { Icon } from '../kit/icon.tsx';
import { Mark, PageTitle, Skeleton } from '../kit/layout.tsx';
import { Offline } from '../kit/offline.tsx';
import { useArrival } from '../kit/use-arrival.ts';
import { useSignOut } from '../kit/use-sign-out.ts';
import { ThemeChoice } from '../kit/theme-choice.tsx';
import { ToastProvider } from '../kit/toast.tsx';
import { useLoaded, type Loaded } from '../kit/use-request.ts';
import { useIsWaiting, Waiting } from '../kit/waiting.tsx';

const places: readonly (readonly [to: string, key: string, icon: LucideIcon])[] = [
  ['/cuenta', 'overview', House],
  ['/cuenta/pedidos', 'orders', Package],
  ['/cuenta/favoritos', 'favourites', Heart],
  ['/cuenta/direcciones', 'addresses', MapPin],
  ['/cuenta/notificaciones', 'notifications', Bell],
  ['/cuenta/perfil', 'profile', UserRound],
  ['/cuenta/seguridad', 'security', ShieldCheck],
  ['/cuenta/cobros', 'selling', Wallet],
  ['/cuenta/datos', 'data', Database],
];

/** Whether somebody sells or works here, and so is paid. */
export const isPaid = (viewer: Viewer | null): boolean =>
  viewer?.roles.some((role) => role === 'seller' || role === 'professional') ?? false;

const item =
  'inline-flex h-10 items-center gap-2.5 rounded-control-small px-3 text-small font-medium whitespace-nowrap';

const SignOut = (): ReactElement => {
  const say = useText();
  const leave = useSignOut();
  return (
    <button type="button" onClick={leave} className={`${item} text-text-2 hover:bg-sunken`}>
      <Icon of={LogOut} />
      {say('account.signOut')}
    </button>
  );
};

/** On a phone the places are a strip, and the one that is open may be outside of it. */
const usePlaceInSight = (): void => {
  const { pathname } = useLocation();
  useEffect(() => {
    document
      .querySelector('nav a[aria-current=page]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
};

/** What happens to one's orders, and what one is told, is shown as it happens; what may have been missed is asked for again. */
const useLiveAccount = (): void => {
  const { viewer } = useSetting();
  const queries = useQueryClient();
  const id = viewer?.id;
  const ask = (orderId: unknown): void => {
    void queries.invalidateQueries({ queryKey: ['notifications'] });
    void queries.invalidateQueries({ queryKey: ['orders'] });
    void queries.invalidateQueries({
      queryKey: typeof orderId === 'string' ? ['order', orderId] : ['order'],
    });
  };
  useLive(
    id && `account:${id}`,
    ({ data }) => ask(data['order_id']),
    () => ask(undefined),
  );
};

/** What is new, on every page of the account. */
const BellLink = (): ReactElement => {
  const say = useText();
  const { language, viewer } = useSetting();
  const { data } = useLoaded(
    ['notifications', 'count'],
    (signal) =>
      browserApi().GET('/api/v1/notifications', {
        params: { query: { limit: 1 } },
        headers: { 'accept-language': language },
        signal,
      }),
    { isEnabled: viewer !== null },
  );
  const count = data?.unread_count ?? 0;
  const queries = useQueryClient();
  const id = viewer?.id;
  const told = useRef<number>(undefined);
  useEffect(() => {
    if (id === undefined) return undefined;
    return hearUnread(id, (heard) => {
      // Another tab has asked or read: this one shows what is so now, and does not tell it again.
      told.current = heard;
      void queries.invalidateQueries({ queryKey: ['notifications'] });
    });
  }, [id, queries]);
  useEffect(() => {
    if (id === undefined || data === undefined) return;
    showUnreadInTitle(data.unread_count);
    if (told.current === data.unread_count) return;
    told.current = data.unread_count;
    tellUnread(id, data.unread_count);
  }, [id, data]);
  return (
    <Link
      to="/cuenta/notificaciones"
      aria-label={say('account.bell', { count })}
      className="relative inline-flex size-11 items-center justify-center rounded-control hover:bg-sunken"
    >
      <Icon of={Bell} size={22} />
      {count > 0 && (
        <span
          aria-hidden="true"
          className="tabular absolute top-0.5 right-0 flex h-4.5 min-w-4.5 items-center justify-center rounded-full bg-primary-fill px-1 text-micro leading-none text-on-primary"
        >
          {count > 99 ? '99+' : count}
        </span>
      )}
    </Link>
  );
};

/** The frame of the account. */
export const Frame = (): ReactElement => {
  const say = useText();
  const { language, viewer, shopName } = useSetting();
  const shown = places.filter(([, key]) => key !== 'selling' || isPaid(viewer));
  usePlaceInSight();
  useArrival();
  useLiveAccount();
  return (
    <ToastProvider>
      <Offline />
      <header className="border-b border-line bg-surface print:hidden">
        <div className="container-shop flex h-15 items-center justify-between gap-4 md:h-16">
          <a
            href={homePath(language)}
            aria-label={`${shopName}, ${say('account.toShop')}`}
            className="inline-flex h-11 min-w-0 items-center gap-2"
          >
            <Mark />
            <span className="min-w-0 truncate text-h2 font-bold">
              <bdi>{shopName}</bdi>
            </span>
          </a>
          <span className="flex shrink-0 items-center gap-1">
            <BellLink />
            <a
              href={cartPath(language)}
              aria-label={say('account.cart')}
              className="inline-flex size-11 items-center justify-center rounded-control hover:bg-sunken"
            >
              <Icon of={ShoppingCart} size={22} />
            </a>
          </span>
        </div>
      </header>
      <div className="container-shop grid flex-1 grid-cols-[minmax(0,1fr)] content-start gap-x-10 gap-y-6 py-6 md:grid-cols-[208px_minmax(0,1fr)] md:py-10">
        <nav
          aria-label={say('account.title')}
          className="-mx-4 overflow-x-auto px-4 md:mx-0 md:px-0 print:hidden"
        >
          {/* What a key has reached is seen as a whole, not its edge only. */}
          <ul
            className="flex gap-1 md:flex-col"
            onFocus={({ target }) => target.scrollIntoView({ block: 'nearest', inline: 'nearest' })}
          >
            {shown.map(([to, key, icon]) => (
              <li key={to}>
                <NavLink
                  to={to}
                  end={to === '/cuenta'}
                  className={({ isActive }) =>
                    `${item} md:flex ${isActive ? 'bg-sunken font-semibold text-text-1' : 'text-text-2 hover:bg-sunken'}`
                  }
                >
                  <Icon of={icon} />
                  {say(`account.${key}`)}
                </NavLink>
              </li>
            ))}
            <li>
              <SignOut />
            </li>
          </ul>
        </nav>
        <main id="content" className="min-w-0">
          <Outlet />
        </main>
      </div>
      <footer className="border-t border-line bg-surface print:hidden">
        <div className="container-shop flex flex-wrap items-center justify-between gap-4 py-4">
          <a
            href={homePath(language)}
            className="inline-flex min-h-9 items-center text-caption text-text-2 hover:underline"
          >
            {say('account.toShop')}
          </a>
          <ThemeChoice />
        </div>
      </footer>
      <ScrollRestoration />
    </ToastProvider>
  );
};

export const Failed = (): ReactElement => {
  const say = useText();
  return (
    <main id="content" className="container-shop py-10">
      <PageTitle>{say('account.title')}</PageTitle>
      <RegionError failure={{ ...unreachable(), status: 500 }} onRetry={() => location.reload()} />
    </main>
  );
};

/** A page of the account: its title, in the page and in the window. */
export const AccountPage = ({
  title,
  action,
  children,
}: Readonly<{ title: string; action?: ReactNode; children: ReactNode }>): ReactElement => {
  const { shopName } = useSetting();
  useEffect(() => {
    document.title = fitTitle(title, shopName);
  }, [title, shopName]);
  return (
    <div className="flex flex-col gap-6">
      <div className="flex min-h-10 flex-wrap items-center justify-between gap-3">
        <PageTitle>{title}</PageTitle>
        {action}
      </div>
      {children}
    </div>
  );
};

/** What is loaded, or the place that it will have, or why it is not there. */
export const Region = <Body,>({
  of,
  lines = 3,
  children,
}: Readonly<{
  of: Loaded<Body>;
  lines?: number;
  children: (data: Body) => ReactNode;
}>): ReactElement => {
  const isWaiting = useIsWaiting(of.data === undefined && !of.failure);
  if (of.data !== undefined && !isWaiting) return <>{children(of.data)}</>;
  if (of.data === undefined && of.failure) {
    // Nothing is typed yet where a page only loads: signing in brings back to the same place.
    if (of.failure.status === 401)
      location.assign(`/entrar?volver=${encodeURIComponent(location.pathname)}`);
    return <RegionError failure={of.failure} onRetry={of.retry} />;
  }
  return (
    <Waiting className="flex flex-col gap-3">
      {Array.from({ length: lines }, (_, i) => (
        <Skeleton key={i} className="h-14 w-full" />
      ))}
    </Waiting>
  );
};
