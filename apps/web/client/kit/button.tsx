import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, ReactElement, ReactNode } from 'react';
import { Link } from 'react-router';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';

export type ButtonKind = 'filled' | 'soft' | 'outline' | 'quiet' | 'danger';
export type ButtonSize = 36 | 40 | 44 | 48;

const kinds: Readonly<Record<ButtonKind, string>> = {
  filled: 'bg-primary-fill text-on-primary hover:bg-primary-hover active:bg-primary-hover',
  soft: 'bg-primary-soft text-primary hover:text-primary-hover hover:bg-primary-soft',
  outline:
    'bg-surface text-text-1 border border-control hover:border-text-2 hover:bg-sunken active:bg-sunken',
  quiet: 'text-text-1 hover:bg-sunken active:bg-sunken',
  danger: 'bg-surface text-danger border border-danger hover:bg-danger-soft',
};
const sizes: Readonly<Record<ButtonSize, string>> = {
  36: 'min-h-9 px-3 text-small rounded-control-small',
  40: 'min-h-10 px-4 text-small rounded-control-small',
  44: 'min-h-11 px-4 text-body rounded-control',
  48: 'min-h-12 px-5 text-input rounded-control',
};

/** One line, which nothing narrows; only on a phone a label that is wider than the screen takes two. */
export const buttonClasses = (kind: ButtonKind, size: ButtonSize, isWide = false): string =>
  classes(
    'relative inline-flex items-center justify-center gap-2 py-1 text-center font-semibold select-none max-sm:max-w-full sm:min-w-max sm:whitespace-nowrap transition-colors aria-disabled:opacity-60',
    kinds[kind],
    sizes[size],
    isWide ? 'w-full' : 'max-sm:shrink-0',
  );

type Look = Readonly<{
  kind?: ButtonKind;
  size?: ButtonSize;
  icon?: LucideIcon;
  isWide?: boolean;
}>;

/**
 * A button. While its action is in flight it keeps its label and width, shows that it works, and does
 * nothing more: a second click is not a second order.
 */
export const Button = ({
  kind = 'outline',
  size = 44,
  icon,
  isWide,
  isBusy = false,
  children,
  className,
  onClick,
  ...rest
}: Look &
  Readonly<{ isBusy?: boolean; children: ReactNode }> &
  ButtonHTMLAttributes<HTMLButtonElement>): ReactElement => (
  <button
    type="button"
    {...rest}
    className={classes(buttonClasses(kind, size, isWide), className)}
    onClick={isBusy ? (event) => event.preventDefault() : onClick}
    {...(isBusy ? { 'aria-disabled': true, 'aria-busy': true } : {})}
  >
    {icon && <Icon of={icon} size={size >= 44 ? 20 : 18} />}
    {/* The label makes room for what turns at its end; the width stays. */}
    {isBusy ? <span className="-translate-x-1.5">{children}</span> : children}
    {isBusy && <span className="spinner absolute right-1 size-3" aria-hidden="true" />}
  </button>
);

/** What leads to another page looks like a button only when it is the page's main way on. */
export const ButtonLink = ({
  kind = 'outline',
  size = 44,
  icon,
  isWide,
  to,
  isDocument = false,
  children,
  className,
}: Look &
  Readonly<{
    to: string;
    /** Of another application, or in another language: loaded as a page of its own. */
    isDocument?: boolean;
    children: ReactNode;
    className?: string;
  }>): ReactElement => (
  <Link
    to={to}
    reloadDocument={isDocument}
    className={classes(buttonClasses(kind, size, isWide), className)}
  >
    {icon && <Icon of={icon} size={size >= 44 ? 20 : 18} />}
    {children}
  </Link>
);

/** A square of 44 pixels that an icon names and a label says. */
export const IconButton = ({
  icon,
  label,
  className,
  ...rest
}: Readonly<{ icon: LucideIcon; label: string }> &
  ButtonHTMLAttributes<HTMLButtonElement>): ReactElement => (
  <button
    type="button"
    title={label}
    {...rest}
    aria-label={label}
    className={classes(
      'inline-flex size-11 items-center justify-center rounded-control text-text-1 hover:bg-sunken',
      className,
    )}
  >
    <Icon of={icon} size={20} />
  </button>
);
