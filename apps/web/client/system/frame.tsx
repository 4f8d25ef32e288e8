import { useQueryClient } from '@tanstack/react-query';
import { Menu } from 'lucide-react';
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import { Outlet, ScrollRestoration, useLocation, useSearchParams } from 'react-router';
import { browserApi } from '../api/client.ts';
import { unreachable } from '../api/problems.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { IconButton } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Empty, RegionError } from '../kit/feedback.tsx';
import { fitTitle } from '../kit/head.ts';
import { Mark, PageTitle, Skeleton } from '../kit/layout.tsx';
import { ToastProvider } from '../kit/toast.tsx';
import { useLive } from '../kit/use-live.ts';
import { useLoaded, type Loaded } from '../kit/use-request.ts';
import { Palette } from './palette.tsx';
import { PaletteField, Places, Settings, Sidebar, Who } from './sidebar.tsx';
import { ranges, SharedContext } from './use-system.ts';
import { Loading } from '../kit/loading.tsx';

const pollMs = 5_000;

/** Moves to the heading of each new page. */
const useArrival = (): void => {
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    document.documentElement.dataset['ready'] = 'true';
    if (last.current === pathname) return;
    last.current = pathname;
    document.querySelector('h1')?.focus({ preventScroll: true });
  }, [pathname]);
};

/** `Ctrl+K` opens the list of places, as everywhere in Plaza. */
const usePaletteKey = (open: () => void): void => {
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      open();
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [open]);
};

const useSharedParts = () => {
  const [search, setSearch] = useSearchParams();
  const asked = Number(search.get('rango'));
  const minutes = ranges.find((range) => range === asked) ?? 15;
  const [isPaused, setPaused] = useState(false);
  const system = useLoaded(
    ['system', minutes],
    (signal) =>
      browserApi().GET('/api/v1/admin/system', { params: { query: { minutes } }, signal }),
    { everyMs: isPaused ? false : pollMs },
  );
  // The socket stays while one goes from page to page; what happened may have filled a queue.
  const queries = useQueryClient();
  const look = useCallback(
    () => void queries.invalidateQueries({ queryKey: ['dead-letters'] }),
    [queries],
  );
  useLive(isPaused ? undefined : 'operator', () => {}, look);
  const types = useLoaded(['event-types'], (signal) =>
    browserApi().GET('/api/v1/admin/events/types', { signal }),
  );
  const takers = useMemo(
    () =>
      new Map(
        (types.data?.items ?? []).map(({ type, consumers }) => [
          type,
          [...new Set(consumers.map((consumer) => consumer.split('.', 1)[0]!))],
        ]),
      ),
    [types.data],
  );
  const setMinutes = useCallback(
    (range: number) =>
      setSearch(
        (now) => {
          now.set('rango', String(range));
          return now;
        },
        { replace: true },
      ),
    [setSearch],
  );
  const takersOf = useCallback((type: string) => takers.get(type) ?? [], [takers]);
  return useMemo(
    () => ({ system, minutes, setMinutes, isPaused, setPaused, takersOf }),
    [system, minutes, setMinutes, isPaused, takersOf],
  );
};

const Inside = (): ReactElement => {
  const say = useText();
  const shared = useSharedParts();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const openPalette = useCallback(() => setPaletteOpen(true), []);
  usePaletteKey(openPalette);
  return (
    <SharedContext value={shared}>
      <div className="grid flex-1 lg:grid-cols-[224px_minmax(0,1fr)]">
        <Sidebar onPalette={openPalette} />
        <div className="flex min-w-0 flex-col">
          <header className="flex h-14 items-center gap-2 border-b border-line bg-surface px-3 lg:hidden">
            <IconButton icon={Menu} label={say('frame.menu')} onClick={() => setMenuOpen(true)} />
            <Mark />
            <span className="text-h3 font-bold">Plaza</span>
          </header>
          <main id="content" className="min-w-0 px-4 pt-5 pb-8 lg:px-7 lg:pb-4.5">
            <Outlet />
          </main>
        </div>
      </div>
      <Dialog
        isOpen={isMenuOpen}
        onClose={() => setMenuOpen(false)}
        title={say('frame.places')}
        side="start"
      >
        {isMenuOpen && (
          <div className="flex flex-col gap-4">
            <PaletteField
              onOpen={() => {
                setMenuOpen(false);
                openPalette();
              }}
            />
            <Places onGo={() => setMenuOpen(false)} />
            <Settings />
            <Who />
          </div>
        )}
      </Dialog>
      <Palette isOpen={isPaletteOpen} onClose={() => setPaletteOpen(false)} />
      <ScrollRestoration />
    </SharedContext>
  );
};

/** The frame of the operator page, for administrators; others are told who may let them in. */
export const Frame = (): ReactElement => {
  const say = useText();
  const { viewer } = useSetting();
  useArrival();
  const mayLook = viewer?.roles.includes('admin') ?? false;
  return (
    <ToastProvider>
      {mayLook ? (
        <Inside />
      ) : (
        <main id="content" className="container-shop py-10">
          <h1 tabIndex={-1} className="text-h1-app">
            {say('nav.system')}
          </h1>
          <Empty title={say('frame.noPermission')}>{say('frame.noPermissionText')}</Empty>
        </main>
      )}
    </ToastProvider>
  );
};

export const Failed = (): ReactElement => {
  const say = useText();
  return (
    <main id="content" className="container-shop py-10">
      <PageTitle>{say('nav.system')}</PageTitle>
      <RegionError failure={{ ...unreachable(), status: 500 }} onRetry={() => location.reload()} />
    </main>
  );
};

/** A page of the operator: its title, in the page and in the window, and what belongs beside it. */
export const SystemPage = ({
  title,
  action,
  children,
}: Readonly<{ title: string; action?: ReactNode; children: ReactNode }>): ReactElement => {
  useEffect(() => {
    document.title = fitTitle(title, 'Plaza');
  }, [title]);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex min-h-8.5 flex-wrap items-center justify-between gap-x-4 gap-y-2 lg:-mb-0.5">
        <h1 tabIndex={-1} className="text-h1-app">
          {title}
        </h1>
        {action}
      </div>
      {children}
    </div>
  );
};

/** What is loaded, or the place that it will have, or why it is not there. */
export const Region = <Body,>({
  of,
  height = 'h-40',
  children,
}: Readonly<{
  of: Loaded<Body>;
  height?: string;
  children: (data: Body) => ReactNode;
}>): ReactElement => {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.failure) {
    if (of.failure.status === 401)
      location.assign(`/entrar?volver=${encodeURIComponent(location.pathname)}`);
    return <RegionError failure={of.failure} onRetry={of.retry} />;
  }
  return (
    <Loading>
      <Skeleton className={`${height} w-full`} />
    </Loading>
  );
};

/** A card of the page. */
export const Panel = ({
  children,
  className = '',
}: Readonly<{ children: ReactNode; className?: string }>): ReactElement => (
  <section className={`rounded-card border border-line bg-surface ${className}`}>
    {children}
  </section>
);
