import { defineErrors } from '#shared/kernel/errors.ts';
import type { Notice } from './notice.ts';

export const notificationsError = defineErrors('notifications', {
  not_found: ['not_found', 'There is no such notification.'],
  cause_twice: ['invalid', 'Name each cause once.'],
  cause_fixed: ['invalid', 'What concerns the security of an account is always told.'],
});

/** What people can choose about, in the order in which they see it. */
export const causes = [
  'order_paid',
  'order_shipped',
  'order_delivered',
  'order_cancelled',
  'order_failed',
  'order_refunded',
  'selling',
  'security',
] as const;
export type Cause = (typeof causes)[number];

/** Who could turn it off would hide it from the one whose account they took. */
export const isFixed = (cause: Cause): boolean => cause === 'security';

/** What a notice is about. */
export const causeOf = ({ kind }: Pick<Notice, 'kind'>): Cause => {
  switch (kind) {
    case 'seller_link_ended':
      return 'selling';
    case 'payout_destination_changed':
    case 'account_security_changed':
      return 'security';
    default:
      return kind;
  }
};

/** Identity mails what it changes by itself: here it is only listed. */
export const isMailedHere = ({ kind }: Pick<Notice, 'kind'>): boolean =>
  kind !== 'account_security_changed';

/** Whether a cause is told by mail, and whether in the app; both unless somebody chose otherwise. */
export type Choice = Readonly<{ cause: Cause; byMail: boolean; inApp: boolean }>;

/** What may be stored of what was chosen. */
export const chooseCauses = (choices: readonly Choice[]): readonly Choice[] => {
  if (new Set(choices.map(({ cause }) => cause)).size < choices.length)
    throw notificationsError('cause_twice');
  if (choices.some(({ cause, byMail, inApp }) => isFixed(cause) && !(byMail && inApp)))
    throw notificationsError('cause_fixed');
  return choices.filter(({ cause }) => !isFixed(cause));
};

/** Every cause, with what was chosen for it. */
export const withDefaults = (chosen: readonly Choice[]): readonly Choice[] =>
  causes.map(
    (cause) =>
      chosen.find((choice) => choice.cause === cause) ?? { cause, byMail: true, inApp: true },
  );
