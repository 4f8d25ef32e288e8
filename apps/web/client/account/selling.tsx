import { useState, type ReactElement } from 'react';
import { useSearchParams } from 'react-router';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { useFormats, useSetting, useText } from '../i18n/use-text.tsx';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { FormFailure, Notice, Tag, type Tone } from '../kit/feedback.tsx';
import { bodyOf, useLoaded, useSending } from '../kit/use-request.ts';
import { AccountPage, isPaid, Region } from './frame.tsx';
import { IssuerSection } from './issuer.tsx';

type Link = AnswerOf<'/api/v1/mercadopago/seller-link', 'get'>;

/** What the return from Mercado Pago can say, as the address has it. */
const outcomes: Readonly<Record<string, Tone>> = {
  linked: 'success',
  denied: 'info',
  not_asked: 'warning',
  taken: 'warning',
  refused: 'danger',
  unclear: 'warning',
};
const reasons = ['disconnected', 'revoked', 'expired'];

const Outcome = (): ReactElement | null => {
  const say = useText();
  const [query] = useSearchParams();
  const outcome = query.get('resultado') ?? '';
  const tone = Object.hasOwn(outcomes, outcome) ? outcomes[outcome] : undefined;
  if (tone === undefined) return null;
  return (
    <Notice tone={tone} role="status" title={say(`selling.outcome.${outcome}`)}>
      {say(`selling.outcomeText.${outcome}`)}
    </Notice>
  );
};

const Connect = ({ isAgain }: Readonly<{ isAgain: boolean }>): ReactElement => {
  const say = useText();
  const { isBusy, failure, send } = useSending();
  const begin = (): void =>
    void send(async () => {
      const asking = browserApi().POST('/api/v1/mercadopago/seller-link', {});
      const { authorization_url: there } = await bodyOf(asking);
      location.assign(there);
    });
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="max-w-xl text-body text-text-2">{say('selling.text')}</p>
      <FormFailure failure={failure} />
      <Button kind="filled" isBusy={isBusy} onClick={begin}>
        {say(isAgain ? 'selling.connectAgain' : 'selling.connect')}
      </Button>
      <p className="max-w-xl text-small text-text-2">{say('selling.connectText')}</p>
    </div>
  );
};

const Disconnect = (): ReactElement => {
  const say = useText();
  const [isAsking, setAsking] = useState(false);
  const { isBusy, failure, send } = useSending(['seller-link']);
  const [, setQuery] = useSearchParams();
  const end = async (): Promise<void> => {
    const isDone = await send(() =>
      bodyOf(browserApi().DELETE('/api/v1/mercadopago/seller-link', {})),
    );
    if (!isDone) return;
    setAsking(false);
    // What the return said is not so any more.
    setQuery({}, { replace: true });
  };
  return (
    <>
      <Button kind="danger" className="self-start" onClick={() => setAsking(true)}>
        {say('selling.disconnect')}
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={say('selling.disconnectTitle')}
      >
        <div className="flex flex-col gap-4">
          <p className="text-body">{say('selling.disconnectText')}</p>
          <FormFailure failure={failure} />
          <div className="flex flex-wrap gap-2">
            <Button kind="danger" isBusy={isBusy} onClick={() => void end()}>
              {say('selling.disconnect')}
            </Button>
            <Button onClick={() => setAsking(false)}>{say('selling.keep')}</Button>
          </div>
        </div>
      </Dialog>
    </>
  );
};

const Linked = ({ link }: Readonly<{ link: Link }>): ReactElement => {
  const say = useText();
  const { date } = useFormats();
  const facts = [
    ['selling.account', say('selling.endsIn', { digits: link.account_last4 ?? '' })],
    ['selling.since', link.linked_at === null ? '—' : date(link.linked_at)],
    ['selling.until', link.expires_at === null ? '—' : date(link.expires_at)],
  ] as const;
  return (
    <>
      <div>
        <Tag tone="success">{say('selling.linked')}</Tag>
      </div>
      <p className="max-w-xl text-body text-text-2">{say('selling.linkedText')}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-small">
        {facts.map(([key, value]) => (
          <div key={key} className="contents">
            <dt className="text-text-2">{say(key)}</dt>
            <dd className="tabular">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="max-w-xl text-small text-text-2">{say('selling.renews')}</p>
      <Disconnect />
    </>
  );
};

const Ended = ({ link }: Readonly<{ link: Link }>): ReactElement => {
  const say = useText();
  const { date } = useFormats();
  const because = link.ended_because ?? '';
  return (
    <Notice
      tone={because === 'disconnected' ? 'neutral' : 'warning'}
      title={say('selling.ended', { at: link.ended_at === null ? '' : date(link.ended_at) })}
    >
      {reasons.includes(because) ? say(`selling.because.${because}`) : null}
    </Notice>
  );
};

/** How a seller is paid: an account of their own at Mercado Pago, or by payouts. */
export const Component = (): ReactElement => {
  const say = useText();
  const { viewer } = useSetting();
  const isNoSeller = !isPaid(viewer);
  const link = useLoaded(
    ['seller-link'],
    (signal) => browserApi().GET('/api/v1/mercadopago/seller-link', { signal }),
    { isEnabled: !isNoSeller },
  );
  const isNotHere = link.failure?.status === 404;
  return (
    <AccountPage title={say('account.selling')}>
      <Outcome />
      <section aria-labelledby="mercado-pago" className="flex flex-col gap-4">
        <h2 id="mercado-pago" className="text-h2">
          {say('selling.mercadoPago')}
        </h2>
        {isNotHere || isNoSeller ? (
          <Notice>{say(isNotHere ? 'selling.notHere' : 'selling.noSeller')}</Notice>
        ) : (
          <Region of={link} lines={2}>
            {(found) =>
              found.status === 'linked' ? (
                <Linked link={found} />
              ) : (
                <>
                  {found.status === 'ended' && <Ended link={found} />}
                  <Connect isAgain={found.status === 'ended'} />
                </>
              )
            }
          </Region>
        )}
      </section>
      {viewer?.roles.includes('seller') && <IssuerSection viewer={viewer} />}
    </AccountPage>
  );
};
