import { Truck } from 'lucide-react';
import type { ReactElement } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { Icon } from './icon.tsx';

type Shipment = Readonly<{
  tracking: Readonly<{ carrier: string; number: string }> | null;
  shipped_at: string;
}>;

/** Who carries what was sent, and under which number they know it; nothing where nobody said so. */
export const Parcels = ({
  shipments,
}: Readonly<{ shipments: readonly Shipment[] }>): ReactElement | null => {
  const say = useText();
  const parcels = shipments.flatMap(({ tracking }) => tracking ?? []);
  if (parcels.length === 0) return null;
  return (
    <ul aria-label={say('kit.parcels')} className="flex flex-col gap-2">
      {parcels.map(({ carrier, number }, i) => (
        <li key={i} className="flex items-start gap-2.5 rounded-control bg-sunken p-3 text-small">
          <Icon of={Truck} className="mt-0.5 text-text-2" />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            {carrier}
            <span className="block font-mono text-caption text-text-2">{number}</span>
          </span>
        </li>
      ))}
    </ul>
  );
};
