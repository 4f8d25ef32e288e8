import { personalDataContracts as contracts } from '#contracts/personal-data.ts';
import { personalDataReactions } from '#shared/personal-data/personal-data.ts';
import type { RunningModule, ServiceModule } from '#shared/platform/module.ts';
import { accountEmailRoute } from './api/account-email.route.ts';
import { addressFormRoutes } from './api/address-forms.route.ts';
import { manageErasuresRoutes } from './api/manage-erasures.route.ts';
import { manageUsersRoutes } from './api/manage-users.route.ts';
import { myAddressesRoutes } from './api/my-addresses.route.ts';
import { myAvatarRoutes } from './api/my-avatar.route.ts';
import { myDataRoutes } from './api/my-data.route.ts';
import { myProfileRoutes } from './api/my-profile.route.ts';
import { createChangeAvatar } from './application/commands/change-avatar.ts';
import { createEraseAccount } from './application/commands/erase-account.ts';
import { createExportData } from './application/commands/export-data.ts';
import { createKeepAddresses } from './application/commands/keep-addresses.ts';
import { createUpdateProfile } from './application/commands/update-profile.ts';
import { createReadErasures } from './application/queries/read-erasures.ts';
import { createReadUsers } from './application/queries/read-users.ts';
import { createShowAvatar } from './application/queries/show-avatar.ts';
import { followAccount } from './application/reactions/follow-account.ts';
import { collectParts, followErasures } from './application/reactions/gather-personal-data.ts';
import { createAvatars, discardDeadline } from './infrastructure/avatars.ts';
import { usersHeldData } from './infrastructure/held-data.ts';
import { createPgAddresses } from './infrastructure/pg-addresses.ts';
import { createOpenBusiness, createPgErasures } from './infrastructure/pg-erasures.ts';
import { createPgExports, endExportDeadline } from './infrastructure/pg-exports.ts';
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
    const exports = createPgExports(platform);
    const erasures = createPgErasures(platform);
    const business = createOpenBusiness(platform.ask);
    const eraseAccount = createEraseAccount({ profiles, erasures, business, newId });
    return {
      routes: [
        myProfileRoutes({ readUsers, updateProfile }),
        myAvatarRoutes({ changeAvatar, readUsers, showAvatar: createShowAvatar(avatars) }),
        myAddressesRoutes(createKeepAddresses({ addresses, newId })),
        addressFormRoutes(),
        accountEmailRoute(readUsers),
        manageUsersRoutes({ readUsers, updateProfile }),
        myDataRoutes({ exportData: createExportData({ exports, newId }), eraseAccount }),
        manageErasuresRoutes({ eraseAccount, readErasures: createReadErasures(erasures) }),
      ],
      reactions: [
        ...followAccount(profiles),
        ...collectParts(exports),
        ...followErasures(erasures),
        ...personalDataReactions({
          platform,
          context: 'users',
          contracts,
          held: usersHeldData(platform),
        }),
      ],
      deadlines: [
        { kind: discardDeadline, handle: ({ key }) => avatars.discard(key) },
        {
          kind: endExportDeadline,
          handle: async ({ key }) => {
            if (await exports.end(key)) await exports.clear(key);
          },
        },
      ],
    };
  },
};
