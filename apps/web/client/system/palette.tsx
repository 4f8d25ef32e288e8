import { Server, Waypoints } from 'lucide-react';
import type { ReactElement } from 'react';
import { useNavigate } from 'react-router';
import { useText } from '../i18n/use-text.tsx';
import { Palette, type Entry, type Offer } from '../office/palette.tsx';
import { shopPlaces, systemPlaces } from './sidebar.tsx';
import { useServiceName, useShared } from './use-system.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Places, services, and the trace of an id that was pasted. */
const useOffer = (typed: string): Offer => {
  const say = useText();
  const nameOf = useServiceName();
  const navigate = useNavigate();
  const { system } = useShared();
  const wanted = typed.trim().toLowerCase();
  const places = [...systemPlaces, ...shopPlaces].map(({ to, key, icon, chord }): Entry => ({
    key: `page ${to}`,
    name: say(`nav.${key}`),
    kind: say('palette.page'),
    icon,
    keys: `G ${chord.toUpperCase()}`,
    run: () => (to.startsWith('/sistema') ? void navigate(to) : location.assign(to)),
  }));
  const services = (system.data?.services ?? []).map(({ name }): Entry => ({
    key: `service ${name}`,
    name: nameOf(name),
    kind: say('palette.service'),
    icon: Server,
    run: () => void navigate(`/sistema/servicios/${name}`),
  }));
  const found: readonly Entry[] = uuid.test(wanted)
    ? [
        {
          key: `process ${wanted}`,
          name: say('palette.chain', { id: wanted }),
          kind: say('palette.process'),
          icon: Waypoints,
          run: () => void navigate(`/sistema/trazas/${wanted}`),
        },
      ]
    : [];
  return { commands: [...places, ...services], found };
};

export const SystemPalette = (
  props: Readonly<{ isOpen: boolean; onClose: () => void }>,
): ReactElement => {
  const say = useText();
  return (
    <Palette
      {...props}
      recentKey="plaza.palette.system"
      useOffer={useOffer}
      hint={say('palette.hint')}
    />
  );
};
