import {
  Activity,
  BookOpen,
  Languages,
  LayoutDashboard,
  Layers,
  LogOut,
  Mail,
  Package,
  ScrollText,
  Search,
  Settings as Gear,
  ShoppingBag,
  Users,
  Waypoints,
  type LucideIcon,
} from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { NavLink } from 'react-router';
import { homePath } from '../../addresses.ts';
import { browserApi } from '../api/client.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Icon } from '../kit/icon.tsx';
import { isMac } from '../kit/keyboard.ts';
import { Mark, Monogram } from '../kit/layout.tsx';
import { keepPreference, ThemeChoice } from '../kit/theme-choice.tsx';
import { bodyOf, useSending } from '../kit/use-request.ts';
import { totalsOf, useShared } from './use-system.ts';

type Place = Readonly<{ to: string; key: string; icon: LucideIcon }>;

export const shopPlaces: readonly Place[] = [
  { to: '/admin', key: 'home', icon: LayoutDashboard },
  { to: '/admin/pedidos', key: 'orders', icon: ShoppingBag },
  { to: '/admin/productos', key: 'products', icon: Package },
  { to: '/admin/clientes', key: 'customers', icon: Users },
];
export const systemPlaces: readonly Place[] = [
  { to: '/sistema', key: 'system', icon: Activity },
  { to: '/sistema/eventos', key: 'events', icon: Waypoints },
  { to: '/sistema/colas', key: 'queues', icon: Layers },
  { to: '/sistema/correo', key: 'mail', icon: Mail },
  { to: '/sistema/registros', key: 'logs', icon: ScrollText },
];

const item =
  'flex min-h-9 items-center gap-2.5 rounded-control-small px-2.5 text-small font-medium max-lg:min-h-11';
const quiet = `${item} text-text-2 hover:bg-sunken`;

const Own = ({ place, onGo }: Readonly<{ place: Place; onGo?: () => void }>): ReactElement => {
  const say = useText();
  const { system } = useShared();
  const { to, key, icon } = place;
  const dead = key === 'queues' && system.data ? totalsOf(system.data).dead : 0;
  return (
    <NavLink
      to={to}
      end={to === '/sistema'}
      {...(onGo ? { onClick: onGo } : {})}
      className={({ isActive }) =>
        `${item} ${isActive ? 'bg-sunken font-semibold text-text-1' : 'text-text-2 hover:bg-sunken'}`
      }
    >
      <Icon of={icon} />
      <span className="flex-1">{say(`nav.${key}`)}</span>
      {dead > 0 && <span className="tabular text-caption text-text-3">{dead}</span>}
    </NavLink>
  );
};

/** The back office, and what belongs to the operator. */
export const Places = ({ onGo }: Readonly<{ onGo?: () => void }>): ReactElement => {
  const say = useText();
  return (
    <nav aria-label={say('frame.places')} className="flex flex-col gap-0.5">
      <ul className="flex flex-col gap-0.5">
        {shopPlaces.map(({ to, key, icon }) => (
          <li key={to}>
            <a href={to} className={quiet}>
              <Icon of={icon} />
              {say(`nav.${key}`)}
            </a>
          </li>
        ))}
      </ul>
      <p id="group-development" className="px-2.5 pt-3 pb-1 text-caption text-text-3">
        {say('nav.development')}
      </p>
      <ul aria-labelledby="group-development" className="flex flex-col gap-0.5">
        {systemPlaces.map((place) => (
          <li key={place.to}>
            <Own place={place} {...(onGo ? { onGo } : {})} />
          </li>
        ))}
        <li>
          <a href="/docs" className={quiet}>
            <Icon of={BookOpen} />
            {say('nav.reference')}
          </a>
        </li>
      </ul>
    </nav>
  );
};

/** The language and the theme of this browser. */
export const Settings = (): ReactElement => {
  const { language } = useSetting();
  const other = language === 'es' ? 'en' : 'es';
  return (
    <div className="flex flex-col gap-0.5">
      <button
        type="button"
        lang={other}
        onClick={() => {
          keepPreference('plaza_language', other);
          location.reload();
        }}
        className={`${quiet} w-full`}
      >
        <Icon of={Languages} />
        {other === 'es' ? 'Español' : 'English'}
      </button>
      <div className="-ml-0.5">
        <ThemeChoice />
      </div>
    </div>
  );
};

export const Who = (): ReactElement => {
  const say = useText();
  const { viewer, language } = useSetting();
  const { send } = useSending();
  const leave = async (): Promise<void> => {
    const isDone = await send(() => bodyOf(browserApi().POST('/api/v1/auth/logout', { body: {} })));
    if (isDone) location.assign(homePath(language));
  };
  const name = viewer?.username ?? '';
  return (
    <div className="flex items-center gap-2.5 px-2.5">
      <Monogram name={name.charAt(0).toUpperCase() + name.slice(1)} size={32} />
      <span className="flex min-w-0 flex-1 flex-col">
        <span className="truncate text-small font-medium">{name}</span>
        <span className="text-caption text-text-3">{say('frame.role')}</span>
      </span>
      <button
        type="button"
        title={say('frame.signOut')}
        aria-label={say('frame.signOut')}
        onClick={() => void leave()}
        className="inline-flex size-9 shrink-0 items-center justify-center rounded-control-small text-text-2 hover:bg-sunken max-lg:size-11"
      >
        <Icon of={LogOut} />
      </button>
    </div>
  );
};

export const PaletteField = ({ onOpen }: Readonly<{ onOpen: () => void }>): ReactElement => {
  const say = useText();
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex h-9 items-center gap-2 rounded-control-small border border-line-2 bg-surface px-2.5 text-small text-text-2 hover:border-control max-lg:h-11"
    >
      <Icon of={Search} />
      <span className="flex-1 text-left">{say('palette.open')}</span>
      <kbd className="rounded-tag border border-line-2 px-1 font-sans text-micro text-text-3">
        {isMac() ? '⌘K' : 'Ctrl K'}
      </kbd>
    </button>
  );
};

/** The settings of this browser, out of the way until they are wanted. */
const SettingsItem = (): ReactElement => {
  const say = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)} className={`${quiet} mt-0.5 w-full`}>
        <Icon of={Gear} />
        {say('nav.settings')}
      </button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={say('nav.settings')}>
        {isOpen && <Settings />}
      </Dialog>
    </>
  );
};

export const Sidebar = ({ onPalette }: Readonly<{ onPalette: () => void }>): ReactElement => {
  const say = useText();
  const { isDevelopment } = useSetting();
  return (
    <aside
      aria-label={say('frame.sidebar')}
      className="sticky top-0 hidden h-dvh flex-col gap-3 overflow-y-auto border-r border-line px-3 py-4 lg:flex"
    >
      <div className="flex h-6 items-center gap-2 px-2">
        <Mark size={24} />
        <span className="text-h3 font-bold">Plaza</span>
        {isDevelopment && (
          <span className="ml-auto rounded-tag bg-sunken px-2 py-0.5 text-micro text-text-2">
            {say('frame.local')}
          </span>
        )}
      </div>
      <PaletteField onOpen={onPalette} />
      <div className="flex-1">
        <Places />
        <SettingsItem />
      </div>
      <Who />
    </aside>
  );
};
