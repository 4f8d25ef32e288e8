import { usersError } from '../../domain/errors.ts';
import type { Avatars } from '../ports.ts';

export type ChangeAvatar = Readonly<{
  set: (accountId: string, upload: Buffer) => Promise<void>;
  remove: (accountId: string) => Promise<void>;
}>;

/** Files come before the row that names them; whatever dies in between, a timer clears them away. */
export const createChangeAvatar = ({
  avatars,
  newId,
}: Readonly<{ avatars: Avatars; newId: () => string }>): ChangeAvatar => {
  const choose = async (accountId: string, id: string | null): Promise<void> => {
    const chosen = await avatars.choose(accountId, id);
    if (!chosen) throw usersError('profile_not_ready', { retryAfterSeconds: 1 });
    if (chosen.previousId !== null) await avatars.discard(chosen.previousId);
  };
  return {
    async set(accountId, upload) {
      const id = newId();
      await avatars.expect(id);
      try {
        await avatars.store(id, upload);
        await choose(accountId, id);
      } catch (error) {
        await avatars.discard(id);
        throw error;
      }
    },
    remove: (accountId) => choose(accountId, null),
  };
};
