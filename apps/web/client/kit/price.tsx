import type { ReactElement } from 'react';
import { percentOff } from '../format/money.ts';
import { useFormats, useText } from '../i18n/use-text.tsx';
import { Tag } from './feedback.tsx';

/** What it cost before, struck, with what is off; nothing when it costs no less. */
export const BeforePrice = ({
  price,
  before,
  currency,
}: Readonly<{
  price: string;
  before: string | null;
  currency: string;
}>): ReactElement | null => {
  const say = useText();
  const { money } = useFormats();
  const off = before === null ? 0 : percentOff(price, before);
  if (before === null || off === 0) return null;
  return (
    <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
      <s className="tabular text-body text-text-3">
        <span className="sr-only">{say('kit.before')} </span>
        {money(before, currency)}
      </s>
      <Tag tone="success" icon={false}>
        {say('kit.percentOff', { percent: off })}
      </Tag>
    </span>
  );
};
