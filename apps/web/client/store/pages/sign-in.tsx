import { KeyRound } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import {
  Link,
  redirect,
  redirectDocument,
  useSearchParams,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { homePath } from '../../../addresses.ts';
import { browserApi } from '../../api/client.ts';
import { readFailure, unreachable, type Failure } from '../../api/problems.ts';
import { useSetting, useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { FormFailure, Notice } from '../../kit/feedback.tsx';
import { TextField } from '../../kit/field.tsx';
import { enrolPath, readForm, refuse, safeReturn } from '../act.ts';
import type { PageHandle } from '../head-of-matches.ts';
import { loaderSetting } from '../loader-setting.ts';
import { AuthForm, PasswordField, useLastTry } from '../parts/auth-form.tsx';
import { NarrowPage } from '../parts/narrow-page.tsx';

export const handle: PageHandle = {
  head: (_, { text }) => ({ title: text.say('signIn.title'), isIndexed: false }),
};

/** Whoever is signed in already goes where they wanted. */
export const loader = ({ request, context }: LoaderFunctionArgs) => {
  const { setting } = loaderSetting(context);
  const back = new URL(request.url).searchParams.get('volver');
  if (setting.viewer) throw redirect(safeReturn(back, homePath(setting.language)));
  return null;
};

export const action = async ({ request, context }: ActionFunctionArgs) => {
  const { api, setting } = loaderSetting(context);
  const back = new URL(request.url).searchParams.get('volver');
  const values = await readForm(request);
  const { username = '', password = '' } = values;
  const name = username.includes('@') ? { email: username } : { username };
  const answer = await api
    .POST('/api/v1/auth/login', { body: { ...name, password } })
    .catch(() => undefined);
  if (!answer?.data) return refuse(answer, values);
  if ('challenge_id' in answer.data) {
    const { challenge_id: id, methods } = answer.data;
    const params = new URLSearchParams({ reto: id, metodos: methods.join(',') });
    if (back !== null) params.set('volver', back);
    return redirect(`/entrar/codigo?${params}`);
  }
  if ('status' in answer.data) return redirect(enrolPath(back));
  return redirectDocument(safeReturn(back, homePath(setting.language)));
};

/** A passkey alone: nothing is typed. */
const PasskeyButton = ({ back }: Readonly<{ back: string }>): ReactElement => {
  const say = useText();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const signIn = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      const api = browserApi();
      const { startAuthentication } = await import('@simplewebauthn/browser');
      const asked = await api.POST('/api/v1/auth/passkeys/options', { body: {} });
      if (!asked.data) return setFailure(readFailure(asked.response, asked.error));
      const credential = await startAuthentication({ optionsJSON: asked.data });
      const answer = await api.POST('/api/v1/auth/passkeys/verify', {
        body: { credential } as never,
      });
      if (!answer.response.ok) return setFailure(readFailure(answer.response, answer.error));
      location.assign(back);
    } catch (error) {
      // Whoever closes the browser's own dialog has not met a failure.
      if (!(error instanceof Error && /Abort|NotAllowed/.test(error.name)))
        setFailure(unreachable());
    } finally {
      setBusy(false);
    }
    return undefined;
  };
  return (
    <div className="flex flex-col gap-3">
      <Button size={48} isWide icon={KeyRound} isBusy={isBusy} onClick={() => void signIn()}>
        {say('signIn.passkey')}
      </Button>
      <FormFailure failure={failure} />
    </div>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const [params] = useSearchParams();
  const back = params.get('volver');
  const { values, words } = useLastTry();
  const keep = back === null ? '' : `?volver=${encodeURIComponent(back)}`;
  return (
    <NarrowPage title={say('signIn.title')} text={say('signIn.text')}>
      {params.get('listo') === 'segundo-paso' && (
        <Notice tone="success">{say('signIn.factorAdded')}</Notice>
      )}
      {params.get('listo') === 'clave' && (
        <Notice tone="success">{say('signIn.passwordChanged')}</Notice>
      )}
      <AuthForm submit={say('signIn.go')}>
        <TextField
          name="username"
          label={say('signIn.name')}
          autoComplete="username webauthn"
          autoCapitalize="none"
          spellCheck={false}
          defaultValue={values['username']}
          error={words['username'] ?? words['email']}
        />
        <PasswordField
          name="password"
          label={say('auth.password')}
          autoComplete="current-password"
          error={words['password']}
        />
        <p className="-mt-2 text-small">
          <Link
            to="/recuperar"
            className="inline-flex min-h-6 items-center font-medium text-primary hover:underline"
          >
            {say('signIn.forgot')}
          </Link>
        </p>
      </AuthForm>
      <div className="flex items-center gap-3 text-caption text-text-3">
        <span className="h-px flex-1 bg-line" />
        {say('signIn.or')}
        <span className="h-px flex-1 bg-line" />
      </div>
      <PasskeyButton back={safeReturn(back, homePath(language))} />
      <p className="text-center text-small text-text-2">
        {say('signIn.noAccount')}{' '}
        <Link
          to={`/registro${keep}`}
          className="inline-flex min-h-6 items-center font-semibold text-primary hover:underline"
        >
          {say('signIn.register')}
        </Link>
      </p>
    </NarrowPage>
  );
};
