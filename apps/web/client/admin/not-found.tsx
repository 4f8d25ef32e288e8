import type { ReactElement } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { ButtonLink } from '../kit/button.tsx';
import { Counter } from '../kit/pictures.tsx';
import { AdminPage } from './kit/page.tsx';

export const Component = (): ReactElement => {
  const say = useText();
  return (
    <AdminPage title={say('missing.title')}>
      <div className="flex flex-col items-start gap-4">
        <Counter />
        <p className="text-body text-text-2">{say('missing.text')}</p>
        <ButtonLink to="/admin" kind="filled" size={40}>
          {say('missing.home')}
        </ButtonLink>
      </div>
    </AdminPage>
  );
};
