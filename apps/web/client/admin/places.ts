import {
  Activity,
  ChartLine,
  House,
  ScrollText,
  Settings,
  ShieldUser,
  ShoppingBag,
  Users,
  type LucideIcon,
} from 'lucide-react';
import { goodsPlaces } from '../admin-goods/places.ts';

/** A place of the sidebar and of the palette. Its name is the message `nav.<key>`. */
export type Place = Readonly<{
  to: string;
  key: string;
  icon: LucideIcon;
  group: 'sell' | 'people' | 'money' | 'shop';
  /** The letter that leads there after `g`. */
  chord?: string;
  /** Another application, whose page is loaded. */
  isDocument?: boolean;
  /** Who sees it; administrators see every place. */
  roles?: readonly string[];
}>;

export const groups = ['sell', 'money', 'people', 'shop'] as const;

/** In the order of the sidebar; each part of the back office brings its own. */
export const places: readonly Place[] = [
  { to: '/admin', key: 'home', icon: House, group: 'sell', chord: 'i' },
  { to: '/admin/pedidos', key: 'orders', icon: ShoppingBag, group: 'sell', chord: 'p' },
  { to: '/admin/analitica', key: 'analytics', icon: ChartLine, group: 'sell', chord: 'a' },
  ...goodsPlaces,
  { to: '/admin/clientes', key: 'customers', icon: Users, group: 'people', chord: 'c' },
  { to: '/admin/equipo', key: 'team', icon: ShieldUser, group: 'people', chord: 'e' },
  { to: '/admin/auditoria', key: 'audit', icon: ScrollText, group: 'shop', chord: 'u' },
  { to: '/admin/ajustes', key: 'settings', icon: Settings, group: 'shop', chord: 's' },
  {
    to: '/sistema',
    key: 'system',
    icon: Activity,
    group: 'shop',
    chord: 'o',
    isDocument: true,
  },
];

/** The places that somebody with these roles may open; none: the back office is not for them. */
export const placesFor = (roles: readonly string[]): readonly Place[] =>
  roles.includes('admin')
    ? places
    : places.filter((place) => place.roles?.some((role) => roles.includes(role)));
