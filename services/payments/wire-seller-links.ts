import type { MercadoPagoConfig } from '#shared/platform/config-mercado-pago.ts';
import type { Platform, RunningModule } from '#shared/platform/module.ts';
import { noSellerLinkRoutes, sellerLinkRoutes } from './api/seller-link.route.ts';
import { createLinkSeller } from './application/commands/link-seller.ts';
import type { Splitting } from './application/commands/create-checkout.ts';
import type { Alert } from './application/provider-ports.ts';
import type { MercadoPagoClient } from './infrastructure/mercado-pago/client.ts';
import {
  createMercadoPagoAccounts,
  newLinkSecret,
} from './infrastructure/mercado-pago/seller-accounts.ts';
import type { createPgSellerLinks } from './infrastructure/pg-seller-links.ts';

type SellerWiring = Readonly<{
  followSeller: (reference: string) => Promise<void>;
  /** Left out where orders are not charged to their sellers. */
  splitting?: Splitting;
}> &
  Pick<RunningModule, 'routes' | 'deadlines'>;

/** Sellers' own accounts at Mercado Pago, where the operator has an application that links them. */
export const wireSellerLinks = async (
  platform: Platform,
  { application, isLive, isSplitting }: MercadoPagoConfig,
  client: MercadoPagoClient,
  links: ReturnType<typeof createPgSellerLinks>,
  raise: (alerts: readonly Alert[]) => Promise<void>,
): Promise<SellerWiring> => {
  const { config, clock, newId, publicUrl } = platform;
  // Before anybody notes that former secrets can go.
  await links.sealAnew();
  if (!application)
    return {
      routes: [noSellerLinkRoutes(config.language)],
      deadlines: [],
      followSeller: (reference) =>
        raise([{ kind: 'seller_link_changed', subject: reference, paymentId: null, detail: {} }]),
    };
  const accounts = createMercadoPagoAccounts({
    ...application,
    client,
    isLive,
    newId,
    redirectUri: () => `${publicUrl()}/api/v1/mercadopago/seller-link/callback`,
  });
  const link = createLinkSeller({ links, accounts, clock, newSecret: newLinkSecret });
  return {
    ...(isSplitting && { splitting: { links, check: (sellerId) => link.check(sellerId) } }),
    routes: [
      sellerLinkRoutes({
        link,
        links,
        language: config.language,
        isSecure: () => publicUrl().startsWith('https:'),
      }),
    ],
    deadlines: [
      { kind: 'renew-seller-link', handle: ({ key }) => link.renew(key) },
      { kind: 'check-seller-link', handle: ({ key }) => link.check(key) },
    ],
    // Whose account it is about stands in the body, which nobody signs: each is looked at.
    followSeller: () => links.checkAll(),
  };
};
