import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { useText } from '../i18n/use-text.tsx';

/** After so long people want to know that it is still being worked at. */
const slowAfterMs = 8_000;

/** Stands where content will be, with skeletons of its size; says so when it takes long. */
export const Loading = ({
  className,
  children,
}: Readonly<{ className?: string; children: ReactNode }>): ReactElement => {
  const say = useText();
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), slowAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div>
      <div aria-busy="true" className={className}>
        <span className="sr-only">{say('kit.loading')}</span>
        {children}
      </div>
      <p role="status" className={isSlow ? 'pt-3 text-small text-text-2' : 'sr-only'}>
        {isSlow && say('kit.slow')}
      </p>
    </div>
  );
};
