import type { RunningModule, ServiceModule } from '#shared/platform/module.ts';
import { addressFormRoutes } from './api/address-forms.route.ts';
import { manageUsersRoutes } from './api/manage-users.route.ts';
import { myAddressesRoutes } from './api/my-addresses.route.ts';
import { myAvatarRoutes } from './api/my-avatar.route.ts';
import { myProfileRoutes } from './api/my-profile.route.ts';
import { createChangeAvatar } from './application/commands/change-avatar.ts';
import { createKeepAddresses } from './application/commands/keep-addresses.ts';
import { createUpdateProfile } from './application/commands/update-profile.ts';
import { createReadUsers } from './application/queries/read-users.ts';
import { createShowAvatar } from './application/queries/show-avatar.ts';
import { followAccount } from './application/reactions/follow-account.ts';
import { createAvatars, discardDeadline } from './infrastructure/avatars.ts';
import { createPgAddresses } from './infrastructure/pg-addresses.ts';
import { createPgProfiles } from './infrastructure/pg-profiles.ts';

export const usersModule: ServiceModule = {
  name: 'users',
  migrations: [
    new URL('../../shared/messaging/migrations/', import.meta.url),
    new URL('./infrastructure/migrations/', import.meta.url),
  ],
  async start(platform): Promise<RunningModule> {
    const { newId } = platform;
    const profiles = createPgProfiles(platform);
    const addresses = createPgAddresses(platform);
    const avatars = createAvatars(platform);
    const readUsers = createReadUsers({ profiles, addresses });
    const updateProfile = createUpdateProfile({ ...platform, profiles });
    const changeAvatar = createChangeAvatar({ avatars, newId });
    return {
      routes: [
        myProfileRoutes({ readUsers, updateProfile }),
        myAvatarRoutes({ changeAvatar, readUsers, showAvatar: createShowAvatar(avatars) }),
        myAddressesRoutes(createKeepAddresses({ addresses, newId })),
        addressFormRoutes(),
        manageUsersRoutes({ readUsers, updateProfile }),
      ],
      reactions: [...followAccount(profiles)],
      deadlines: [{ kind: discardDeadline, handle: ({ key }) => avatars.discard(key) }],
    };
  },
};
