import { LogOut, Search, Store } from 'lucide-react';
import type { ReactElement } from 'react';
import { NavLink } from 'react-router';
import { homePath } from '../../addresses.ts';
import { browserApi } from '../api/client.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { Tag } from '../kit/feedback.tsx';
import { Icon } from '../kit/icon.tsx';
import { Mark, Monogram } from '../kit/layout.tsx';
import { bodyOf, useSending } from '../kit/use-request.ts';
import { isMac } from '../kit/keyboard.ts';
import { groups, placesFor } from './places.ts';

const item =
  'flex min-h-9 items-center gap-2.5 rounded-control-small px-2.5 text-small font-medium max-md:min-h-11';

const SignOut = (): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const { send } = useSending();
  const leave = async (): Promise<void> => {
    const isDone = await send(() => bodyOf(browserApi().POST('/api/v1/auth/logout', { body: {} })));
    if (isDone) location.assign(homePath(language));
  };
  return (
    <button
      type="button"
      title={say('admin.signOut')}
      aria-label={say('admin.signOut')}
      onClick={() => void leave()}
      className="inline-flex size-9 shrink-0 items-center justify-center rounded-control-small text-text-2 hover:bg-sunken max-md:size-11"
    >
      <Icon of={LogOut} />
    </button>
  );
};

/** The places of the back office, by what they are about. */
export const Places = ({ onGo }: Readonly<{ onGo?: () => void }>): ReactElement => {
  const say = useText();
  const { viewer } = useSetting();
  const places = placesFor(viewer?.roles ?? []);
  return (
    <nav aria-label={say('admin.title')} className="flex flex-col gap-4">
      {groups.map((group) => {
        const own = places.filter((place) => place.group === group);
        if (own.length === 0) return null;
        return (
          <div key={group} className="flex flex-col gap-1">
            <p id={`group-${group}`} className="px-2.5 text-caption text-text-3">
              {say(`group.${group}`)}
            </p>
            <ul aria-labelledby={`group-${group}`} className="flex flex-col gap-0.5">
              {own.map(({ to, key, icon }) => (
                <li key={to}>
                  <NavLink
                    to={to}
                    end={to === '/admin'}
                    {...(onGo ? { onClick: onGo } : {})}
                    className={({ isActive }) =>
                      `${item} ${isActive ? 'bg-sunken font-semibold text-text-1' : 'text-text-2 hover:bg-sunken'}`
                    }
                  >
                    <Icon of={icon} />
                    {say(`nav.${key}`)}
                  </NavLink>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
};

/** Who is there, and the ways out. */
export const Who = (): ReactElement => {
  const say = useText();
  const { viewer, language } = useSetting();
  return (
    <div className="flex flex-col gap-1">
      <a href={homePath(language)} className={`${item} text-text-2 hover:bg-sunken`}>
        <Icon of={Store} />
        {say('admin.toShop')}
      </a>
      <div className="flex items-center gap-2.5 px-2.5 pt-1">
        <Monogram name={viewer?.username ?? ''} size={32} />
        <span className="min-w-0 flex-1 truncate text-small font-medium">{viewer?.username}</span>
        <SignOut />
      </div>
    </div>
  );
};

/** Where to search from; says its keys. */
export const PaletteField = ({ onOpen }: Readonly<{ onOpen: () => void }>): ReactElement => {
  const say = useText();
  return (
    <button
      type="button"
      onClick={onOpen}
      className="flex h-9 items-center gap-2 rounded-control-small border border-control bg-surface px-2.5 text-small text-text-2 hover:border-text-2"
    >
      <Icon of={Search} />
      <span className="flex-1 text-left">{say('palette.open')}</span>
      <kbd className="font-sans text-caption text-text-3">{isMac() ? '⌘K' : 'Ctrl K'}</kbd>
    </button>
  );
};

export const Sidebar = ({ onPalette }: Readonly<{ onPalette: () => void }>): ReactElement => {
  const say = useText();
  const { isDevelopment } = useSetting();
  return (
    <aside
      aria-label={say('admin.sidebar')}
      className="sticky top-0 hidden h-dvh flex-col gap-4 overflow-y-auto border-r border-line px-3 py-4 md:flex"
    >
      <div className="flex items-center gap-2 px-2.5">
        <Mark />
        <span className="text-h3 font-bold">Plaza</span>
        {isDevelopment && <Tag icon={false}>{say('admin.local')}</Tag>}
      </div>
      <PaletteField onOpen={onPalette} />
      <div className="flex-1">
        <Places />
      </div>
      <Who />
    </aside>
  );
};
