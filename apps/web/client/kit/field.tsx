import {
  useId,
  type InputHTMLAttributes,
  type ReactElement,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react';
import { ChevronDown, CircleAlert } from 'lucide-react';
import { useText } from '../i18n/use-text.tsx';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';

type Frame = Readonly<{
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  isOptional?: boolean;
}>;

const control =
  'w-full rounded-control border bg-surface text-input text-text-1 transition-colors hover:border-text-2';
const controlLine = (isWrong: boolean): string => (isWrong ? 'border-danger' : 'border-control');

const FieldFrame = ({
  id,
  label,
  hint,
  error,
  isOptional,
  children,
}: Frame & Readonly<{ id: string; children: ReactNode }>): ReactElement => {
  const say = useText();
  return (
    <div className="flex flex-col gap-1.5">
      <label
        htmlFor={id}
        className="flex items-baseline gap-2 text-small font-medium text-text-1 has-[.sr-only]:absolute"
      >
        {label}
        {isOptional && (
          <span className="text-caption font-normal text-text-3">{say('kit.optional')}</span>
        )}
      </label>
      {children}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-caption text-text-3">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-caption text-danger">
          <Icon of={CircleAlert} size={16} />
          {error}
        </p>
      )}
    </div>
  );
};

const describe = (id: string, { hint, error }: Frame) => {
  const ids = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`];
  const described = ids.filter(Boolean).join(' ');
  return {
    ...(described === '' ? {} : { 'aria-describedby': described }),
    ...(error === undefined ? {} : { 'aria-invalid': true as const }),
  };
};

/** A line of text with its label, hint and fault; `name` is also how a summary finds it. */
export const TextField = ({
  label,
  hint,
  error,
  isOptional,
  end,
  className,
  ...rest
}: Frame &
  Readonly<{ name: string; end?: ReactNode }> &
  InputHTMLAttributes<HTMLInputElement>): ReactElement => {
  const made = useId();
  const id = rest.id ?? made;
  const frame = { label, hint, error, isOptional } as Frame;
  return (
    <FieldFrame id={id} {...frame}>
      <span className="relative flex">
        <input
          {...rest}
          id={id}
          {...describe(id, frame)}
          required={rest.required ?? !isOptional}
          className={classes(control, controlLine(error !== undefined), 'h-11 px-3', className)}
        />
        {end !== undefined && (
          <span className="absolute inset-y-0 right-1 flex items-center">{end}</span>
        )}
      </span>
    </FieldFrame>
  );
};

export const TextArea = ({
  label,
  hint,
  error,
  isOptional,
  ...rest
}: Frame &
  Readonly<{ name: string }> &
  TextareaHTMLAttributes<HTMLTextAreaElement>): ReactElement => {
  const id = useId();
  const frame = { label, hint, error, isOptional } as Frame;
  return (
    <FieldFrame id={id} {...frame}>
      <textarea
        rows={4}
        {...rest}
        id={id}
        {...describe(id, frame)}
        className={classes(control, controlLine(error !== undefined), 'px-3 py-2.5')}
      />
    </FieldFrame>
  );
};

export const SelectField = ({
  label,
  hint,
  error,
  isOptional,
  isCompact = false,
  children,
  ...rest
}: Frame &
  Readonly<{ name: string; isCompact?: boolean }> &
  SelectHTMLAttributes<HTMLSelectElement>): ReactElement => {
  const id = useId();
  const frame = { label, hint, error, isOptional } as Frame;
  return (
    <FieldFrame id={id} {...frame}>
      <span className="relative flex">
        <select
          {...rest}
          id={id}
          {...describe(id, frame)}
          className={classes(
            control,
            controlLine(error !== undefined),
            'appearance-none pr-9 pl-3',
            isCompact ? 'h-9 text-small' : 'h-11',
          )}
        >
          {children}
        </select>
        <Icon
          of={ChevronDown}
          className="pointer-events-none absolute top-1/2 right-3 -translate-y-1/2 text-text-2"
        />
      </span>
    </FieldFrame>
  );
};

/** A box to tick; the whole line is its target. */
export const CheckField = ({
  label,
  count,
  ...rest
}: Readonly<{ label: ReactNode; count?: ReactNode; name: string }> &
  InputHTMLAttributes<HTMLInputElement>): ReactElement => {
  const id = useId();
  return (
    <span className="flex min-h-9 items-center gap-2.5">
      <input
        {...rest}
        id={id}
        type={rest.type ?? 'checkbox'}
        className="size-4.5 shrink-0 accent-primary-fill"
      />
      <label
        htmlFor={id}
        className="flex flex-1 cursor-pointer items-baseline justify-between gap-3 py-2 text-small"
      >
        <span>{label}</span>
        {count !== undefined && <span className="tabular text-caption text-text-3">{count}</span>}
      </label>
    </span>
  );
};
