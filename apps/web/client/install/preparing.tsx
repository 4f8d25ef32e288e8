import { useEffect, useState, type ReactElement } from 'react';
import { useLocation } from 'react-router';
import { browserApi } from '../api/client.ts';
import { useText } from '../i18n/use-text.tsx';
import { ButtonLink } from '../kit/button.tsx';
import { NarrowPage } from '../store/parts/narrow-page.tsx';

const everyMs = 700;
const slowAfterMs = 30_000;

/** Undefined: nobody answers just now. */
const isStillPreparing = async (): Promise<boolean | undefined> => {
  const answer = await browserApi()
    .GET('/api/v1/auth/setup', { cache: 'no-store', signal: AbortSignal.timeout(3_000) })
    .catch(() => undefined);
  return answer?.data?.is_preparing;
};

/**
 * Waits while the shop begins anew, when nobody may answer for some seconds, and then goes on. Without
 * scripts the page comes again by itself until it is elsewhere.
 */
export const Preparing = ({ goTo }: Readonly<{ goTo: string }>): ReactElement => {
  const say = useText();
  const { pathname } = useLocation();
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let isGone = false;
    const since = performance.now();
    const look = async (): Promise<void> => {
      const isPreparing = await isStillPreparing();
      if (isGone) return;
      if (isPreparing === false) return location.assign(goTo);
      setSlow(performance.now() - since > slowAfterMs);
      timer = setTimeout(() => void look(), everyMs);
    };
    timer = setTimeout(() => void look(), everyMs);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [goTo]);
  return (
    <NarrowPage title={say('install.preparingTitle')} text={say('install.preparingText')}>
      <noscript>
        <meta httpEquiv="refresh" content={`2; url=${pathname}`} />
      </noscript>
      <div role="status" aria-busy="true" className="flex flex-col gap-4">
        <span className="h-1 w-full overflow-hidden rounded-full bg-sunken" aria-hidden="true">
          <span className="block h-full w-1/3 animate-pulse rounded-full bg-primary-fill" />
        </span>
        {isSlow && (
          <>
            <p className="text-small text-text-2">{say('install.slow')}</p>
            <ButtonLink to={goTo} isDocument kind="outline" size={44}>
              {say('install.enter')}
            </ButtonLink>
          </>
        )}
      </div>
    </NarrowPage>
  );
};
