import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';

type Size = 14 | 16 | 18 | 20 | 22 | 32;

/** One stroke for all; never the only carrier of a meaning unless `label` says it. */
export const Icon = ({
  of: Shape,
  size = 18,
  label,
  className,
}: Readonly<{
  of: LucideIcon;
  size?: Size;
  label?: string;
  className?: string;
}>): ReactElement => (
  <Shape
    size={size}
    strokeWidth={1.75}
    className={`shrink-0 ${className ?? ''}`}
    {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
  />
);
