import { ArrowLeft, ChevronLeft, ChevronRight, type LucideIcon } from 'lucide-react';
import { useEffect, type ReactElement, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useSetting, useText } from '../../i18n/use-text.tsx';
import { classes } from '../../kit/classes.ts';
import { fitTitle } from '../../kit/head.ts';
import { Icon } from '../../kit/icon.tsx';
import { PageTitle } from '../../kit/layout.tsx';
import { useNeighbours, type Neighbours as NeighbourPaths } from '../../office/neighbours.ts';

const Neighbour = ({
  to,
  name,
  icon,
}: Readonly<{ to: string | undefined; name: string; icon: LucideIcon }>): ReactElement => {
  const look =
    'inline-flex size-9 items-center justify-center rounded-control-small max-md:size-11';
  if (to === undefined)
    return (
      <span className={`${look} text-text-3 opacity-50`}>
        <Icon of={icon} />
      </span>
    );
  return (
    <Link to={to} aria-label={name} title={name} className={`${look} text-text-2 hover:bg-sunken`}>
      <Icon of={icon} />
    </Link>
  );
};

/** To the record before and after this one in its list. */
const Neighbours = ({ of }: Readonly<{ of: NeighbourPaths }>): ReactElement => {
  const say = useText();
  return (
    <nav aria-label={say('keys.neighbours')} className="flex gap-1 print:hidden">
      <Neighbour to={of.before} name={say('neighbours.before')} icon={ChevronLeft} />
      <Neighbour to={of.after} name={say('neighbours.after')} icon={ChevronRight} />
    </nav>
  );
};

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
  const { shopName } = useSetting();
  useEffect(() => {
    document.title = fitTitle(title, shopName);
  }, [title, shopName]);
  const neighbours = useNeighbours(back?.to);
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-col gap-1">
        {back && (
          <div className="flex min-h-9 items-center justify-between gap-4">
            <Link
              to={back.to}
              className="inline-flex min-h-6 items-center gap-1.5 text-caption text-text-2 hover:underline"
            >
              <Icon of={ArrowLeft} size={16} />
              {back.name}
            </Link>
            {neighbours && <Neighbours of={neighbours} />}
          </div>
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
        <dt className="min-w-24 text-text-3">{name}</dt>
        <dd className="min-w-0 break-words">{value}</dd>
      </div>
    ))}
  </dl>
);

export { Failing, NoPermission, Region } from '../../office/region.tsx';
