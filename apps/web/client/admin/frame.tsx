import { lazy, Suspense, useEffect, useRef, useState, type ReactElement } from 'react';
import { Outlet, ScrollRestoration, useNavigate } from 'react-router';
import { unreachable } from '../api/problems.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { RegionError } from '../kit/feedback.tsx';
import { ToastProvider } from '../kit/toast.tsx';
import { useArrival } from './arrival.ts';
import { KeysHelp } from './keys-help.tsx';
import { AdminPage, NoPermission } from './kit/page.tsx';
import { isShortcut } from './kit/shortcuts.ts';
import { placesFor } from './places.ts';
import { Sidebar } from './sidebar.tsx';
import { TopBar } from './top-bar.tsx';

const Palette = lazy(() => import('./palette.tsx'));

const chordMs = 1_200;
/** Time begins with the page: a key within its first second follows no other. */
const never = Number.NEGATIVE_INFINITY;

/** Keys that work on every page: `Ctrl+K`, `/`, `?`, and `g` before the letter of a place. */
const useFrameKeys = (openPalette: () => void, openHelp: () => void): void => {
  const navigate = useNavigate();
  const { viewer } = useSetting();
  const startedAt = useRef(never);
  useEffect(() => {
    const chords = placesFor(viewer?.roles ?? []);
    const hear = (event: KeyboardEvent): void => {
      const key = event.key.toLowerCase();
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key === 'k') {
        event.preventDefault();
        openPalette();
        return;
      }
      if (!isShortcut(event)) return;
      const isChord = event.timeStamp - startedAt.current < chordMs;
      startedAt.current = never;
      const place = isChord ? chords.find(({ chord }) => chord === key) : undefined;
      const search = document.querySelector<HTMLElement>('[data-page-search]');
      if (place) void navigate(place.to);
      else if (key === 'g') startedAt.current = event.timeStamp;
      else if (event.key === '?') openHelp();
      else if (event.key === '/' && search) search.focus();
      else if (event.key === '/') openPalette();
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    document.addEventListener('keydown', hear, true);
    return () => document.removeEventListener('keydown', hear, true);
  }, [navigate, viewer, openPalette, openHelp]);
};

const Content = (): ReactElement => {
  const say = useText();
  const { viewer } = useSetting();
  if (placesFor(viewer?.roles ?? []).length > 0) return <Outlet />;
  return (
    <AdminPage title={say('admin.title')}>
      <NoPermission what={say('permission.backOffice')} />
    </AdminPage>
  );
};

/** The frame of the back office. */
export const Frame = (): ReactElement => {
  const [open, setOpen] = useState<'palette' | 'help'>();
  const [hasPalette, setHasPalette] = useState(false);
  const openPalette = useRef(() => {
    setHasPalette(true);
    setOpen('palette');
  }).current;
  const openHelp = useRef(() => setOpen('help')).current;
  const close = (): void => setOpen(undefined);
  useArrival();
  useFrameKeys(openPalette, openHelp);
  return (
    <ToastProvider>
      <div className="grid flex-1 md:grid-cols-[224px_minmax(0,1fr)]">
        <Sidebar onPalette={openPalette} />
        <div className="flex min-w-0 flex-col">
          <TopBar onPalette={openPalette} onHelp={openHelp} />
          <main id="content" className="flex min-w-0 flex-1 flex-col px-4 py-5 md:px-7">
            <Content />
          </main>
        </div>
      </div>
      {hasPalette && (
        <Suspense fallback={null}>
          <Palette isOpen={open === 'palette'} onClose={close} />
        </Suspense>
      )}
      <KeysHelp isOpen={open === 'help'} onClose={close} />
      <ScrollRestoration />
    </ToastProvider>
  );
};

export const Failed = (): ReactElement => {
  const say = useText();
  return (
    <AdminPage title={say('admin.title')}>
      <RegionError failure={{ ...unreachable(), status: 500 }} onRetry={() => location.reload()} />
    </AdminPage>
  );
};
