import type { ReactElement } from 'react';
import { useActionData, type ActionFunctionArgs } from 'react-router';
import { useText } from '../../i18n/use-text.tsx';
import { Notice } from '../../kit/feedback.tsx';
import { TextField } from '../../kit/field.tsx';
import { isRefused, readForm, refuse } from '../act.ts';
import type { PageHandle } from '../head-of-matches.ts';
import { loaderSetting } from '../loader-setting.ts';
import { AuthForm, useLastTry } from '../parts/auth-form.tsx';
import { NarrowPage } from '../parts/narrow-page.tsx';

export const handle: PageHandle = {
  head: (_, { text }) => ({ title: text.say('recover.title'), isIndexed: false }),
};

export const action = async ({ request, context }: ActionFunctionArgs) => {
  const { api } = loaderSetting(context);
  const values = await readForm(request);
  const body = { email: values['email'] ?? '' };
  const answer = await api.POST('/api/v1/auth/forgot-password', { body }).catch(() => undefined);
  return answer?.response.ok ? { isSent: true } : refuse(answer, values);
};

export const Component = (): ReactElement => {
  const say = useText();
  const last = useActionData() as unknown;
  const { values, words } = useLastTry();
  const isSent = last !== undefined && !isRefused(last);
  return (
    <NarrowPage title={say('recover.title')} text={say('recover.text')}>
      {isSent ? (
        <Notice tone="success" role="status" title={say('recover.sent')}>
          {say('recover.sentText')}
        </Notice>
      ) : (
        <AuthForm submit={say('recover.go')}>
          <TextField
            name="email"
            type="email"
            label={say('auth.email')}
            autoComplete="email"
            defaultValue={values['email']}
            error={words['email']}
          />
        </AuthForm>
      )}
    </NarrowPage>
  );
};
