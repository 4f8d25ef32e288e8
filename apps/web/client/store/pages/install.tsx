import type { ReactElement } from 'react';
import {
  data,
  redirect,
  redirectDocument,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { useText } from '../../i18n/use-text.tsx';
import { enrolPath, readForm, refuse } from '../act.ts';
import type { PageHandle } from '../head-of-matches.ts';
import { loaderSetting } from '../loader-setting.ts';
import { AuthForm } from '../parts/auth-form.tsx';
import { NarrowPage } from '../parts/narrow-page.tsx';
import { NewAccountFields } from '../parts/new-account-fields.tsx';

export const handle: PageHandle = {
  head: (_, { text }) => ({ title: text.say('install.title'), isIndexed: false }),
};

/** Whether the link is still good, which only the server can ask for; no try of the form changes it. */
export const loader = async ({ params, context }: LoaderFunctionArgs) => {
  const { api } = loaderSetting(context);
  const asked = await api
    .GET('/instalar/{token}', { params: { path: { token: params['token']! } }, parseAs: 'text' })
    .catch(() => undefined);
  const isOpen = asked?.response.status === 200;
  return data({ isOpen }, { status: isOpen ? 200 : 404 });
};
export const shouldRevalidate = (): boolean => false;

/** A user name out of an address: the first account may have any. */
const usernameOf = (email: string): string => {
  const plain = email
    .split('@', 1)[0]!
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9_.-]/g, '')
    .slice(0, 32);
  return plain.length >= 3 ? plain : `admin.${plain}`;
};

export const action = async ({ request, params, context }: ActionFunctionArgs) => {
  const { api, setting } = loaderSetting(context);
  const values = await readForm(request);
  const { email = '', full_name = '', password = '' } = values;
  const body = {
    token: params['token']!,
    email,
    username: usernameOf(email),
    password,
    ...(full_name === '' ? {} : { full_name }),
    language: setting.language,
  };
  const answer = await api.POST('/api/v1/auth/setup', { body }).catch(() => undefined);
  if (!answer?.data) return refuse(answer, values);
  // Where the operator asks for a second factor, the first administrator adds theirs before anything else.
  return 'status' in answer.data ? redirect(enrolPath('/admin')) : redirectDocument('/admin');
};

/** The one screen behind the setup link: whoever fills it is signed in, in front of the back office. */
export const Component = (): ReactElement => {
  const say = useText();
  const { isOpen } = useLoaderData<{ isOpen: boolean }>();
  if (!isOpen)
    return (
      <NarrowPage title={say('install.deadTitle')} text={say('install.deadText')}>
        <code className="rounded-control-small bg-sunken p-3 font-mono text-caption">
          npx plaza admin create
        </code>
      </NarrowPage>
    );
  return (
    <NarrowPage title={say('install.title')} text={say('install.text')}>
      <AuthForm
        submit={say('install.go')}
        fieldNames={{
          full_name: say('install.name'),
          email: say('auth.email'),
          password: say('auth.password'),
        }}
      >
        <NewAccountFields nameLabel={say('install.name')} />
      </AuthForm>
    </NarrowPage>
  );
};
