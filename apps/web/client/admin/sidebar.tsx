import { Store } from 'lucide-react';
import type { ReactElement } from 'react';
import { NavLink } from 'react-router';
import { homePath } from '../../addresses.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { Icon } from '../kit/icon.tsx';
import { itemLook, quietItem, Who } from '../office/shell.tsx';
import { groups, placesFor, type Place } from './places.ts';

const PlaceLink = ({
  place,
  onGo,
}: Readonly<{ place: Place; onGo?: () => void }>): ReactElement => {
  const say = useText();
  const { to, key, icon, isDocument = false } = place;
  const content = (
    <>
      <Icon of={icon} />
      {say(`nav.${key}`)}
    </>
  );
  if (isDocument)
    return (
      <a href={to} className={quietItem}>
        {content}
      </a>
    );
  return (
    <NavLink
      to={to}
      end={to === '/admin'}
      {...(onGo ? { onClick: onGo } : {})}
      className={itemLook}
    >
      {content}
    </NavLink>
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
              {own.map((place) => (
                <li key={place.to}>
                  <PlaceLink place={place} {...(onGo ? { onGo } : {})} />
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
export const Foot = (): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  return (
    <div className="flex flex-col gap-1">
      <a href={homePath(language)} className={quietItem}>
        <Icon of={Store} />
        {say('admin.toShop')}
      </a>
      <Who />
    </div>
  );
};
