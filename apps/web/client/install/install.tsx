import type { ReactElement } from 'react';
import {
  data,
  redirect,
  redirectDocument,
  useActionData,
  useLoaderData,
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
} from 'react-router';
import { useText } from '../i18n/use-text.tsx';
import { enrolPath, readForm, refuse } from '../store/act.ts';
import type { PageHandle } from '../store/head-of-matches.ts';
import { loaderSetting } from '../store/loader-setting.ts';
import { NarrowPage } from '../store/parts/narrow-page.tsx';
import { Preparing } from './preparing.tsx';
import { ShopForm, type Situation } from './shop-form.tsx';

type Found =
  | Readonly<{ is: 'open'; situation: Situation }>
  | Readonly<{ is: 'preparing' }>
  | Readonly<{ is: 'dead' }>;

export const handle: PageHandle = {
  head: (_, { text }) => ({ title: text.say('install.title'), isIndexed: false }),
};

/** Whether the link is still good, which only the server can ask for, and what the shop runs as. */
export const loader = async ({ params, context }: LoaderFunctionArgs) => {
  const { api, setting } = loaderSetting(context);
  const [asked, runs, places] = await Promise.all([
    api
      .GET('/instalar/{token}', { params: { path: { token: params['token']! } }, parseAs: 'text' })
      .catch(() => undefined),
    api.GET('/api/v1/auth/setup').catch(() => undefined),
    api.GET('/api/v1/shop/countries').catch(() => undefined),
  ]);
  if (runs?.data?.is_preparing) return data<Found>({ is: 'preparing' });
  const isOpen = asked?.response.status === 200 && runs?.data !== undefined;
  // Whoever has just set it up comes back here without scripts.
  if (!isOpen && setting.viewer?.roles.includes('admin')) throw redirect('/admin');
  if (!isOpen) return data<Found>({ is: 'dead' }, { status: 404 });
  const { country, currency, is_currency_fixed: isFixed, may_fill: mayFill } = runs.data;
  const all = places?.data?.items ?? [];
  const offered = isFixed ? all.filter((place) => place.currency === currency) : all;
  return data<Found>({
    is: 'open',
    situation: { country, currency, isFixed, mayFill, places: offered },
  });
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

type Done = Readonly<{ goTo: string }>;

export const action = async ({ request, params, context }: ActionFunctionArgs) => {
  const { api, setting } = loaderSetting(context);
  const values = await readForm(request);
  // Another language, and nothing else: what was typed comes back in it.
  if (values['then'] === 'language') return { values };
  const { email = '', full_name = '', password = '', shop_name = '', country = '' } = values;
  const body = {
    token: params['token']!,
    email,
    username: usernameOf(email),
    password,
    ...(full_name === '' ? {} : { full_name }),
    language: setting.language,
    ...(shop_name === '' ? {} : { shop_name }),
    ...(country === '' ? {} : { country }),
    with_example: values['with_example'] === 'on',
  };
  const answer = await api.POST('/api/v1/auth/setup', { body }).catch(() => undefined);
  if (!answer?.data) return refuse(answer, { with_example: 'off', ...values });
  // Where the operator asks for a second factor, the first administrator adds theirs before anything else.
  const goTo = 'status' in answer.data ? enrolPath('/admin') : '/admin';
  const { data: runs } = await api.GET('/api/v1/auth/setup').catch(() => ({ data: undefined }));
  if (runs?.is_preparing) return data<Done>({ goTo });
  return goTo === '/admin' ? redirectDocument(goTo) : redirect(goTo);
};

const isDone = (value: unknown): value is Done =>
  typeof value === 'object' && value !== null && 'goTo' in value;

/** The one screen behind the setup link: whoever fills it is signed in, in front of the back office. */
export const Component = (): ReactElement => {
  const say = useText();
  const found = useLoaderData<Found>();
  const done = useActionData() as unknown;
  if (isDone(done)) return <Preparing goTo={done.goTo} />;
  if (found.is === 'preparing') return <Preparing goTo="/admin" />;
  if (found.is === 'dead')
    return (
      <NarrowPage title={say('install.deadTitle')} text={say('install.deadText')}>
        <code className="rounded-control-small bg-sunken p-3 font-mono text-caption">
          npx plaza admin create
        </code>
      </NarrowPage>
    );
  return (
    <NarrowPage title={say('install.title')} text={say('install.text')}>
      <ShopForm situation={found.situation} />
    </NarrowPage>
  );
};
