import { Check, TriangleAlert, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { useText } from '../i18n/use-text.tsx';
import { Tag } from '../kit/feedback.tsx';

const looks = {
  healthy: ['success', Check],
  degraded: ['warning', TriangleAlert],
  unhealthy: ['danger', X],
} as const;

/** How a service is, by an icon and a word. */
export const StateTag = ({ status }: Readonly<{ status: string }>): ReactElement => {
  const say = useText();
  const known = status in looks ? (status as keyof typeof looks) : 'unhealthy';
  const [tone, icon] = looks[known];
  return (
    <Tag tone={tone} icon={icon}>
      {say(`state.${known}`)}
    </Tag>
  );
};
