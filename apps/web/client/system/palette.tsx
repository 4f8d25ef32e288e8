import { useState, type ReactElement } from 'react';
import { useNavigate } from 'react-router';
import { useText } from '../i18n/use-text.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { shopPlaces, systemPlaces } from './sidebar.tsx';
import { useServiceName, useShared } from './use-system.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const plain = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Goes to a place, a service, or the chain of an id that was pasted. */
export const Palette = ({
  isOpen,
  onClose,
}: Readonly<{ isOpen: boolean; onClose: () => void }>): ReactElement => {
  const say = useText();
  const nameOf = useServiceName();
  const navigate = useNavigate();
  const { system } = useShared();
  const [typed, setTyped] = useState('');
  const wanted = plain(typed.trim());
  const found = [
    ...(uuid.test(wanted)
      ? [{ to: `/sistema/eventos/${wanted}`, name: say('palette.chain', { id: wanted }) }]
      : []),
    ...[...systemPlaces, ...shopPlaces].map(({ to, key }) => ({ to, name: say(`nav.${key}`) })),
    ...(system.data?.services ?? []).map(({ name }) => ({
      to: `/sistema/servicios/${name}`,
      name: nameOf(name),
    })),
  ].filter(({ to, name }) => to.endsWith(wanted) || plain(name).includes(wanted));
  const go = (to: string): void => {
    setTyped('');
    onClose();
    if (to.startsWith('/sistema')) void navigate(to);
    else location.assign(to);
  };
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={say('palette.open')}>
      {isOpen && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (found[0]) go(found[0].to);
          }}
          className="flex flex-col gap-3 sm:w-112"
        >
          <label className="flex flex-col gap-1 text-caption text-text-2">
            {say('palette.field')}
            <input
              autoFocus
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              className="h-11 rounded-control border border-control bg-surface px-3 text-input text-text-1"
            />
          </label>
          <ul className="flex max-h-80 flex-col gap-0.5 overflow-y-auto">
            {found.map(({ to, name }) => (
              <li key={to}>
                <button
                  type="button"
                  onClick={() => go(to)}
                  className="flex min-h-11 w-full items-center rounded-control-small px-2.5 text-left text-small hover:bg-sunken"
                >
                  {name}
                </button>
              </li>
            ))}
          </ul>
          {found.length === 0 && <p className="text-small text-text-2">{say('palette.none')}</p>}
        </form>
      )}
    </Dialog>
  );
};
