import type { Clock } from '#shared/platform/module.ts';
import {
  activateAccount,
  changeRoles,
  deactivateAccount,
  endSessions,
  type Account,
  type AccountEvent,
  type AccountRole,
} from '../../domain/account.ts';
import { toSummary } from '../account-summary.ts';
import { changeAccount, loadAccount } from '../change-account.ts';
import type { Accounts, AccountSummary, Circumstances } from '../ports.ts';

/** What an administrator says of an account, or its holder of all its sessions. */
export type ChangeStanding = Readonly<{ accountId: string }> &
  (
    | Readonly<{ to: 'activated' | 'deactivated' }>
    /** Everywhere, or everywhere else. */
    | Readonly<{ to: 'signed_out'; keepSession?: string | undefined }>
    | Readonly<{ to: 'roles'; roles: readonly AccountRole[] }>
  );

export type ChangeStandingHandler = (
  command: ChangeStanding,
  circumstances: Circumstances,
) => Promise<AccountSummary>;

const decide = (
  account: Account,
  command: ChangeStanding,
  facts: Readonly<{ now: string; by: string }>,
): readonly AccountEvent[] => {
  switch (command.to) {
    case 'activated':
      return activateAccount(account, facts);
    case 'deactivated':
      return deactivateAccount(account, facts);
    case 'signed_out':
      return endSessions(account, facts);
    case 'roles':
      return changeRoles(account, { roles: command.roles, by: facts.by }, facts);
  }
};

/** Changes whether and as what an account may act; what takes trust away ends its sessions. */
export const createChangeStanding =
  ({ accounts, clock }: Readonly<{ accounts: Accounts; clock: Clock }>): ChangeStandingHandler =>
  async (command, circumstances) => {
    const facts = { now: clock().toISOString(), by: circumstances.actorId ?? '' };
    const load = loadAccount(accounts, command.accountId);
    const kept = command.to === 'signed_out' ? command.keepSession : undefined;
    const effects = kept === undefined ? {} : { keepSession: kept };
    const account = await changeAccount(
      accounts,
      async () => ({ ...(await load()), effects }),
      (before) => decide(before, command, facts),
      circumstances,
    );
    return toSummary(account);
  };
