import { Languages, LogOut, Menu, Search } from 'lucide-react';
import { useState, type ReactElement, type ReactNode } from 'react';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { IconButton } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Icon } from '../kit/icon.tsx';
import { isMac } from '../kit/keyboard.ts';
import { Mark, Monogram } from '../kit/layout.tsx';
import { Offline } from '../kit/offline.tsx';
import { useSignOut } from '../kit/use-sign-out.ts';
import { keepPreference } from '../kit/theme-choice.tsx';

/** What stands above the places where no shop's name does: what all of it runs on. */
const productName = 'Plaza';

/** An item of the sidebar. */
export const item =
  'flex min-h-9 items-center gap-2.5 rounded-control-small px-2.5 text-small font-medium max-lg:min-h-11';
export const quietItem = `${item} text-text-2 hover:bg-sunken`;
export const itemLook = ({ isActive }: Readonly<{ isActive: boolean }>): string =>
  isActive ? `${item} bg-sunken font-semibold text-text-1` : quietItem;

const SignOut = (): ReactElement => {
  const say = useText();
  const leave = useSignOut();
  return (
    <button
      type="button"
      title={say('office.signOut')}
      aria-label={say('office.signOut')}
      onClick={leave}
      className="inline-flex size-9 shrink-0 items-center justify-center rounded-control-small text-text-2 hover:bg-sunken max-lg:size-11"
    >
      <Icon of={LogOut} />
    </button>
  );
};

/** Who is there, as what, and the way out. */
export const Who = ({ role }: Readonly<{ role?: string }>): ReactElement => {
  const { viewer } = useSetting();
  const name = viewer?.username ?? '';
  return (
    <div className="flex items-center gap-2.5 px-2.5 pt-1">
      <Monogram name={name.charAt(0).toUpperCase() + name.slice(1)} size={32} />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate text-small font-medium">{name}</span>
        {role !== undefined && <span className="text-caption text-text-3">{role}</span>}
      </span>
      <SignOut />
    </div>
  );
};

/** The other language, named in itself; the page comes again in it. */
export const LanguageChoice = (): ReactElement => {
  const { language } = useSetting();
  const other = language === 'es' ? 'en' : 'es';
  return (
    <button
      type="button"
      lang={other}
      onClick={() => {
        keepPreference('plaza_language', other);
        location.reload();
      }}
      className="inline-flex h-9 items-center gap-2 rounded-control-small px-3 text-caption text-text-2 hover:bg-sunken max-lg:h-11"
    >
      <Icon of={Languages} size={16} />
      {other === 'es' ? 'Español' : 'English'}
    </button>
  );
};

/** Where to search from; says its keys. */
const PaletteField = ({ onOpen }: Readonly<{ onOpen: () => void }>): ReactElement => {
  const say = useText();
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex h-9 shrink-0 items-center gap-2 rounded-control-small border border-control bg-surface px-2.5 text-small text-text-2 hover:border-text-2"
    >
      <Icon of={Search} />
      <span className="flex-1 text-left">{say('palette.open')}</span>
      <kbd className="rounded-tag border border-line-2 px-1 font-sans text-micro text-text-3">
        {isMac() ? '⌘K' : 'Ctrl K'}
      </kbd>
    </button>
  );
};

/** Brand, search, places and who is there, where there is room for them. */
export const Sidebar = ({
  name = productName,
  onPalette,
  foot,
  children,
}: Readonly<{
  name?: string;
  onPalette: () => void;
  foot: ReactNode;
  children: ReactNode;
}>): ReactElement => {
  const say = useText();
  const { isDevelopment } = useSetting();
  return (
    <aside
      aria-label={say('office.sidebar')}
      className="sticky top-0 hidden h-dvh flex-col gap-3 border-r border-line px-3 py-4 lg:flex print:hidden"
    >
      <div className="flex h-6 shrink-0 items-center gap-2 px-2">
        <Mark size={24} />
        <span className="min-w-0 truncate text-h3 font-bold">
          <bdi>{name}</bdi>
        </span>
        {isDevelopment && (
          <span className="ml-auto shrink-0 rounded-tag bg-sunken px-2 py-0.5 text-micro text-text-2">
            {say('office.local')}
          </span>
        )}
      </div>
      <PaletteField onOpen={onPalette} />
      <div className="-mx-3 min-h-0 flex-1 [scrollbar-width:thin] overflow-y-auto px-3">
        {children}
      </div>
      {foot}
    </aside>
  );
};

/** On phones: a drawer with the places, and search. `drawer` is told how to close it. */
export const PhoneBar = ({
  title,
  name = productName,
  onPalette,
  drawer,
}: Readonly<{
  title: string;
  name?: string;
  onPalette: () => void;
  drawer: (close: () => void) => ReactNode;
}>): ReactElement => {
  const say = useText();
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <header className="flex h-14 items-center justify-between gap-2 border-b border-line bg-surface px-3 lg:hidden print:hidden">
        <span className="flex min-w-0 items-center gap-2">
          <IconButton icon={Menu} label={say('office.menu')} onClick={() => setOpen(true)} />
          <Mark />
          <span className="min-w-0 truncate text-h3 font-bold">
            <bdi>{name}</bdi>
          </span>
        </span>
        <IconButton icon={Search} label={say('palette.open')} onClick={onPalette} />
      </header>
      <Dialog isOpen={isOpen} onClose={close} title={title} side="start">
        {isOpen && <div className="flex flex-col gap-6">{drawer(close)}</div>}
      </Dialog>
    </>
  );
};

/** A sidebar and a page beside it. */
export const Shell = ({
  sidebar,
  top,
  children,
}: Readonly<{ sidebar: ReactNode; top: ReactNode; children: ReactNode }>): ReactElement => (
  <div className="grid flex-1 lg:grid-cols-[224px_minmax(0,1fr)]">
    {sidebar}
    <div className="flex min-w-0 flex-col">
      <Offline />
      {top}
      <main id="content" className="flex min-w-0 flex-1 flex-col px-4 py-5 lg:px-7">
        {children}
      </main>
    </div>
  </div>
);
