import { ArrowDown, ArrowRight, ArrowUp, type LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { Icon } from '../../kit/icon.tsx';

/** How a figure has changed, said with an arrow and in words. */
export const Change = ({
  now,
  before,
}: Readonly<{ now: number; before: number }>): ReactElement => {
  const say = useText();
  const { number } = useFormats();
  if (before === 0) return <span className="text-caption text-text-2">{say('home.noBefore')}</span>;
  const percent = Math.round(((now - before) / before) * 100);
  if (percent > 999)
    return <span className="text-caption text-success">{say('home.changeMany')}</span>;
  const [icon, tone]: readonly [LucideIcon, string] =
    percent > 0
      ? [ArrowUp, 'text-success']
      : percent < 0
        ? [ArrowDown, 'text-danger']
        : [ArrowRight, 'text-text-2'];
  return (
    <span className={`inline-flex items-center gap-1 text-caption ${tone}`}>
      <Icon of={icon} size={14} />
      {say('home.change', { percent: number(Math.abs(percent)) })}
    </span>
  );
};
