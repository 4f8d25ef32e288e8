import { useQueryClient } from '@tanstack/react-query';
import {
  useCallback,
  useEffect,
  useMemo,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import { Outlet, ScrollRestoration, useSearchParams } from 'react-router';
import { homePath } from '../../addresses.ts';
import { browserApi } from '../api/client.ts';
import { unreachable } from '../api/problems.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { Notice, RegionError } from '../kit/feedback.tsx';
import { fitTitle } from '../kit/head.ts';
import { Mark, PageTitle } from '../kit/layout.tsx';
import { ToastProvider } from '../kit/toast.tsx';
import { useLive } from '../kit/use-live.ts';
import { useLoaded } from '../kit/use-request.ts';
import { useArrival } from '../kit/use-arrival.ts';
import { KeysHelp } from '../office/keys-help.tsx';
import { useFrameKeys } from '../office/keys.ts';
import { NoPermission } from '../office/region.tsx';
import { PhoneBar, Shell, Sidebar, Who } from '../office/shell.tsx';
import { SystemPalette } from './palette.tsx';
import { Places, Settings, SettingsItem, shopPlaces, systemPlaces } from './sidebar.tsx';
import { ranges, SharedContext, useServiceName } from './use-system.ts';

const pollMs = 5_000;

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
  const [open, setOpen] = useState<'palette' | 'help'>();
  const openPalette = useCallback(() => setOpen('palette'), []);
  const openHelp = useCallback(() => setOpen('help'), []);
  const close = (): void => setOpen(undefined);
  const all = [...systemPlaces, ...shopPlaces];
  useFrameKeys(
    all.map(({ to, chord }) => ({ key: chord, to, isDocument: !to.startsWith('/sistema') })),
    openPalette,
    openHelp,
  );
  const who = <Who role={say('frame.role')} />;
  return (
    <SharedContext value={shared}>
      <Shell
        sidebar={
          <Sidebar onPalette={openPalette} foot={who}>
            <Places />
            <SettingsItem onHelp={openHelp} />
          </Sidebar>
        }
        top={
          <PhoneBar
            title={say('frame.places')}
            onPalette={openPalette}
            drawer={(onGo) => (
              <>
                <Places onGo={onGo} />
                <Settings />
                {who}
              </>
            )}
          />
        }
      >
        <Outlet />
      </Shell>
      <SystemPalette isOpen={open === 'palette'} onClose={close} />
      <KeysHelp
        isOpen={open === 'help'}
        onClose={close}
        lines={[]}
        places={all.map(({ key, chord }) => [say(`nav.${key}`), chord])}
      />
      <ScrollRestoration />
    </SharedContext>
  );
};

/** The frame of the operator page, for administrators; others are told who may let them in. */
export const Frame = (): ReactElement => {
  const say = useText();
  const { viewer, language } = useSetting();
  useArrival();
  const mayLook = viewer?.roles.includes('admin') ?? false;
  return (
    <ToastProvider>
      {mayLook ? (
        <Inside />
      ) : (
        <>
          <header className="border-b border-line bg-surface">
            <a
              href={homePath(language)}
              className="container-shop flex h-14 items-center gap-2 text-h3 font-bold"
            >
              <Mark />
              Plaza
            </a>
          </header>
          <main id="content" className="container-shop flex flex-col gap-5 py-10">
            <h1 tabIndex={-1} className="text-h1-app">
              {say('nav.system')}
            </h1>
            <NoPermission />
          </main>
        </>
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
        {action && <div className="flex flex-wrap items-center gap-2">{action}</div>}
      </div>
      {children}
    </div>
  );
};

export { Region } from '../office/region.tsx';

/** Parts that are away while the others show what they have. */
export const MissingParts = ({
  of = [],
}: Readonly<{ of?: readonly string[] | undefined }>): ReactElement | null => {
  const say = useText();
  const nameOf = useServiceName();
  return of.length === 0 ? null : (
    <div data-state="partial">
      <Notice tone="warning" title={say('frame.missing', { names: of.map(nameOf).join(', ') })} />
    </div>
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
