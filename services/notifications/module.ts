import { personalDataContracts as contracts } from '#contracts/personal-data.ts';
import { personalDataReactions } from '#shared/personal-data/personal-data.ts';
import type { RunningModule, ServiceModule } from '#shared/platform/module.ts';
import { inboxRoutes } from './api/inbox.route.ts';
import { preferencesRoutes } from './api/preferences.route.ts';
import { createChooseCauses } from './application/commands/choose-causes.ts';
import { createMarkRead } from './application/commands/mark-read.ts';
import { createForgetGuests } from './application/forget-guests.ts';
import {
  createListNotifications,
  createWordListed,
} from './application/queries/list-notifications.ts';
import { followGuest } from './application/reactions/follow-guest.ts';
import { keepAddressWhenEmailChanged } from './application/reactions/keep-address-when-email-changed.ts';
import { keepNameWhenProfileUpdated } from './application/reactions/keep-name-when-profile-updated.ts';
import { learnRecipientWhenAccountRegistered } from './application/reactions/learn-recipient-when-account-registered.ts';
import { tellHolderWhenPayoutDestinationChanged } from './application/reactions/tell-holder-when-payout-destination-changed.ts';
import { tellHolderWhenSecurityChanged } from './application/reactions/tell-holder-when-security-changed.ts';
import { tellSellerWhenLinkEnded } from './application/reactions/tell-seller-when-link-ended.ts';
import { tellBuyerWhenOrderMoves } from './application/reactions/tell-buyer-when-order-moves.ts';
import { createSendLater, createSendNotice } from './application/send-notice.ts';
import { createTellRecipient } from './application/tell-recipient.ts';
import { notificationsHeldData } from './infrastructure/held-data.ts';
import { tellListeners } from './application/reactions/tell-listeners.ts';
import { createPgInbox } from './infrastructure/pg-inbox.ts';
import { createPgNotifications, noticeDeadline } from './infrastructure/pg-notifications.ts';
import { wireLive } from './wire-live.ts';

export const notificationsModule: ServiceModule = {
  name: 'notifications',
  migrations: [
    new URL('../../shared/messaging/migrations/', import.meta.url),
    new URL('./infrastructure/migrations/', import.meta.url),
  ],
  async start(platform): Promise<RunningModule> {
    const { config, log, mail, publicUrl } = platform;
    const notifications = createPgNotifications(platform);
    const send = createSendNotice({
      notifications,
      mail,
      shopCurrency: config.currency,
      publicUrl,
      onUnsent: (id, error) => log.warn({ err: error, notification_id: id }, 'mail not sent'),
    });
    const live = wireLive(platform);
    const tellRecipient = createTellRecipient({ notifications, send, live: live.log });
    const inbox = createPgInbox(platform);
    const word = createWordListed(config.currency);
    return {
      routes: [
        ...live.routes,
        inboxRoutes({
          listNotifications: createListNotifications({ inbox, word }),
          markRead: createMarkRead({ ...platform, inbox, live: live.log }),
          word,
          language: config.language,
        }),
        preferencesRoutes(createChooseCauses(inbox)),
      ],
      rootRoutes: live.rootRoutes,
      reactions: [
        learnRecipientWhenAccountRegistered({ notifications, send }),
        keepAddressWhenEmailChanged(notifications),
        keepNameWhenProfileUpdated(notifications),
        ...tellBuyerWhenOrderMoves(tellRecipient),
        ...followGuest({ notifications, send }),
        ...tellListeners(live.log),
        tellHolderWhenPayoutDestinationChanged(tellRecipient),
        tellHolderWhenSecurityChanged(tellRecipient),
        tellSellerWhenLinkEnded(tellRecipient),
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
