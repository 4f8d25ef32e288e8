import { identityError } from '../../domain/account.ts';
import type { Circumstances } from '../ports.ts';
import type { SecondFactors } from '../second-factor-ports.ts';

export type RenamePasskey = Readonly<{ accountId: string; factorId: string; name: string }>;
export type RenamePasskeyHandler = (
  command: RenamePasskey,
  circumstances: Circumstances,
) => Promise<void>;

/** Another name for a passkey, by which its holder tells one from the other. */
export const createRenamePasskey =
  (secondFactors: SecondFactors): RenamePasskeyHandler =>
  async (command, circumstances) => {
    if (!(await secondFactors.renamePasskey(command, circumstances)))
      throw identityError('factor_not_found');
  };
