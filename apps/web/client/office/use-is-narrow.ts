import { useSyncExternalStore } from 'react';

const query = '(max-width: 47.99rem)';

/** Whether there is room for two lines a row only. */
export const useIsNarrow = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
