import { createContext, use, type ReactElement, type ReactNode } from 'react';
import type { PageSetting } from '../../render-contract.ts';
import { formatDate, formatDateTime, formatDay, formatRelative } from '../format/dates.ts';
import { formatMoney, formatMoneyCompact, formatNumber } from '../format/money.ts';
import type { Text, Values } from './text.ts';

type Setting = Readonly<{ setting: PageSetting; text: Text }>;

const Context = createContext<Setting | null>(null);

export const TextProvider = ({
  setting,
  text,
  children,
}: Setting & { children: ReactNode }): ReactElement => (
  <Context value={{ setting, text }}>{children}</Context>
);

const useContextOfPage = (): Setting => {
  const value = use(Context);
  if (!value) throw new Error('no TextProvider around this component');
  return value;
};

export const useSetting = (): PageSetting => useContextOfPage().setting;

/** `say` a message by its key. A key that no catalogue has is a fault that the check finds. */
export const useText = (): Text['say'] => useContextOfPage().text.say;
export const useWholeText = (): Text => useContextOfPage().text;

/** Money, numbers and days as this page writes them. */
export const useFormats = () => {
  const { locale, timeZone, now } = useSetting();
  const place = { locale, timeZone };
  return {
    money: (amount: string, currency: string): string => formatMoney(amount, currency, locale),
    moneyCompact: (amount: string, currency: string): string =>
      formatMoneyCompact(amount, currency, locale),
    number: (value: number): string => formatNumber(value, locale),
    dateTime: (at: string): string => formatDateTime(at, place),
    date: (at: string): string => formatDate(at, place),
    day: (at: string): string => formatDay(at, place),
    relative: (at: string, from = now): string | undefined => formatRelative(at, from, locale),
  };
};

/** A message with marked places: `<b>…</b>` becomes what `parts.b` makes of it. */
export const Rich = ({
  id,
  values,
  parts,
}: Readonly<{
  id: string;
  values?: Values;
  parts: Readonly<Record<string, (content: string) => ReactNode>>;
}>): ReactElement => {
  const say = useText();
  const pieces = say(id, values).split(/(<(?<name>\w+)>.*?<\/\k<name>>)/u);
  const nodes: ReactNode[] = [];
  for (let i = 0; i < pieces.length; i += 3) {
    nodes.push(pieces[i]);
    const name = pieces[i + 2];
    if (name === undefined) continue;
    const content = pieces[i + 1]!.slice(name.length + 2, -(name.length + 3));
    nodes.push(<span key={i}>{parts[name]?.(content) ?? content}</span>);
  }
  return <>{nodes}</>;
};

/** A moment: relative within a week, and always its exact time for who asks. */
export const Moment = ({ at }: Readonly<{ at: string }>): ReactElement => {
  const formats = useFormats();
  const exact = formats.dateTime(at);
  return (
    <time dateTime={at} title={exact}>
      {formats.relative(at) ?? exact}
    </time>
  );
};
