import { Keyboard } from 'lucide-react';
import { lazy, Suspense, useRef, useState, type ReactElement } from 'react';
import { Outlet, ScrollRestoration } from 'react-router';
import { unreachable } from '../api/problems.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { RegionError } from '../kit/feedback.tsx';
import { Icon } from '../kit/icon.tsx';
import { ThemeChoice } from '../kit/theme-choice.tsx';
import { ToastProvider } from '../kit/toast.tsx';
import { useArrival } from '../kit/use-arrival.ts';
import { KeysHelp } from '../office/keys-help.tsx';
import { useFrameKeys } from '../office/keys.ts';
import { LanguageChoice, PhoneBar, Shell, Sidebar } from '../office/shell.tsx';
import { AdminPage, NoPermission } from './kit/page.tsx';
import { placesFor } from './places.ts';
import { Foot, Places } from './sidebar.tsx';

const Palette = lazy(() => import('./palette.tsx'));

/** What keys do on pages of the back office. */
const keyLines = [
  ['keys.rows', ['J', 'K']],
  ['keys.open', ['Enter']],
  ['keys.view', ['keys.space']],
  ['keys.select', ['X']],
  ['keys.range', ['Shift', 'J', 'K']],
  ['keys.new', ['N']],
  ['keys.edit', ['E']],
  ['keys.save', ['Ctrl', 'Enter']],
  ['keys.neighbours', ['[', ']']],
] as const;

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

/** The settings of this browser and the keys, where there is room; elsewhere the drawer has them. */
const TopBar = ({ onHelp }: Readonly<{ onHelp: () => void }>): ReactElement => {
  const say = useText();
  return (
    <header className="hidden h-12 items-center justify-end gap-1 border-b border-line bg-surface px-7 lg:flex print:hidden">
      <button
        type="button"
        onClick={onHelp}
        className="inline-flex h-9 items-center gap-2 rounded-control-small px-3 text-caption text-text-2 hover:bg-sunken"
      >
        <Icon of={Keyboard} size={16} />
        {say('keys.title')}
      </button>
      <LanguageChoice />
      <ThemeChoice />
    </header>
  );
};

/** The frame of the back office. */
export const Frame = (): ReactElement => {
  const say = useText();
  const { viewer, shopName } = useSetting();
  const [open, setOpen] = useState<'palette' | 'help'>();
  const [hasPalette, setHasPalette] = useState(false);
  const openPalette = useRef(() => {
    setHasPalette(true);
    setOpen('palette');
  }).current;
  const openHelp = useRef(() => setOpen('help')).current;
  const close = (): void => setOpen(undefined);
  const places = placesFor(viewer?.roles ?? []).filter(({ chord }) => chord !== undefined);
  useArrival();
  useFrameKeys(
    places.map(({ to, chord, isDocument }) => ({
      key: chord!,
      to,
      ...(isDocument ? { isDocument } : {}),
    })),
    openPalette,
    openHelp,
  );
  return (
    <ToastProvider>
      <Shell
        sidebar={
          <Sidebar name={shopName} onPalette={openPalette} foot={<Foot />}>
            <Places />
          </Sidebar>
        }
        top={
          <>
            <PhoneBar
              name={shopName}
              title={say('admin.title')}
              onPalette={openPalette}
              drawer={(onGo) => (
                <>
                  <Places onGo={onGo} />
                  <div className="flex flex-col gap-1 border-t border-line pt-4">
                    <LanguageChoice />
                    <ThemeChoice />
                  </div>
                  <Foot />
                </>
              )}
            />
            <TopBar onHelp={openHelp} />
          </>
        }
      >
        <Content />
      </Shell>
      {hasPalette && (
        <Suspense fallback={null}>
          <Palette isOpen={open === 'palette'} onClose={close} />
        </Suspense>
      )}
      <KeysHelp
        isOpen={open === 'help'}
        onClose={close}
        lines={keyLines.map(([key, keys]) => [
          say(key),
          // A key that has a name and no letter says it in the language of the page.
          keys.map((name) => (name.startsWith('keys.') ? say(name) : name)),
        ])}
        places={places.map(({ key, chord }) => [say(`nav.${key}`), chord!])}
      />
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
