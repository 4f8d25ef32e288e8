import { useRef, useState, type ReactElement } from 'react';
import { trackingPath } from '../../addresses.ts';
import { browserApi } from '../api/client.ts';
import { readFailure, unreachable, type Failure } from '../api/problems.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { Button, ButtonLink } from '../kit/button.tsx';
import { FormFailure } from '../kit/feedback.tsx';
import type { Order } from './order-sheet.tsx';

/** Makes an order that was placed without an account the account's; without one, the way to it. */
export const KeepInAccount = ({
  order,
  email,
}: Readonly<{ order: Order; email: string | null }>): ReactElement | null => {
  const say = useText();
  const { language, viewer } = useSetting();
  const [failure, setFailure] = useState<Failure>();
  const [isBusy, setBusy] = useState(false);
  const isRunning = useRef(false);
  if (!order.is_guest) return null;
  const claim = async (): Promise<void> => {
    if (isRunning.current) return;
    isRunning.current = true;
    setBusy(true);
    setFailure(undefined);
    const params = { path: { id: order.id } };
    const answer = await browserApi()
      .POST('/api/v1/orders/{id}/claim', { params, body: {} as never })
      .catch(() => undefined);
    if (answer?.response.ok) {
      location.assign(`/cuenta/pedidos/${order.id}`);
      return;
    }
    setFailure(answer ? readFailure(answer.response, answer.error) : unreachable());
    setBusy(false);
    isRunning.current = false;
  };
  const back = new URLSearchParams({
    ...(email === null ? {} : { correo: email }),
    volver: trackingPath(language, order.id),
  });
  return (
    <section
      aria-labelledby="keep"
      className="flex flex-col items-start gap-3 rounded-card border border-line bg-surface p-5"
    >
      <h2 id="keep" className="text-h3">
        {say('claim.title')}
      </h2>
      <p className="text-small text-text-2">{say(viewer ? 'claim.text' : 'claim.textGuest')}</p>
      <FormFailure failure={failure} />
      {viewer ? (
        <Button isBusy={isBusy} onClick={() => void claim()}>
          {say('claim.go')}
        </Button>
      ) : (
        <div className="flex flex-wrap gap-3">
          <ButtonLink to={`/registro?${back}`}>{say('claim.register')}</ButtonLink>
          <ButtonLink to={`/entrar?${back}`} kind="quiet">
            {say('claim.signIn')}
          </ButtonLink>
        </div>
      )}
    </section>
  );
};
