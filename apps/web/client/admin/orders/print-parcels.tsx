import { Printer } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { browserApi } from '../../api/client.ts';
import { unreachable, type Failure } from '../../api/problems.ts';
import { useSetting, useText } from '../../i18n/use-text.tsx';
import { Button, buttonClasses } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { FormFailure } from '../../kit/feedback.tsx';
import { Icon } from '../../kit/icon.tsx';
import { saveFile } from '../../kit/save-file.ts';
import { useToast } from '../../kit/toast.tsx';
import { bodyOf, RequestFailed } from '../../kit/use-request.ts';
import type { Order } from './order-data.ts';
import type { ToShip } from './bulk-ship.tsx';

type ParcelPaper = 'packing_slip' | 'shipping_label';
const papers = ['packing_slip', 'shipping_label'] as const;

const ended = ['cancelled', 'failed', 'refunded'];

/** The papers of one order, each in a page of its own, from where it is printed. */
export const ParcelPapers = ({
  order,
  hasAddress,
}: Readonly<{ order: Order; hasAddress: boolean }>): ReactElement | null => {
  const say = useText();
  const { language } = useSetting();
  if (order.payment_id === null || ended.includes(order.status)) return null;
  const shown = papers.filter((paper) => hasAddress || paper === 'packing_slip');
  return (
    <div className="flex flex-wrap gap-2">
      {shown.map((paper) => (
        <a
          key={paper}
          href={`/web/api/v1/orders/${order.id}/${paper.replace('_', '-')}.pdf?language=${language}`}
          target="_blank"
          rel="noopener"
          className={buttonClasses('outline', 36)}
        >
          <Icon of={Printer} size={18} />
          {say(`print.${paper}`)}
          <span className="sr-only"> ({say('print.newTab')})</span>
        </a>
      ))}
    </div>
  );
};

/** What the server said of single orders, by their numbers. */
type Refused = Readonly<{ number: string; code: string }>;
const refusedIn = ({ others }: Failure): readonly Refused[] =>
  others.flatMap(({ code, params: { number } }) =>
    typeof number === 'string' ? [{ number, code }] : [],
  );

/** Prints the papers of several orders into one file, in the order of the table. */
export const BulkPrint = ({
  orders,
  onClose,
}: Readonly<{ orders: readonly ToShip[]; onClose: () => void }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const { language } = useSetting();
  const [busy, setBusy] = useState<ParcelPaper>();
  const [last, setLast] = useState<Readonly<{ paper: ParcelPaper; failure: Failure }>>();
  const refused = last ? refusedIn(last.failure) : [];
  const without = orders.filter(({ number }) => !refused.some((one) => one.number === number));
  /** What one paper was refused for may have the other. */
  const leftOf = (paper: ParcelPaper): readonly ToShip[] =>
    paper === last?.paper ? without : orders;
  const close = (): void => {
    setLast(undefined);
    onClose();
  };
  const print = async (paper: ParcelPaper): Promise<void> => {
    setBusy(paper);
    const left = leftOf(paper);
    const body = { paper, language, order_ids: left.map(({ id }) => id) };
    try {
      const asking = browserApi().POST('/api/v1/orders/parcel-papers', { body, parseAs: 'blob' });
      const file = (await bodyOf(asking as never)) as Blob | undefined;
      if (!file) throw new RequestFailed(unreachable());
      saveFile(`${say(`print.file.${paper}`)}-${left.length}.pdf`, file);
      toast(say('print.done', { count: left.length }));
      close();
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      setLast({ paper, failure: error.failure });
    } finally {
      setBusy(undefined);
    }
  };
  return (
    <Dialog isOpen={orders.length > 0} onClose={close} title={say('print.several')}>
      <div className="flex flex-col gap-5">
        {refused.length === 0 && last && <FormFailure failure={last.failure} />}
        {refused.length > 0 && (
          <div role="alert" className="flex flex-col gap-2">
            <p className="text-small">
              <b className="font-medium">{last && say(`print.${last.paper}`)}.</b>{' '}
              {say('print.refused', { count: refused.length })}
            </p>
            <ul className="flex flex-col gap-1">
              {refused.map(({ number, code }) => (
                <li key={number} className="flex flex-wrap gap-x-2 text-small">
                  <span className="font-mono font-medium">{number}</span>
                  <span className="text-text-2">{say(`print.why.${code}`)}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
        <p className="text-body">{say('print.text', { count: without.length })}</p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button size={40} onClick={close}>
            {say('admin.cancel')}
          </Button>
          {papers
            .filter((paper) => leftOf(paper).length > 0)
            .map((paper) => (
              <Button
                key={paper}
                size={40}
                isBusy={busy === paper}
                onClick={() => void print(paper)}
              >
                {say(`print.${paper}`)}
              </Button>
            ))}
        </div>
      </div>
    </Dialog>
  );
};
