import type { ReactElement } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { AdminPage } from '../kit/page.tsx';

export const Component = (): ReactElement => {
  const say = useText();
  return <AdminPage title={say('nav.home')}>{null}</AdminPage>;
};
