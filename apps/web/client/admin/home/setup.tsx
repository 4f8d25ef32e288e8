import { ChevronRight, Circle, CircleCheck, X } from 'lucide-react';
import { useCallback, useEffect, useState, type ReactElement } from 'react';
import { Link } from 'react-router';
import { browserApi } from '../../api/client.ts';
import { useSetting, useText } from '../../i18n/use-text.tsx';
import { IconButton } from '../../kit/button.tsx';
import { Icon } from '../../kit/icon.tsx';
import { Skeleton } from '../../kit/layout.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { setupSteps, type SetupStep } from './setup-steps.ts';

const hiddenKey = 'plaza.setup';
/** Its room is kept while it is not known what is done. */
const stepsMax = 6;
const api = browserApi;

/** How far this installation is, as each part of it says. */
const useSteps = (): readonly SetupStep[] | undefined => {
  const { viewer } = useSetting();
  const factors = useLoaded(['factors'], (signal) =>
    api().GET('/api/v1/auth/second-factors', { signal }),
  );
  const payments = useLoaded(['setup', 'payments'], (signal) =>
    api().GET('/api/v1/payment-methods', { signal }),
  );
  const shipping = useLoaded(['setup', 'shipping'], (signal) =>
    api().GET('/api/v1/shipping-methods', { signal }),
  );
  const taxes = useLoaded(['setup', 'taxes'], (signal) =>
    api().GET('/api/v1/tax-rates', { params: { query: { limit: 1 } }, signal }),
  );
  const products = useLoaded(['setup', 'products'], (signal) =>
    api().GET('/api/v1/products', {
      params: { query: { seller: viewer?.id ?? '', limit: 1 } },
      signal,
    }),
  );
  const mails = useLoaded(['setup', 'mails'], (signal) =>
    api().GET('/api/v1/admin/mails', { params: { query: { limit: 1 } }, signal }),
  );
  const all = [factors, payments, shipping, taxes, products, mails];
  if (all.some(({ isLoading }) => isLoading)) return undefined;
  return setupSteps({
    factors: factors.data?.items.length,
    payments: payments.data?.items,
    areMailsCaptured: mails.data?.is_captured,
    shippingMethods: shipping.data?.items.length,
    taxRates: taxes.data?.items.length,
    ownProducts: products.data?.items.length,
  });
};

const Step = ({ step }: Readonly<{ step: SetupStep }>): ReactElement => {
  const say = useText();
  const { key, to, isDocument, isDone } = step;
  return (
    <li className="min-w-0">
      <Link
        to={to}
        reloadDocument={isDocument}
        className="flex min-h-15 items-center gap-3 px-3 py-2 text-small hover:bg-sunken focus-visible:-outline-offset-2"
      >
        <Icon
          of={isDone ? CircleCheck : Circle}
          size={20}
          className={isDone ? 'text-success' : 'text-text-3'}
        />
        <span className="flex min-w-0 flex-1 flex-col [overflow-wrap:anywhere]">
          <span className={isDone ? 'text-text-2' : 'font-medium'}>
            {say(`setup.${key}`)}
            {isDone && <span className="sr-only">, {say('setup.done')}</span>}
          </span>
          {!isDone && <span className="text-caption text-text-2">{say(`setup.${key}Text`)}</span>}
        </span>
        <Icon of={ChevronRight} size={16} className="text-text-3" />
      </Link>
    </li>
  );
};

const List = ({
  onHide,
  onDone,
}: Readonly<{ onHide: () => void; onDone: () => void }>): ReactElement | null => {
  const say = useText();
  const steps = useSteps();
  const isDone = steps?.every((step) => step.isDone) === true;
  useEffect(() => {
    if (isDone) onDone();
  }, [isDone, onDone]);
  if (isDone) return null;
  return (
    <section
      aria-labelledby="setup"
      aria-busy={steps === undefined}
      className="rounded-card border border-line bg-surface"
    >
      <div className="flex min-h-13 items-center gap-3 border-b border-line py-1 pr-1 pl-3">
        <h2 id="setup" className="flex-1 text-h3">
          {say('setup.title')}
        </h2>
        {steps && (
          <>
            <span className="tabular text-caption text-text-2">
              {say('setup.progress', {
                done: steps.filter((step) => step.isDone).length,
                total: steps.length,
              })}
            </span>
            <IconButton icon={X} label={say('setup.hide')} onClick={onHide} />
          </>
        )}
      </div>
      <ul className="grid md:grid-cols-2">
        {steps
          ? steps.map((step) => <Step key={step.key} step={step} />)
          : Array.from({ length: stepsMax }, (_, i) => (
              <li key={i} className="flex min-h-15 items-center px-3">
                <Skeleton className="h-5 w-2/3" />
              </li>
            ))}
      </ul>
    </section>
  );
};

/** What a new operator still has to do, until it is done or they have seen enough of it. */
export const Setup = (): ReactElement | null => {
  const { viewer } = useSetting();
  const [isHidden, setHidden] = useState(() => localStorage.getItem(hiddenKey) !== null);
  const keep = useCallback(
    (state: 'hidden' | 'done') => localStorage.setItem(hiddenKey, state),
    [],
  );
  const finish = useCallback(() => keep('done'), [keep]);
  if (isHidden || viewer?.roles.includes('admin') !== true) return null;
  const hide = (): void => {
    keep('hidden');
    setHidden(true);
  };
  return <List onHide={hide} onDone={finish} />;
};
