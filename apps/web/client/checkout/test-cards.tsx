import type { ReactElement } from 'react';
import { useText } from '../i18n/use-text.tsx';

const cards = [
  ['4242424242424242', 'approved'],
  ['4000000000000002', 'declined'],
  ['4000000000009995', 'noFunds'],
  ['4000000000000069', 'expired'],
  ['4000000000001042', 'slow'],
  ['4000000000001059', 'slowDeclined'],
] as const;

/** The cards of the sandbox, each with what it does: only where no real money can be meant. */
export const TestCards = ({
  onChoose,
}: Readonly<{ onChoose: (number: string) => void }>): ReactElement => {
  const say = useText();
  return (
    <details className="rounded-card border border-line bg-surface">
      <summary className="flex min-h-11 items-center px-4 text-small font-medium">
        {say('cards.title')}
      </summary>
      <ul className="flex flex-col border-t border-line p-2">
        {cards.map(([number, key]) => (
          <li key={number}>
            <button
              type="button"
              onClick={() => onChoose(number)}
              className="flex min-h-11 w-full flex-wrap items-center justify-between gap-x-4 rounded-control-small px-2 text-left text-small hover:bg-sunken"
            >
              <span className="tabular font-mono text-caption">
                {number.replaceAll(/(\d{4})(?=\d)/g, '$1 ')}
              </span>
              <span className="text-text-2">{say(`cards.${key}`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
};
