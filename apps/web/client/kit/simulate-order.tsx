import { Play } from 'lucide-react';
import type { ReactElement } from 'react';
import { browserApi } from '../api/client.ts';
import { useFormats, useText } from '../i18n/use-text.tsx';
import { Button, type ButtonSize } from './button.tsx';
import { RegionError } from './feedback.tsx';
import { useToast } from './toast.tsx';
import { bodyOf, useSending } from './use-request.ts';

/** Has something bought with the sandbox card, to watch it: only where no money is real. */
export const SimulateOrder = ({ size = 36 }: Readonly<{ size?: ButtonSize }>): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const toast = useToast();
  const { send, isBusy, failure } = useSending(['events'], ['system'], ['orders']);
  const simulate = (): Promise<boolean> =>
    send(async () => {
      const order = await bodyOf(browserApi().POST('/api/v1/admin/simulated-orders', { body: {} }));
      toast(
        say('simulate.done', { number: order.number, total: money(order.total, order.currency) }),
        <a
          href={`/sistema/eventos/${order.correlation_id}`}
          className="inline-flex min-h-6 items-center font-semibold underline"
        >
          {say('simulate.watch')}
        </a>,
      );
    });
  return (
    <>
      <Button size={size} icon={Play} isBusy={isBusy} onClick={() => void simulate()}>
        {say('simulate.go')}
      </Button>
      {failure && <RegionError failure={failure} title={say('simulate.failed')} />}
    </>
  );
};
