import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { checkoutStepPath, type CheckoutStep } from '../../addresses.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';

/** Where one is, and the way back to what is done. */
export const Steps = ({
  steps,
  current,
  firstOpen,
}: Readonly<{
  steps: readonly CheckoutStep[];
  current: CheckoutStep;
  firstOpen: CheckoutStep;
}>): ReactElement | null => {
  const say = useText();
  const { language } = useSetting();
  if (steps.length < 2) return null;
  return (
    <nav aria-label={say('checkout.steps')}>
      <ol className="flex flex-wrap gap-x-6 text-small">
        {steps.map((step, i) => {
          const isReachable = steps.indexOf(step) <= steps.indexOf(firstOpen);
          const name = `${i + 1}. ${say(`checkout.step.${step}`)}`;
          return (
            <li key={step} className="inline-flex min-h-9 items-center">
              {step === current ? (
                <span aria-current="step" className="font-semibold text-text-1">
                  {name}
                </span>
              ) : isReachable ? (
                <Link
                  to={checkoutStepPath(language, step)}
                  className="inline-flex min-h-9 items-center text-primary hover:underline"
                >
                  {name}
                </Link>
              ) : (
                <span className="text-text-3">{name}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
};
