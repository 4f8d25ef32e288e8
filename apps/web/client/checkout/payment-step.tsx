import { ExternalLink, Lock } from 'lucide-react';
import { useState, type FormEvent, type ReactElement, type ReactNode } from 'react';
import type { AnswerOf } from '../api/client.ts';
import type { Failure, FieldFailure } from '../api/problems.ts';
import { useFormats, useSetting, useText } from '../i18n/use-text.tsx';
import { Button, ButtonLink } from '../kit/button.tsx';
import { FormFailure, Notice } from '../kit/feedback.tsx';
import { Icon } from '../kit/icon.tsx';
import { useFieldWords, useFailureWords } from '../kit/use-failure.ts';
import { useOnline } from '../kit/use-online.ts';
import { CardFields, emptyCard } from './card-fields.tsx';
import { readCard, spaceCardNumber } from './card-form.ts';
import { Choice } from './choice.tsx';
import { faultsOf } from './contact-step.tsx';
import { TestCards } from './test-cards.tsx';
import type { useCheckout } from './use-checkout.ts';
import type { OrderDetails } from './use-checkout.ts';

export type PaymentMethod = AnswerOf<'/api/v1/payment-methods', 'get'>['items'][number];

/** What the total is now, when it is another than the page showed. */
export const newTotalOf = (failure: Failure | undefined): string | undefined => {
  const total = failure?.code === 'orders.price_changed' ? failure.problem['new_total'] : undefined;
  return typeof total === 'string' ? total : undefined;
};

/** Why the bank took no money. */
export const sayRefusal = (say: ReturnType<typeof useText>, { problem }: Failure): string => {
  const known = ['card_declined', 'insufficient_funds', 'expired_card'];
  const key = known.find((name) => name === problem['reason']) ?? 'card_declined';
  return say(`refused.${key}`);
};

const Refused = ({ failure }: Readonly<{ failure: Failure }>): ReactElement => {
  const say = useText();
  const words = useFailureWords(failure);
  return (
    <Notice
      tone="danger"
      title={
        failure.status === 402
          ? sayRefusal(say, failure)
          : failure.code === 'checkout.no_stock'
            ? say('checkout.noStock')
            : words
      }
      role="alert"
    >
      <p>{say('refused.alternatives')}</p>
    </Notice>
  );
};

const Unverified = (): ReactElement => {
  const say = useText();
  const { viewer } = useSetting();
  const back = typeof location === 'undefined' ? '' : location.pathname;
  const params = new URLSearchParams({ correo: viewer?.email ?? '', volver: back });
  return (
    <Notice
      tone="warning"
      title={say('checkout.unverified')}
      action={
        <ButtonLink to={`/verificar?${params}`} size={36}>
          {say('checkout.verify')}
        </ButtonLink>
      }
    />
  );
};

/** The last step: what was said, the way of paying, and the one button that spends money. */
export const PaymentStep = ({
  methods,
  checkout,
  details,
  before,
  total,
  currency,
  review,
  faults = {},
}: Readonly<{
  methods: readonly PaymentMethod[];
  checkout: Pick<ReturnType<typeof useCheckout>, 'pay' | 'isBusy' | 'failure'>;
  details: OrderDetails;
  /** The total that the page showed before it changed. */
  before: string;
  total: string;
  currency: string;
  review: ReactNode;
  /** Of what is asked for in the review. */
  faults?: Readonly<Record<string, FieldFailure>>;
}>): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const { viewer, isDevelopment } = useSetting();
  const isOnline = useOnline();
  const [typed, setTyped] = useState(emptyCard);
  const [wrong, setWrong] = useState<Failure>();
  const [chosen, setChosen] = useState(methods[0]?.provider);
  const { pay, isBusy, failure } = checkout;
  const method = methods.find(({ provider }) => provider === chosen) ?? methods[0];
  const isCard = method?.type !== 'checkout';
  const shown = wrong ?? failure;
  const words = useFieldWords(shown);
  const newTotal = newTotalOf(failure);
  const isRefused =
    failure !== undefined && (failure.status === 402 || failure.code === 'checkout.no_stock');

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isOnline) return;
    if (Object.keys(faults).length > 0) {
      setWrong(faultsOf(faults));
      return;
    }
    if (!isCard) {
      setWrong(undefined);
      void pay(undefined, total, details);
      return;
    }
    const read = readCard(typed, new Date());
    if ('fields' in read) {
      setWrong(faultsOf(read.fields));
      return;
    }
    setWrong(undefined);
    void pay(read.card, total, details);
  };
  return (
    <form noValidate onSubmit={submit} className="flex max-w-xl flex-col gap-5">
      {viewer && !viewer.isEmailVerified && <Unverified />}
      {review}
      {newTotal !== undefined ? (
        <Notice tone="warning" role="alert" title={say('checkout.priceChanged')}>
          {say('checkout.newTotal', {
            before: money(before, currency),
            now: money(newTotal, currency),
          })}
        </Notice>
      ) : isRefused && !wrong ? (
        <Refused failure={failure} />
      ) : (
        <FormFailure
          failure={shown}
          fieldNames={{
            document: say('checkout.id'),
            number: say('checkout.number'),
            expiry: say('checkout.expiry'),
            security_code: say('checkout.code'),
          }}
        />
      )}
      {methods.length > 1 && (
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-3 text-h2">{say('checkout.howToPay')}</legend>
          {methods.map(({ provider, type }) => (
            <Choice
              key={provider}
              name="payment"
              value={provider}
              isChosen={provider === method?.provider}
              onChoose={() => setChosen(provider)}
              title={say(`checkout.method.${type}`)}
            />
          ))}
        </fieldset>
      )}
      {isCard ? (
        <CardFields typed={typed} words={words} onType={setTyped} />
      ) : (
        <p className="text-body text-text-2">{say('checkout.pageText')}</p>
      )}
      {!isOnline && (
        <Notice tone="warning" role="status">
          {say('checkout.offline')}
        </Notice>
      )}
      <Button
        type="submit"
        kind="filled"
        size={48}
        isWide
        isBusy={isBusy}
        aria-disabled={isBusy || !isOnline}
        {...(isCard ? {} : { icon: ExternalLink })}
      >
        {say(
          newTotal !== undefined
            ? 'checkout.payNew'
            : isCard
              ? 'checkout.pay'
              : 'checkout.goToPage',
          { total: money(total, currency) },
        )}
      </Button>
      <p role="status" className="flex items-start gap-2 text-caption text-text-3">
        <Icon of={Lock} size={16} />
        {say(isBusy ? 'checkout.working' : isCard ? 'checkout.safe' : 'checkout.safePage')}
      </p>
      {isCard && isDevelopment && (
        <TestCards
          onChoose={(number) =>
            setTyped({
              ...emptyCard,
              number: spaceCardNumber(number),
              expiry: '12 / 34',
              security_code: '123',
            })
          }
        />
      )}
    </form>
  );
};
