import type { Delivery } from '#shared/kernel/trace.ts';

/** What a guest's token opens. */
export type GuestOrder = Readonly<{ orderId: string; buyerId: string }>;

/** Payments of those without an account, who show a token of one order. */
export interface Guests {
  /** The order that this token opens now; undefined when it opens nothing. */
  find(token: string): Promise<GuestOrder | undefined>;
  /** Takes over what orders says of a token, by its hash; again changes nothing. */
  keep(
    access: GuestOrder & Readonly<{ tokenHash: string; expiresAt: string }>,
    delivery: Delivery,
  ): Promise<void>;
  /** What was the guest's is the account's from now on, and no token opens it; once a delivery. */
  claim(order: GuestOrder, delivery: Delivery): Promise<void>;
}
