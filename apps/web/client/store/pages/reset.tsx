import type { ReactElement } from 'react';
import { redirect, type ActionFunctionArgs } from 'react-router';
import { useText } from '../../i18n/use-text.tsx';
import { readForm, refuse } from '../act.ts';
import type { PageHandle } from '../head-of-matches.ts';
import { loaderSetting } from '../loader-setting.ts';
import { AuthForm, PasswordField, useLastTry } from '../parts/auth-form.tsx';
import { NarrowPage } from '../parts/narrow-page.tsx';

export const handle: PageHandle = {
  head: (_, { text }) => ({ title: text.say('reset.title'), isIndexed: false }),
};

export const action = async ({ request, params, context }: ActionFunctionArgs) => {
  const { api } = loaderSetting(context);
  const values = await readForm(request);
  const { password = '' } = values;
  const body = { token: params['token']!, password, confirm_password: password };
  const answer = await api.POST('/api/v1/auth/reset-password', { body }).catch(() => undefined);
  return answer?.response.ok ? redirect('/entrar?listo=clave') : refuse(answer, values);
};

export const Component = (): ReactElement => {
  const say = useText();
  const { words } = useLastTry();
  return (
    <NarrowPage title={say('reset.title')} text={say('reset.text')}>
      <AuthForm submit={say('reset.go')}>
        <PasswordField
          name="password"
          label={say('reset.password')}
          hint={say('auth.passwordHint')}
          autoComplete="new-password"
          error={words['password']}
        />
      </AuthForm>
    </NarrowPage>
  );
};
