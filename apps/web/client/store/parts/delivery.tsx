import { Truck } from 'lucide-react';
import type { ReactElement } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { Icon } from '../../kit/icon.tsx';

export type Delivery = AnswerOf<'/api/v1/shipping-options', 'get'>['items'][number];

/** When one piece would arrive if it were ordered now, and what that costs. */
export const DeliveryPromise = ({ delivery }: Readonly<{ delivery: Delivery }>): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const { money, day } = useFormats();
  const { earliest, latest, price, currency, name } = delivery;
  // Noon, so that no zone makes another day of it.
  const [from, to] = [earliest, latest].map(({ date }) => day(`${date}T12:00:00Z`));
  const isFree = Number(price) === 0;
  return (
    <p className="flex items-start gap-3 text-small">
      <Icon of={Truck} size={20} className={isFree ? 'text-success' : 'text-text-2'} />
      <span className="flex flex-col gap-0.5">
        <strong className={`font-semibold ${isFree ? 'text-success' : ''}`}>
          {from === to
            ? say(isFree ? 'product.arrivesFreeOn' : 'product.arrivesOn', { day: to! })
            : say(isFree ? 'product.arrivesFreeBetween' : 'product.arrivesBetween', {
                from: from!,
                to: to!,
              })}
        </strong>
        <span className="text-text-2">
          {isFree ? name[language] : `${name[language]} · ${money(price, currency)}`}
        </span>
      </span>
    </p>
  );
};
