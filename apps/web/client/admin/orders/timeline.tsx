import { Banknote, CircleCheck } from 'lucide-react';
import type { ReactElement } from 'react';
import { orderEvents } from '../../account/order-state.ts';
import { useFormats, useText, useWholeText } from '../../i18n/use-text.tsx';
import { Icon } from '../../kit/icon.tsx';
import type { Happened, Moved } from './order-data.ts';

type Entry =
  | Readonly<{ is: 'order'; at: string; order: Happened }>
  | Readonly<{ is: 'money'; at: string; money: Moved }>;

const trackingOf = (data: Readonly<Record<string, unknown>>): string | undefined => {
  const tracking = data['tracking'] as { carrier?: string; number?: string } | undefined;
  return tracking?.number === undefined ? undefined : `${tracking.carrier} · ${tracking.number}`;
};

/** A movement of the books: its amount, and which accounts it changed. */
const Money = ({ money }: Readonly<{ money: Moved }>): ReactElement => {
  const say = useText();
  const formats = useFormats();
  const { currency } = money.params;
  return (
    <>
      <span className="text-small font-medium">{money.text}</span>
      <details className="text-caption text-text-2">
        <summary className="inline-flex min-h-6 items-center underline">
          {say('timeline.accounts', { count: money.changes.length })}
        </summary>
        <ul className="flex flex-col gap-0.5 py-1">
          {money.changes.map(({ account, amount }) => (
            <li key={account} className="flex justify-between gap-4">
              <span className="min-w-0 font-mono break-all">{account}</span>
              <span className="tabular">{formats.money(amount, currency)}</span>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
};

/** What happened to an order and to its money, the latest first, in one line of time. */
export const Timeline = ({
  events,
  moves,
}: Readonly<{
  events: readonly Happened[];
  moves: readonly Moved[];
}>): ReactElement => {
  const say = useText();
  const { has } = useWholeText();
  const { dateTime } = useFormats();
  const told = events.filter(({ type }) => has(`event.${type}`));
  const entries: readonly Entry[] = [
    ...told.map((order) => ({ is: 'order' as const, at: order.at, order })),
    ...moves.map((money) => ({ is: 'money' as const, at: money.at, money })),
  ].toSorted((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <div className="flex flex-col gap-3">
      <ol className="flex flex-col">
        {entries.map((entry, i) => {
          const icon =
            entry.is === 'money' ? Banknote : (orderEvents[entry.order.type] ?? CircleCheck);
          const tracking = entry.is === 'order' ? trackingOf(entry.order.data) : undefined;
          return (
            <li
              key={entry.is === 'money' ? entry.money.entry_id : entry.order.version}
              data-entry={entry.is}
              className="relative grid grid-cols-[28px_minmax(0,1fr)] gap-x-3 pb-4 last:pb-0"
            >
              <span
                className={`flex size-7 items-center justify-center rounded-full ${entry.is === 'money' ? 'bg-success-soft text-success' : 'bg-sunken text-text-2'}`}
              >
                <Icon of={icon} size={16} />
              </span>
              {i < entries.length - 1 && (
                <span className="absolute top-8 bottom-1 left-[13.5px] w-px bg-line-2" />
              )}
              <span className="flex min-w-0 flex-col gap-0.5">
                {entry.is === 'money' ? (
                  <Money money={entry.money} />
                ) : (
                  <span className="text-small font-medium">{say(`event.${entry.order.type}`)}</span>
                )}
                {tracking !== undefined && <span className="text-caption">{tracking}</span>}
                <time dateTime={entry.at} className="text-caption text-text-3">
                  {dateTime(entry.at)}
                </time>
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
};
