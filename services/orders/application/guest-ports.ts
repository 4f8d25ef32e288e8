import type { IssuedDocument } from '#shared/kernel/identity-documents.ts';
import type { PostalAddress } from '#shared/kernel/postal-address.ts';
import type { Language } from '#shared/kernel/preferred-language.ts';
import type { Trace } from '#shared/kernel/trace.ts';

/** Who gets an order, and where. Copied from what was given, never shared with a profile. */
export type OrderContact = Readonly<{
  /** Canonical, and proven by nobody; of a guest only. */
  email: string | null;
  fullName: string | null;
  phoneNumber: string | null;
  language: Language;
  address: PostalAddress | null;
  /** By what the buyer is known to the tax office; of who pays, not of who gets it. */
  document: IssuedDocument | null;
}>;

/** What opens an order without an account until then. */
export type OrderAccess = Readonly<{ id: string; tokenHash: Buffer; expiresAt: Date }>;

/** What is stored with a new order and is no part of its events. */
export type Beside = Readonly<{ contact: OrderContact; access?: OrderAccess }>;

export interface GuestSecrets {
  /** The token of an access; the same for ever, and computed by nobody without the key. */
  tokenOf(accessId: string): string;
  /** What is stored of a token. */
  hashOf(token: string): Buffer;
  /** The id under which a guest buys this one order; a UUID of version 8. */
  buyerOf(orderId: string): string;
  /** What is stored of an address or e-mail that is counted. */
  countKeyOf(kind: 'order-address' | 'order-email' | 'track-email', value: string): Buffer;
}

/** A guest's order as a mail about it needs it. */
export type GuestOrder = Readonly<{
  orderId: string;
  buyerId: string;
  number: string;
  email: string;
  fullName: string | null;
  language: Language;
}>;

export type ClaimableOrder = Readonly<{ id: string; buyerId: string }>;

export interface Guests {
  /** The buyer of the order that this token opens now; undefined when it opens nothing. */
  buyerOf(orderId: string, tokenHash: Buffer): Promise<string | undefined>;
  /** Counts one more of each key, and answers the largest count within the hour. */
  count(keys: readonly Buffer[]): Promise<number>;
  /**
   * Asks for a link to the guest's order of this number and e-mail, if there is one and `key` was not
   * counted more than `max` times within the hour. Does as much work when there is none.
   */
  requestLink(
    request: Readonly<{ number: string; email: string; key: Buffer; max: number; trace: Trace }>,
  ): Promise<void>;
  /** A guest's order, for a mail to its contact; undefined once it is claimed or forgotten. */
  find(orderId: string): Promise<GuestOrder | undefined>;
  /**
   * Opens the order to the holder of a token, once, and says so to other contexts, together with whom
   * they write to; false when it is nobody's any more.
   */
  grant(order: GuestOrder, access: OrderAccess, trace: Trace): Promise<boolean>;
  /** Who gets the order, and where; undefined when nothing was given, or it was forgotten. */
  contactOf(orderId: string): Promise<OrderContact | undefined>;
  /** Whether the guest's order has this contact. */
  hasEmail(orderId: string, email: string): Promise<boolean>;
  /** Ids of the guests' orders with this contact, newest first, at most 100. */
  withEmail(email: string): Promise<readonly string[]>;
  /** Forgets tokens and counts that are over, and the contacts of guests' orders of long ago. */
  sweep(now: Date): Promise<void>;
}

/** What identity has proven of an account, asked when somebody wants an order that a guest placed. */
export interface ProvenEmails {
  /** Canonical; undefined when it is not proven. */
  of(accountId: string): Promise<string | undefined>;
}
