import { useEffect, useState, type ReactElement } from 'react';
import type { Theme } from '../../render-contract.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';

const yearSeconds = 31_536_000;

/** Keeps a preference of this browser, for the server too. */
export const keepPreference = (name: string, value: string): void => {
  const isSecure = location.protocol === 'https:';
  document.cookie = `${name}=${value}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax${isSecure ? '; Secure' : ''}`;
};

/** Light, dark, or as the device says: kept in a cookie, so that the next page is painted right. */
export const ThemeChoice = (): ReactElement => {
  const say = useText();
  const { theme: initial } = useSetting();
  const [theme, setTheme] = useState<Theme>(initial);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return (
    <fieldset className="flex flex-wrap items-center gap-1">
      <legend className="sr-only">{say('kit.theme')}</legend>
      {(['system', 'light', 'dark'] as const).map((name) => (
        <label
          key={name}
          className="inline-flex h-9 cursor-pointer items-center rounded-control-small px-3 text-caption text-text-2 has-checked:bg-sunken has-checked:font-semibold has-checked:text-text-1 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-primary"
        >
          <input
            type="radio"
            name="theme"
            value={name}
            checked={theme === name}
            onChange={() => {
              keepPreference('plaza_theme', name);
              setTheme(name);
            }}
            className="sr-only"
          />
          {say(`kit.theme.${name}`)}
        </label>
      ))}
    </fieldset>
  );
};
