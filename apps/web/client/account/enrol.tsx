import { KeyRound, Mail, Smartphone } from 'lucide-react';
import { useRef, useState, type ReactElement } from 'react';
import { redirect, useSearchParams, type LoaderFunctionArgs } from 'react-router';
import { homePath } from '../../addresses.ts';
import { browserApi } from '../api/client.ts';
import { unreachable, type Failure } from '../api/problems.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { Button, ButtonLink } from '../kit/button.tsx';
import { FormFailure, Notice } from '../kit/feedback.tsx';
import { bodyOf, RequestFailed } from '../kit/use-request.ts';
import { safeReturn } from '../store/act.ts';
import type { PageHandle } from '../store/head-of-matches.ts';
import { loaderSetting } from '../store/loader-setting.ts';
import { NarrowPage } from '../store/parts/narrow-page.tsx';
import { ConfirmApp, makePasskey, RecoveryCodes, type AppSecret } from './factor-parts.tsx';

export const handle: PageHandle = {
  head: (_, { text }) => ({ title: text.say('enrol.title'), isIndexed: false }),
};

/** Only for who has just shown a right password that is not enough; all others sign in first. */
export const loader = async ({ request, context }: LoaderFunctionArgs) => {
  const { api, setting } = loaderSetting(context);
  const back = new URL(request.url).searchParams.get('volver');
  if (setting.viewer) throw redirect(safeReturn(back, homePath(setting.language)));
  const answer = await api.GET('/api/v1/auth/second-factors').catch(() => undefined);
  if (answer?.response.ok) return null;
  throw redirect(`/entrar${back === null ? '' : `?volver=${encodeURIComponent(back)}`}`);
};

type Factor = Readonly<{ kind: 'totp' | 'email' | 'passkey'; codes: readonly string[] | null }>;

/** One try at a time; whoever closes the browser's own dialog has not met a failure. */
const useTry = () => {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const isRunning = useRef(false);
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    if (isRunning.current) return;
    isRunning.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      if (error instanceof RequestFailed) setFailure(error.failure);
      else if (!(error instanceof Error && /Abort|NotAllowed/.test(error.name)))
        setFailure(unreachable());
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  };
  return { isBusy, failure, attempt };
};

/** What there is to choose from; each says what it needs. */
const Ways = ({
  onSecret,
  onFactor,
}: Readonly<{
  onSecret: (secret: AppSecret) => void;
  onFactor: (factor: Factor) => void;
}>): ReactElement => {
  const say = useText();
  const { isBusy, failure, attempt } = useTry();
  const api = browserApi;
  const addApp = async (): Promise<void> =>
    onSecret(await bodyOf(api().POST('/api/v1/auth/second-factors/totp', { body: {} })));
  const addPasskey = async (): Promise<void> => {
    const made = await makePasskey(say('factor.thisDevice'));
    onFactor({ kind: 'passkey', codes: made.recovery_codes });
  };
  const addMail = async (): Promise<void> => {
    const made = await bodyOf(api().POST('/api/v1/auth/second-factors/email', { body: {} }));
    onFactor({ kind: 'email', codes: made.recovery_codes });
  };
  const ways = [
    ['app', Smartphone, addApp],
    ['passkey', KeyRound, addPasskey],
    ['mail', Mail, addMail],
  ] as const;
  return (
    <div className="flex flex-col gap-4">
      <FormFailure failure={failure} />
      <ul className="flex flex-col gap-5">
        {ways.map(([name, icon, add], i) => (
          <li key={name} className="flex flex-col gap-2">
            <Button
              size={48}
              isWide
              icon={icon}
              kind={i === 0 ? 'filled' : 'outline'}
              isBusy={isBusy}
              onClick={() => void attempt(add)}
            >
              {say(`enrol.${name}`)}
            </Button>
            <span className="text-caption text-text-2">{say(`enrol.${name}Text`)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** Codes are kept before anything else; then the new factor shows at once that it works. */
const Done = ({ factor, back }: Readonly<{ factor: Factor; back: string }>): ReactElement => {
  const say = useText();
  const { isBusy, failure, attempt } = useTry();
  const unlock = (): Promise<void> =>
    attempt(async () => {
      const { startAuthentication } = await import('@simplewebauthn/browser');
      const api = browserApi();
      const options = await bodyOf(api.POST('/api/v1/auth/passkeys/options', { body: {} }));
      const credential = await startAuthentication({ optionsJSON: options });
      await bodyOf(api.POST('/api/v1/auth/passkeys/verify', { body: { credential } as never }));
      location.assign(back);
    });
  const again = `/entrar?listo=segundo-paso&volver=${encodeURIComponent(back)}`;
  return (
    <div className="flex flex-col gap-6">
      <Notice tone="success" role="status">
        {say('factor.addedToast')}
      </Notice>
      {factor.codes && (
        <section aria-labelledby="codes" className="flex flex-col gap-3">
          <h2 id="codes" className="text-h2">
            {say('factor.codes')}
          </h2>
          <RecoveryCodes codes={factor.codes} />
        </section>
      )}
      <FormFailure failure={failure} />
      {factor.kind === 'passkey' ? (
        <Button kind="filled" size={48} isWide isBusy={isBusy} onClick={() => void unlock()}>
          {say('enrol.goWithPasskey')}
        </Button>
      ) : (
        <ButtonLink kind="filled" size={48} isWide isDocument to={again}>
          {say('enrol.go')}
        </ButtonLink>
      )}
    </div>
  );
};

/** Where a sign-in leads that a password alone does not open: to the factor that is still missing. */
export const Component = (): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const [params] = useSearchParams();
  const back = safeReturn(params.get('volver'), homePath(language));
  const [secret, setSecret] = useState<AppSecret>();
  const [factor, setFactor] = useState<Factor>();
  const sending = useTry();
  const confirm = (code: string): void =>
    void sending.attempt(async () => {
      const body = { code: code.replaceAll(/\s/g, '') };
      const made = await bodyOf(
        browserApi().POST('/api/v1/auth/second-factors/totp/confirm', { body }),
        ['code'],
      );
      setFactor({ kind: 'totp', codes: made.recovery_codes });
    });
  return (
    <NarrowPage title={say('enrol.title')} text={say('enrol.text')}>
      {factor ? (
        <Done factor={factor} back={back} />
      ) : secret ? (
        <div className="flex flex-col gap-4">
          <ConfirmApp secret={secret} onCode={confirm} sending={sending} />
          <Button isWide onClick={() => setSecret(undefined)}>
            {say('enrol.otherWay')}
          </Button>
        </div>
      ) : (
        <Ways onSecret={setSecret} onFactor={setFactor} />
      )}
    </NarrowPage>
  );
};
