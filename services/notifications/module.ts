import { personalDataContracts as contracts } from '#contracts/personal-data.ts';
import { personalDataReactions } from '#shared/personal-data/personal-data.ts';
import type { RunningModule, ServiceModule } from '#shared/platform/module.ts';
import { createForgetGuests } from './application/forget-guests.ts';
import { followGuest } from './application/reactions/follow-guest.ts';
import { keepAddressWhenEmailChanged } from './application/reactions/keep-address-when-email-changed.ts';
import { keepNameWhenProfileUpdated } from './application/reactions/keep-name-when-profile-updated.ts';
import { learnRecipientWhenAccountRegistered } from './application/reactions/learn-recipient-when-account-registered.ts';
import { tellHolderWhenPayoutDestinationChanged } from './application/reactions/tell-holder-when-payout-destination-changed.ts';
import { tellSellerWhenLinkEnded } from './application/reactions/tell-seller-when-link-ended.ts';
import { tellBuyerWhenOrderMoves } from './application/reactions/tell-buyer-when-order-moves.ts';
import { createSendLater, createSendNotice } from './application/send-notice.ts';
import { notificationsHeldData } from './infrastructure/held-data.ts';
import { tellListeners } from './application/reactions/tell-listeners.ts';
import { createPgNotifications, noticeDeadline } from './infrastructure/pg-notifications.ts';
import { wireLive } from './wire-live.ts';

export const notificationsModule: ServiceModule = {
  name: 'notifications',
  migrations: [
    new URL('../../shared/messaging/migrations/', import.meta.url),
    new URL('./infrastructure/migrations/', import.meta.url),
  ],
  async start(platform): Promise<RunningModule> {
    const { config, log, mail } = platform;
    const notifications = createPgNotifications(platform);
    const send = createSendNotice({
      notifications,
      mail,
      shopCurrency: config.currency,
      onUnsent: (id, error) => log.warn({ err: error, notification_id: id }, 'mail not sent'),
    });
    const live = wireLive(platform);
    return {
      routes: live.routes,
      rootRoutes: live.rootRoutes,
      reactions: [
        learnRecipientWhenAccountRegistered({ notifications, send }),
        keepAddressWhenEmailChanged(notifications),
        keepNameWhenProfileUpdated(notifications),
        ...tellBuyerWhenOrderMoves({ notifications, send, live: live.log }),
        ...followGuest({ notifications, send }),
        ...tellListeners(live.log),
        tellHolderWhenPayoutDestinationChanged({ notifications, send }),
        tellSellerWhenLinkEnded({ notifications, send }),
        ...personalDataReactions({
          platform,
          context: 'notifications',
          contracts,
          held: notificationsHeldData(platform),
        }),
      ],
      deadlines: [
        createSendLater(noticeDeadline, { notifications, send }),
        {
          kind: 'forget-guests',
          handle: createForgetGuests({
            notifications,
            forgetMails: async (address) => mail.forget?.(address),
            clock: platform.clock,
          }),
        },
      ],
      work: live.work,
    };
  },
};
