import { homePath } from '../../addresses.ts';
import { browserApi } from '../api/client.ts';
import { useSetting } from '../i18n/use-text.tsx';
import { bodyOf, useSending } from './use-request.ts';

/** Ends the session, and then leads to the shop; whoever cannot be signed out stays where they are. */
export const useSignOut = (): (() => void) => {
  const { language } = useSetting();
  const { send } = useSending();
  return () =>
    void send(() => bodyOf(browserApi().POST('/api/v1/auth/logout', { body: {} }))).then(
      (isDone) => {
        if (isDone) location.assign(homePath(language));
      },
    );
};
