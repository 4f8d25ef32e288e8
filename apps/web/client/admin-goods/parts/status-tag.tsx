import type { ReactElement } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { Tag, type Tone } from '../../kit/feedback.tsx';

const tones: Readonly<Record<string, Tone>> = {
  active: 'success',
  completed: 'success',
  paid: 'success',
  won: 'success',
  corrected: 'success',
  matched: 'success',
  inactive: 'warning',
  pending: 'warning',
  authorized: 'warning',
  requested: 'warning',
  unknown: 'warning',
  opened: 'warning',
  open: 'warning',
  sent: 'info',
  explained: 'info',
  partially_refunded: 'info',
  refunded: 'info',
  failed: 'danger',
  returned: 'danger',
  lost: 'danger',
  deactivated: 'danger',
};

/** The state of something in a word. */
export const StatusTag = ({
  of,
  kind,
}: Readonly<{
  of: string;
  kind: 'product' | 'payment' | 'refund' | 'dispute' | 'payout' | 'difference' | 'account';
}>): ReactElement => {
  const say = useText();
  return <Tag tone={tones[of] ?? 'neutral'}>{say(`status.${kind}.${of}`)}</Tag>;
};

/** The states of one kind of thing, as a filter lists them. */
export const useStates = (
  kind: Parameters<typeof StatusTag>[0]['kind'],
  states: readonly string[],
): readonly (readonly [string, string])[] => {
  const say = useText();
  return states.map((state) => [state, say(`status.${kind}.${state}`)]);
};
