import { KeyRound, Mail } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import {
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
import { readForm, refuse, safeReturn } from '../act.ts';
import type { PageHandle } from '../head-of-matches.ts';
import { loaderSetting } from '../loader-setting.ts';
import { AuthForm, useLastTry } from '../parts/auth-form.tsx';
import { NarrowPage } from '../parts/narrow-page.tsx';

export const handle: PageHandle = {
  head: (_, { text }) => ({ title: text.say('step.title'), isIndexed: false }),
};

/** Who comes without a sign-in that has begun has nothing to confirm. */
export const loader = ({ request }: LoaderFunctionArgs) =>
  new URL(request.url).searchParams.has('reto') ? null : redirect('/entrar');

const typedMethods = ['totp', 'email', 'recovery_code'] as const;
type TypedMethod = (typeof typedMethods)[number];
const isTyped = (method: string): method is TypedMethod =>
  typedMethods.some((known) => known === method);

export const action = async ({ request, context }: ActionFunctionArgs) => {
  const { api, setting } = loaderSetting(context);
  const { searchParams } = new URL(request.url);
  const values = await readForm(request);
  const { code = '', method = 'totp' } = values;
  const challenge_id = searchParams.get('reto') ?? '';
  const body = { challenge_id, method: isTyped(method) ? method : 'totp', code };
  const answer = await api
    .POST('/api/v1/auth/verify-code', { body: body as never })
    .catch(() => undefined);
  if (!answer?.data) return refuse(answer, values);
  return redirectDocument(safeReturn(searchParams.get('volver'), homePath(setting.language)));
};

/** What needs no code to be typed: a passkey, or a mail that brings one. */
const Others = ({
  challenge,
  methods,
  back,
}: Readonly<{ challenge: string; methods: readonly string[]; back: string }>): ReactElement => {
  const say = useText();
  const [isMailed, setMailed] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const body = { challenge_id: challenge };
  const mail = async (): Promise<void> => {
    setFailure(undefined);
    const answer = await browserApi()
      .POST('/api/v1/auth/verify-code/email', { body })
      .catch(() => undefined);
    if (answer?.response.ok) setMailed(true);
    else setFailure(answer ? readFailure(answer.response, answer.error) : unreachable());
  };
  const unlock = async (): Promise<void> => {
    setFailure(undefined);
    try {
      const api = browserApi();
      const { startAuthentication } = await import('@simplewebauthn/browser');
      const asked = await api.POST('/api/v1/auth/verify-code/passkey', { body });
      if (!asked.data) return setFailure(readFailure(asked.response, asked.error));
      const credential = await startAuthentication({ optionsJSON: asked.data });
      const answer = await api.POST('/api/v1/auth/verify-code', {
        body: { ...body, method: 'passkey', credential } as never,
      });
      if (!answer.response.ok) return setFailure(readFailure(answer.response, answer.error));
      location.assign(back);
    } catch (error) {
      if (!(error instanceof Error && /Abort|NotAllowed/.test(error.name)))
        setFailure(unreachable());
    }
    return undefined;
  };
  return (
    <div className="flex flex-col gap-3">
      {methods.includes('email') && (
        <Button icon={Mail} isWide onClick={() => void mail()}>
          {say('step.mail')}
        </Button>
      )}
      {isMailed && (
        <Notice tone="success" role="status">
          {say('step.mailed')}
        </Notice>
      )}
      {methods.includes('passkey') && (
        <Button icon={KeyRound} isWide onClick={() => void unlock()}>
          {say('step.passkey')}
        </Button>
      )}
      <FormFailure failure={failure} />
    </div>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const [params] = useSearchParams();
  const { values, words } = useLastTry();
  const methods = (params.get('metodos') ?? '').split(',');
  const typed = typedMethods.filter((method) => methods.includes(method));
  const back = safeReturn(params.get('volver'), homePath(language));
  return (
    <NarrowPage title={say('step.title')} text={say('step.text')}>
      {typed.length > 0 && (
        <AuthForm submit={say('step.go')}>
          <fieldset className="flex flex-col gap-1">
            <legend className="mb-1 text-small font-medium">{say('step.how')}</legend>
            {typed.map((method, i) => (
              <label key={method} className="flex min-h-11 items-center gap-2.5 text-body">
                <input
                  type="radio"
                  name="method"
                  value={method}
                  defaultChecked={
                    (values['method'] ?? typed[0]) === method || (typed.length === 1 && i === 0)
                  }
                  className="size-4.5 accent-primary-fill"
                />
                {say(`step.method.${method}`)}
              </label>
            ))}
          </fieldset>
          <TextField
            name="code"
            label={say('step.code')}
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            error={words['code']}
          />
        </AuthForm>
      )}
      <Others challenge={params.get('reto') ?? ''} methods={methods} back={back} />
    </NarrowPage>
  );
};
