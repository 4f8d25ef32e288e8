import type { Trace } from '#shared/kernel/trace.ts';
import { usersError } from '../../domain/errors.ts';
import type { Erasures, ErasureView, OpenBusiness, Profiles } from '../ports.ts';

export type EraseAccount = Readonly<{
  accountId: string;
  /** Its user name, typed again: an erasure cannot be taken back. */
  confirm: string;
  requestedBy: string;
}>;

export type EraseAccountHandler = (command: EraseAccount, trace: Trace) => Promise<ErasureView>;

/**
 * Asks for an erasure, once: a second try is told of the first. Refused while goods or money are under
 * way, since nobody could be written to about them any more.
 */
export const createEraseAccount =
  (
    ports: Readonly<{
      profiles: Profiles;
      erasures: Erasures;
      business: OpenBusiness;
      newId: () => string;
    }>,
  ): EraseAccountHandler =>
  async ({ accountId, confirm, requestedBy }, trace) => {
    const { profiles, erasures, business, newId } = ports;
    const profile = await profiles.view(accountId);
    if (!profile) throw usersError('user_not_found');
    if (confirm.toLowerCase() !== profile.username)
      throw usersError('confirmation_differs', {
        errors: [{ pointer: '#/confirm', code: 'not_allowed', detail: 'is not the user name' }],
      });
    const running = await erasures.ofAccount(accountId);
    if (running) return running;
    const [orders, payments] = await Promise.all([
      business.orders(accountId),
      business.payments(accountId),
    ]);
    if (orders > 0) throw usersError('orders_open', { extra: { open: orders } });
    if (payments > 0) throw usersError('money_under_way', { extra: { open: payments } });
    const outcome = await erasures.request({ id: newId(), accountId, requestedBy }, trace);
    if (outcome === 'last_admin') throw usersError('last_admin');
    const view = outcome === 'no_profile' ? undefined : await erasures.ofAccount(accountId);
    if (!view) throw usersError('user_not_found');
    return view;
  };
