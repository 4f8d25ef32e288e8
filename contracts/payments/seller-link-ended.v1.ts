import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/** A seller's account at a provider no longer lets us act for it; the seller is told to link it anew. */
export const sellerLinkEndedV1 = Type.Object(
  {
    sellerId: id,
    provider: Type.String(),
    because: Type.Union([
      Type.Literal('disconnected'),
      Type.Literal('revoked'),
      Type.Literal('expired'),
    ]),
    endedAt: instant,
  },
  { $id: 'payments.seller-link-ended.v1' },
);
export type SellerLinkEndedV1 = Static<typeof sellerLinkEndedV1>;
