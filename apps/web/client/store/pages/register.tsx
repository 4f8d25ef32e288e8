import type { ReactElement } from 'react';
import { Link, redirect, useSearchParams, type ActionFunctionArgs } from 'react-router';
import { useText } from '../../i18n/use-text.tsx';
import { CheckedField } from '../../kit/checked-field.tsx';
import { readForm, refuse } from '../act.ts';
import type { PageHandle } from '../head-of-matches.ts';
import { loaderSetting } from '../loader-setting.ts';
import { AuthForm, useLastTry } from '../parts/auth-form.tsx';
import { NarrowPage } from '../parts/narrow-page.tsx';
import { NewAccountFields } from '../parts/new-account-fields.tsx';

export const handle: PageHandle = {
  head: (_, { text }) => ({ title: text.say('register.title'), isIndexed: false }),
};

export const action = async ({ request, context }: ActionFunctionArgs) => {
  const { api, setting } = loaderSetting(context);
  const back = new URL(request.url).searchParams.get('volver');
  const values = await readForm(request);
  const { email = '', username = '', full_name = '', password = '' } = values;
  const body = {
    email,
    username,
    password,
    // Typed once and to be looked at: a second field asks twice what the first one shows.
    confirm_password: password,
    ...(full_name === '' ? {} : { full_name }),
    language: setting.language,
  };
  const answer = await api.POST('/api/v1/auth/register', { body }).catch(() => undefined);
  if (!answer?.data) return refuse(answer, values);
  const params = new URLSearchParams({ reto: answer.data.challenge_id, correo: email });
  if (back !== null) params.set('volver', back);
  return redirect(`/verificar?${params}`);
};

export const Component = (): ReactElement => {
  const say = useText();
  const [params] = useSearchParams();
  const back = params.get('volver');
  const { values, words, failure } = useLastTry();
  const ofCode = (code: string, field: string): string | undefined =>
    failure?.code === code ? say(`register.${field}Taken`) : undefined;
  return (
    <NarrowPage title={say('register.title')} text={say('register.text')}>
      <AuthForm
        submit={say('register.go')}
        fieldNames={{
          email: say('auth.email'),
          username: say('register.username'),
          full_name: say('register.name'),
          password: say('auth.password'),
        }}
      >
        <NewAccountFields
          nameLabel={say('register.name')}
          email={{
            hint: say('register.emailHint'),
            fallback: params.get('correo') ?? '',
            error: ofCode('identity.email_taken', 'email'),
          }}
        >
          <CheckedField
            name="username"
            minLength={3}
            maxLength={32}
            label={say('register.username')}
            hint={say('register.usernameHint')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            defaultValue={values['username']}
            error={words['username'] ?? ofCode('identity.username_taken', 'username')}
          />
        </NewAccountFields>
      </AuthForm>
      <p className="text-center text-small text-text-2">
        {say('register.haveAccount')}{' '}
        <Link
          to={`/entrar${back === null ? '' : `?volver=${encodeURIComponent(back)}`}`}
          className="inline-flex min-h-6 items-center font-semibold text-primary hover:underline"
        >
          {say('signIn.go')}
        </Link>
      </p>
    </NarrowPage>
  );
};
