import { usersError } from '../../domain/errors.ts';
import type { Avatars } from '../ports.ts';

export type ShowAvatar = (file: string) => Promise<Buffer>;

export const createShowAvatar =
  (avatars: Avatars): ShowAvatar =>
  async (file) => {
    const bytes = await avatars.read(file);
    if (!bytes) throw usersError('avatar_not_found');
    return bytes;
  };
