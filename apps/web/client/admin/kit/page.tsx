import { ArrowLeft, ShieldAlert } from 'lucide-react';
import { useEffect, type ReactElement, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Failure } from '../../api/problems.ts';
import { useText } from '../../i18n/use-text.tsx';
import { classes } from '../../kit/classes.ts';
import { RegionError } from '../../kit/feedback.tsx';
import { fitTitle } from '../../kit/head.ts';
import { Icon } from '../../kit/icon.tsx';
import { PageTitle, Skeleton } from '../../kit/layout.tsx';
import type { Loaded } from '../../kit/use-request.ts';
import { Loading } from '../../kit/loading.tsx';

/** A page of the back office: its title in the page and in the window, what is done there, and where it belongs. */
export const AdminPage = ({
  title,
  tag,
  back,
  action,
  children,
}: Readonly<{
  title: string;
  /** Its state, beside the title. */
  tag?: ReactNode;
  /** The list that it belongs to. */
  back?: Readonly<{ to: string; name: string }>;
  action?: ReactNode;
  children: ReactNode;
}>): ReactElement => {
  useEffect(() => {
    document.title = fitTitle(title, 'Plaza');
  }, [title]);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-1">
        {back && (
          <Link
            to={back.to}
            className="inline-flex min-h-6 items-center gap-1.5 self-start text-caption text-text-2 hover:underline"
          >
            <Icon of={ArrowLeft} size={16} />
            {back.name}
          </Link>
        )}
        <div className="flex min-h-10 flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <PageTitle className="text-h1-app">{title}</PageTitle>
            {tag}
          </div>
          {action && <div className="flex flex-wrap gap-2">{action}</div>}
        </div>
      </div>
      {children}
    </div>
  );
};

/** Two columns where there is room: what it is about, and what belongs to it. */
export const Detail = ({
  children,
  aside,
}: Readonly<{ children: ReactNode; aside: ReactNode }>): ReactElement => (
  <div className="grid gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,1fr)_340px]">
    <div className="flex min-w-0 flex-col gap-8">{children}</div>
    <div className="flex min-w-0 flex-col gap-8">{aside}</div>
  </div>
);

/** A part of a page under its heading. */
export const Section = ({
  id,
  title,
  action,
  children,
  className,
}: Readonly<{
  /** Of the heading, unique on the page. */
  id: string;
  title: string;
  action?: ReactNode;
  children: ReactNode;
  className?: string;
}>): ReactElement => (
  <section className={classes('flex flex-col gap-3', className)}>
    <div className="flex min-h-8 flex-wrap items-center justify-between gap-2">
      <h2 id={id} className="text-h3">
        {title}
      </h2>
      {action}
    </div>
    {children}
  </section>
);

/** Names and values, one a line. */
export const Facts = ({
  of,
}: Readonly<{ of: readonly (readonly [name: string, value: ReactNode])[] }>): ReactElement => (
  <dl className="grid grid-cols-[fit-content(50%)_minmax(0,1fr)] gap-x-6 gap-y-2 text-small">
    {of.map(([name, value]) => (
      <div key={name} className="contents">
        <dt className="text-text-3">{name}</dt>
        <dd className="min-w-0 break-words">{value}</dd>
      </div>
    ))}
  </dl>
);

/** What somebody may not do here, and who can change that. */
export const NoPermission = ({ what }: Readonly<{ what?: string }>): ReactElement => {
  const say = useText();
  return (
    <div role="alert" className="flex flex-col items-start gap-2 py-6">
      <p className="flex items-center gap-2 text-h3">
        <Icon of={ShieldAlert} size={20} className="text-warning" />
        {say('permission.title')}
      </p>
      <p className="max-w-xl text-small text-text-2">{what ?? say('permission.text')}</p>
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
  if (status === 403) return <NoPermission />;
  return <RegionError failure={failure} onRetry={onRetry} />;
};

/** What is loaded, or the place that it will have, or why it is not there. */
export const Region = <Body,>({
  of,
  lines = 3,
  children,
}: Readonly<{
  of: Loaded<Body>;
  /** How many lines of 44 pixels it will be. */
  lines?: number;
  children: (data: Body) => ReactNode;
}>): ReactElement => {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.failure) return <Failing failure={of.failure} onRetry={of.retry} />;
  return (
    <Loading className="flex flex-col gap-2">
      {Array.from({ length: lines }, (_, i) => (
        <Skeleton key={i} className="h-9 w-full" />
      ))}
    </Loading>
  );
};
