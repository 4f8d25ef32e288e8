import { Languages, Package, Store, SunMoon, UserRound } from 'lucide-react';
import { useEffect, useState, type ReactElement } from 'react';
import { useNavigate } from 'react-router';
import { homePath } from '../../addresses.ts';
import { browserApi } from '../api/client.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { keepPreference } from '../kit/theme-choice.tsx';
import { useLoaded } from '../kit/use-request.ts';
import { Palette, type Entry, type Offer } from '../office/palette.tsx';
import { placesFor } from './places.ts';

const searchFrom = 2;
const typingPauseMs = 200;

const useLater = (text: string): string => {
  const [later, setLater] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setLater(text), typingPauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return later;
};

/** Pages and what can be done from everywhere. */
const useCommands = (): readonly Entry[] => {
  const say = useText();
  const navigate = useNavigate();
  const { viewer, language } = useSetting();
  const isDark = getComputedStyle(document.documentElement).colorScheme === 'dark';
  const pages = placesFor(viewer?.roles ?? []).map(
    ({ to, key, icon, chord, isDocument = false }) => ({
      key: `page ${to}`,
      name: say(`nav.${key}`),
      kind: say('palette.page'),
      icon,
      ...(chord === undefined ? {} : { keys: `G ${chord.toUpperCase()}` }),
      run: () => (isDocument ? location.assign(to) : void navigate(to)),
    }),
  );
  const kind = say('palette.action');
  return [
    ...pages,
    {
      key: 'shop',
      name: say('admin.toShop'),
      kind,
      icon: Store,
      run: () => location.assign(homePath(language)),
    },
    {
      key: 'theme',
      name: say(isDark ? 'palette.light' : 'palette.dark'),
      kind,
      icon: SunMoon,
      run: () => {
        keepPreference('plaza_theme', isDark ? 'light' : 'dark');
        location.reload();
      },
    },
    {
      key: 'language',
      name: say('palette.language'),
      kind,
      icon: Languages,
      run: () => {
        keepPreference('plaza_language', language === 'es' ? 'en' : 'es');
        location.reload();
      },
    },
  ];
};

/** People and products that fit what is typed. */
const useFound = (typed: string): readonly Entry[] => {
  const say = useText();
  const navigate = useNavigate();
  const isEnabled = typed.length >= searchFrom;
  const query = { q: typed, limit: 4 };
  const people = useLoaded(
    ['palette', 'users', typed],
    (signal) => browserApi().GET('/api/v1/users', { params: { query }, signal }),
    { isEnabled },
  );
  const products = useLoaded(
    ['palette', 'products', typed],
    (signal) => browserApi().GET('/api/v1/products', { params: { query }, signal }),
    { isEnabled },
  );
  if (!isEnabled) return [];
  return [
    ...(people.data?.items ?? []).map(({ id, username, full_name: name }) => ({
      key: `user ${id}`,
      name: name ?? username,
      kind: say('palette.person'),
      icon: UserRound,
      run: () => void navigate(`/admin/clientes/${id}`),
    })),
    ...(products.data?.items ?? []).map(({ id, title }) => ({
      key: `product ${id}`,
      name: title,
      kind: say('palette.product'),
      icon: Package,
      run: () => void navigate(`/admin/productos/${id}`),
    })),
  ];
};

const useOffer = (typed: string): Offer => ({
  commands: useCommands(),
  found: useFound(useLater(typed.trim())),
});

/** Leads to every page, person and product, and does what can be done from everywhere. */
const AdminPalette = (props: Readonly<{ isOpen: boolean; onClose: () => void }>): ReactElement => {
  const say = useText();
  return (
    <Palette {...props} recentKey="plaza.palette" useOffer={useOffer} hint={say('palette.hint')} />
  );
};
export default AdminPalette;
