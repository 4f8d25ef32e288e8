import { CircleAlert, CircleCheck, Copy, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import type { Failure } from '../api/problems.ts';
import { useText } from '../i18n/use-text.tsx';
import { useFailureWords } from './use-failure.ts';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';

export type Tone = 'success' | 'warning' | 'danger' | 'info' | 'neutral';

const tones: Readonly<Record<Tone, string>> = {
  success: 'bg-success-soft text-success',
  warning: 'bg-warning-soft text-warning',
  danger: 'bg-danger-soft text-danger',
  info: 'bg-info-soft text-info',
  neutral: 'bg-sunken text-text-2',
};
const icons: Readonly<Record<Tone, LucideIcon>> = {
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
  info: Info,
  neutral: Info,
};

/** A state in a word; with an icon wherever colour would be all that tells two of them apart. */
export const Tag = ({
  tone = 'neutral',
  icon,
  children,
}: Readonly<{ tone?: Tone; icon?: LucideIcon | false; children: ReactNode }>): ReactElement => (
  <span
    className={classes(
      'inline-flex items-center gap-1 rounded-tag px-2 py-0.5 text-micro whitespace-nowrap',
      tones[tone],
    )}
  >
    {icon !== false && <Icon of={icon ?? icons[tone]} size={14} />}
    {children}
  </span>
);

/** Something to know about what stands below it. */
export const Notice = ({
  tone = 'info',
  title,
  children,
  action,
  role,
}: Readonly<{
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  role?: 'alert' | 'status';
}>): ReactElement => (
  <div role={role} className={classes('flex gap-3 rounded-card p-4 text-small', tones[tone])}>
    <Icon of={icons[tone]} size={20} />
    <div className="flex min-w-0 flex-1 flex-col gap-1">
      {title !== undefined && <p className="font-semibold">{title}</p>}
      {children && <div className="text-text-1">{children}</div>}
      {action !== undefined && <div className="mt-2 flex flex-wrap gap-2">{action}</div>}
    </div>
  </div>
);

/** The id of a request, small and to be copied: what support asks for. */
export const RequestId = ({ id }: Readonly<{ id: string }>): ReactElement => {
  const say = useText();
  const [isCopied, setCopied] = useState(false);
  return (
    <span className="inline-flex flex-wrap items-center gap-2 font-mono text-caption text-text-3">
      <span className="break-all">{id}</span>
      <button
        type="button"
        className="inline-flex min-h-8 shrink-0 items-center gap-1 rounded-tag px-2 font-sans font-medium text-text-2 underline"
        onClick={() => void navigator.clipboard.writeText(id).then(() => setCopied(true))}
      >
        <Icon of={Copy} size={14} />
        <span aria-live="polite">{say(isCopied ? 'kit.copied' : 'kit.copy')}</span>
      </button>
    </span>
  );
};

/** A part of a page that could not be loaded; the rest of it works. */
export const RegionError = ({
  failure,
  title,
  onRetry,
}: Readonly<{ failure: Failure; title?: ReactNode; onRetry?: () => void }>): ReactElement => {
  const say = useText();
  const words = useFailureWords(failure);
  return (
    <div role="alert" className="flex flex-col items-start gap-3 py-6">
      <p className="flex items-center gap-2 text-h3">
        <Icon of={CircleAlert} size={20} className="text-danger" />
        {title ?? say('kit.regionFailed')}
      </p>
      <p className="text-small text-text-2">{words}</p>
      {onRetry && (
        <Button size={40} onClick={onRetry}>
          {say('kit.retry')}
        </Button>
      )}
      {failure.requestId !== undefined && <RequestId id={failure.requestId} />}
    </div>
  );
};

/** Nothing is here yet, and what to do about it. */
export const Empty = ({
  picture,
  title,
  children,
  action,
}: Readonly<{
  picture?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}>): ReactElement => (
  <div
    data-state="empty"
    className="mx-auto flex max-w-md flex-col items-center gap-3 py-12 text-center"
  >
    {picture}
    <h2 className="text-h2">{title}</h2>
    {children !== undefined && <p className="text-body text-text-2">{children}</p>}
    {action !== undefined && (
      <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>
    )}
  </div>
);

const sessionIsOver = /^auth\.(?:required|invalid_token|session_ended)$/;

/** What a form could not send: takes the focus, so that nobody wonders why nothing happened. */
export const FormFailure = ({
  failure,
  fieldNames = {},
}: Readonly<{
  failure: Failure | undefined;
  fieldNames?: Readonly<Record<string, string>>;
}>): ReactElement | null => {
  const say = useText();
  const words = useFailureWords(failure);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!failure) return;
    const [first, ...more] = Object.keys(failure.fields);
    const form = box.current?.closest('form');
    const field = form?.elements.namedItem(first ?? '');
    if (more.length === 0 && field instanceof HTMLElement) field.focus();
    else box.current?.focus();
  }, [failure]);
  if (!failure) return null;
  const fields = Object.keys(failure.fields);
  const goTo = (name: string): void => {
    const field = box.current?.closest('form')?.elements.namedItem(name);
    if (field instanceof HTMLElement) field.focus();
  };
  return (
    <div ref={box} tabIndex={-1} role="alert" className="scroll-mt-28 rounded-card">
      <Notice
        tone="danger"
        title={fields.length > 0 ? say('kit.fieldsNeedChanges', { count: fields.length }) : words}
      >
        {fields.length > 1 && (
          <ul className="list-disc pl-4">
            {fields.map((name) => (
              <li key={name}>
                <button
                  type="button"
                  className="min-h-6 text-left underline"
                  onClick={() => goTo(name)}
                >
                  {fieldNames[name] ?? name}
                </button>
              </li>
            ))}
          </ul>
        )}
        {/* In another tab, so that what was typed here stays, and can be sent again from where one is. */}
        {sessionIsOver.test(failure.code) && (
          <a
            href="/entrar"
            target="_blank"
            className="inline-flex min-h-6 items-center font-medium text-primary underline"
          >
            {say('kit.signInElsewhere')}
          </a>
        )}
        {failure.status >= 500 && failure.requestId !== undefined && (
          <RequestId id={failure.requestId} />
        )}
      </Notice>
    </div>
  );
};
