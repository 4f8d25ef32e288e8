import { ShieldAlert } from 'lucide-react';
import { useEffect, type ReactElement, type ReactNode } from 'react';
import { homePath } from '../../addresses.ts';
import type { Failure } from '../api/problems.ts';
import { useSetting, useWholeText } from '../i18n/use-text.tsx';
import { buttonClasses } from '../kit/button.tsx';
import { RegionError } from '../kit/feedback.tsx';
import { Icon } from '../kit/icon.tsx';
import { Skeleton } from '../kit/layout.tsx';
import { useIsWaiting, Waiting } from '../kit/waiting.tsx';
import type { Loaded } from '../kit/use-request.ts';

const staffRoles = ['admin', 'support', 'seller', 'professional'] as const;

/** Which of these roles somebody would need, in words: the server says them with its refusal. */
const useRolesNeeded = (): ((failure: Failure | undefined) => string) => {
  const { say, language } = useWholeText();
  return (failure) => {
    const said: unknown = failure?.problem['roles'];
    const known = staffRoles.filter((role) => Array.isArray(said) && said.includes(role));
    const names = (known.length === 0 ? (['admin'] as const) : known).map((role) =>
      say(`permission.role.${role}`),
    );
    return new Intl.ListFormat(language, { type: 'disjunction' }).format(names);
  };
};

/** What somebody may not do here, which role that takes, and who can give it. */
export const NoPermission = ({
  failure,
  what,
}: Readonly<{ failure?: Failure; what?: string }>): ReactElement => {
  const { say } = useWholeText();
  const { language } = useSetting();
  const rolesNeeded = useRolesNeeded();
  return (
    <div role="alert" data-state="permission" className="flex flex-col items-start gap-2">
      <p className="flex items-center gap-2 text-h3">
        <Icon of={ShieldAlert} size={20} className="text-warning" />
        {say('permission.title')}
      </p>
      <p className="max-w-xl text-small text-text-2">
        {what ?? say('permission.text', { roles: rolesNeeded(failure) })}
      </p>
      {failure === undefined && (
        <a href={homePath(language)} className={`mt-2 ${buttonClasses('outline', 40)}`}>
          {say('permission.toShop')}
        </a>
      )}
    </div>
  );
};

/** Why a part is not there: signed out, not allowed, or broken. */
export const Failing = ({
  failure,
  onRetry,
}: Readonly<{ failure: Failure; onRetry: () => void }>): ReactElement => {
  const { status } = failure;
  useEffect(() => {
    // Nothing is typed yet where a page only loads: signing in brings back to the same place.
    if (status === 401)
      location.assign(`/entrar?volver=${encodeURIComponent(location.pathname + location.search)}`);
  }, [status]);
  if (status === 403) return <NoPermission failure={failure} />;
  return (
    <div data-state="error">
      <RegionError failure={failure} onRetry={onRetry} />
    </div>
  );
};

/** What is loaded, or the place that it will have, or why it is not there. */
export const Region = <Body,>({
  of,
  lines = 3,
  height,
  children,
}: Readonly<{
  of: Loaded<Body>;
  /** How many lines of 44 pixels it will be. */
  lines?: number;
  /** Or one block of this height. */
  height?: string;
  children: (data: Body) => ReactNode;
}>): ReactElement => {
  const { data, failure, retry } = of;
  const isWaiting = useIsWaiting(data === undefined && !failure);
  if (data !== undefined && !isWaiting) return <>{children(data)}</>;
  if (data === undefined && failure) return <Failing failure={failure} onRetry={retry} />;
  return (
    <Waiting>
      <div className="flex flex-col gap-2">
        {height !== undefined ? (
          <Skeleton className={`${height} w-full`} />
        ) : (
          Array.from({ length: lines }, (_, i) => <Skeleton key={i} className="h-9 w-full" />)
        )}
      </div>
    </Waiting>
  );
};
