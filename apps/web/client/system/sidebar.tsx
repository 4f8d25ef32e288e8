import {
  Activity,
  BookOpen,
  Keyboard,
  LayoutDashboard,
  Layers,
  Mail,
  Package,
  Route,
  ScrollText,
  Settings as Gear,
  ShoppingBag,
  Users,
  Waypoints,
  type LucideIcon,
} from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { NavLink } from 'react-router';
import { useText } from '../i18n/use-text.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Icon } from '../kit/icon.tsx';
import { ThemeChoice } from '../kit/theme-choice.tsx';
import { itemLook, LanguageChoice, quietItem } from '../office/shell.tsx';
import { totalsOf, useShared } from './use-system.ts';

type Place = Readonly<{
  to: string;
  key: string;
  icon: LucideIcon;
  /** The letter that leads there after `g`. */
  chord: string;
}>;

export const shopPlaces: readonly Place[] = [
  { to: '/admin', key: 'home', icon: LayoutDashboard, chord: 'i' },
  { to: '/admin/pedidos', key: 'orders', icon: ShoppingBag, chord: 'p' },
  { to: '/admin/productos', key: 'products', icon: Package, chord: 'r' },
  { to: '/admin/clientes', key: 'customers', icon: Users, chord: 'c' },
];
export const systemPlaces: readonly Place[] = [
  { to: '/sistema', key: 'system', icon: Activity, chord: 'o' },
  { to: '/sistema/eventos', key: 'events', icon: Waypoints, chord: 'e' },
  { to: '/sistema/trazas', key: 'traces', icon: Route, chord: 't' },
  { to: '/sistema/colas', key: 'queues', icon: Layers, chord: 'q' },
  { to: '/sistema/correo', key: 'mail', icon: Mail, chord: 'm' },
  { to: '/sistema/registros', key: 'logs', icon: ScrollText, chord: 'l' },
];

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
      className={itemLook}
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
            <a href={to} className={quietItem}>
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
          <a href="/docs" className={quietItem}>
            <Icon of={BookOpen} />
            {say('nav.reference')}
          </a>
        </li>
      </ul>
    </nav>
  );
};

/** The language and the theme of this browser. */
export const Settings = (): ReactElement => (
  <div className="flex flex-col gap-0.5">
    <LanguageChoice />
    <ThemeChoice />
  </div>
);

/** The settings of this browser, out of the way until they are wanted. */
export const SettingsItem = ({ onHelp }: Readonly<{ onHelp: () => void }>): ReactElement => {
  const say = useText();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)} className={`${quietItem} mt-0.5 w-full`}>
        <Icon of={Gear} />
        {say('nav.settings')}
      </button>
      <button type="button" onClick={onHelp} className={`${quietItem} w-full`}>
        <Icon of={Keyboard} />
        {say('keys.title')}
      </button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={say('nav.settings')}>
        {isOpen && <Settings />}
      </Dialog>
    </>
  );
};
