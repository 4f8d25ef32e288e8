import { useState, type ReactElement } from 'react';
import { redirect, redirectDocument, useSearchParams, type ActionFunctionArgs } from 'react-router';
import { homePath } from '../../../addresses.ts';
import { browserApi } from '../../api/client.ts';
import { readFailure, unreachable, type Failure } from '../../api/problems.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { FormFailure, Notice } from '../../kit/feedback.tsx';
import { TextField } from '../../kit/field.tsx';
import { enrolPath, readForm, refuse, safeReturn } from '../act.ts';
import type { PageHandle } from '../head-of-matches.ts';
import { loaderSetting } from '../loader-setting.ts';
import { AuthForm, useLastTry } from '../parts/auth-form.tsx';
import { NarrowPage } from '../parts/narrow-page.tsx';

export const handle: PageHandle = {
  head: (_, { text }) => ({ title: text.say('verify.title'), isIndexed: false }),
};

export const action = async ({ request, context }: ActionFunctionArgs) => {
  const { api, setting } = loaderSetting(context);
  const { searchParams } = new URL(request.url);
  const values = await readForm(request);
  const code = (values['code'] ?? '').replaceAll(/\s/g, '');
  const challenge = searchParams.get('reto');
  const email = values['email'] ?? searchParams.get('correo') ?? '';
  const body = { code, ...(challenge === null ? { email } : { challenge_id: challenge }) };
  const answer = await api.POST('/api/v1/auth/verify-email', { body }).catch(() => undefined);
  if (!answer?.data) return refuse(answer, values);
  if ('status' in answer.data) return redirect(enrolPath(searchParams.get('volver')));
  return redirectDocument(safeReturn(searchParams.get('volver'), homePath(setting.language)));
};

const SendAgain = ({ email }: Readonly<{ email: string }>): ReactElement => {
  const say = useText();
  const [isSent, setSent] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const send = async (): Promise<void> => {
    setFailure(undefined);
    const answer = await browserApi()
      .POST('/api/v1/auth/resend-code', { body: { email } })
      .catch(() => undefined);
    if (answer?.response.ok) setSent(true);
    else setFailure(answer ? readFailure(answer.response, answer.error) : unreachable());
  };
  return (
    <div className="flex flex-col gap-3">
      <Button isWide onClick={() => void send()}>
        {say('verify.again')}
      </Button>
      {isSent && (
        <Notice tone="success" role="status">
          {say('verify.sent')}
        </Notice>
      )}
      <FormFailure failure={failure} />
    </div>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const [params] = useSearchParams();
  const { values, words } = useLastTry();
  const email = params.get('correo') ?? '';
  return (
    <NarrowPage
      title={say('verify.title')}
      text={email === '' ? say('verify.text') : say('verify.textTo', { email })}
    >
      <AuthForm submit={say('verify.go')}>
        {email === '' && (
          <TextField
            name="email"
            type="email"
            label={say('auth.email')}
            autoComplete="email"
            defaultValue={values['email']}
            error={words['email']}
          />
        )}
        <TextField
          name="code"
          label={say('verify.code')}
          autoComplete="one-time-code"
          inputMode="numeric"
          error={words['code']}
        />
      </AuthForm>
      {email !== '' && <SendAgain email={email} />}
    </NarrowPage>
  );
};
