import type { ReactElement } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { useOnline } from './use-online.ts';

/** Says once that there is no network; what is on the page stays to be read. */
export const Offline = (): ReactElement => {
  const say = useText();
  const isOnline = useOnline();
  return (
    <div role="alert">
      {!isOnline && (
        <p className="bg-warning-soft px-4 py-2 text-center text-small font-medium text-warning">
          {say('kit.offline')}
        </p>
      )}
    </div>
  );
};
