import type { Delivery } from '#shared/kernel/trace.ts';
import type { Language } from '#shared/kernel/preferred-language.ts';
import type { Choice } from '../domain/causes.ts';
import type { Notice } from '../domain/notice.ts';

export type Recipient = Readonly<{
  accountId: string;
  email: string;
  fullName: string | null;
  language: Language;
}>;

/** A notice that is to go out; `id` is the id of its mail, the same however often it is tried. */
export type Outgoing = Readonly<{ id: string; notice: Notice; recipient: Recipient }>;

export interface Notifications {
  /**
   * Stores a notice once a cause, where its recipient wants it, with a timer that mails it should this
   * process die. Undefined: stored before, not to be mailed, or its recipient is not known yet, and
   * then it goes out when they are.
   */
  record(recipientId: string, notice: Notice, delivery: Delivery): Promise<Outgoing | undefined>;
  /** Stores who somebody is, once, and answers the notices that waited for that. */
  learn(recipient: Recipient, delivery: Delivery): Promise<readonly Outgoing[]>;
  /** A notice that is not out yet and can go; for the timer. */
  find(id: string): Promise<Outgoing | undefined>;
  /** How an account that is known is spoken to; an older version than the one that is kept changes nothing. */
  renameRecipient(
    name: Omit<Recipient, 'email'> & Readonly<{ version: number }>,
    delivery: Delivery,
  ): Promise<void>;
  /** What was told to a guest is the account's from now on, and the guest is forgotten; once a delivery. */
  claim(guestId: string, accountId: string, delivery: Delivery): Promise<void>;
  /** Another address for an account that is known. */
  moveRecipient(accountId: string, email: string, delivery: Delivery): Promise<void>;
  /**
   * Forgets guests who were learnt before `before`, and asks for the next time at `next`; answers the
   * addresses that are nobody else's.
   */
  forgetGuests(before: Date, next: Date): Promise<readonly string[]>;
  /**
   * The next hop has it, or (`refused`) never will: its row says so soon, and its timer goes. Should
   * the process die before, the mail goes out again, with the same id.
   */
  done(id: string, outcome: 'sent' | 'refused'): void;
}

/** A notice in the list of its recipient. */
export type Listed = Readonly<{
  id: string;
  notice: Notice;
  createdAt: Date;
  readAt: Date | null;
}>;

/** What people were told, as they see it in the app. */
export interface Inbox {
  /** Newest first, at most `limit` behind `after`, with how many there are that nobody read. */
  list(
    accountId: string,
    page: Readonly<{ after: string | undefined; limit: number; isUnread: boolean }>,
  ): Promise<Readonly<{ items: readonly Listed[]; unreadCount: number }>>;
  /** It is read from now on, or stays read since when it was; undefined: they have none of this id. */
  markRead(accountId: string, id: string): Promise<Listed | undefined>;
  /** All of theirs, or those up to one that they saw, since a newer one may have come. */
  markAllRead(accountId: string, upTo: string | undefined): Promise<void>;
  /** What they chose; causes of which they said nothing are not there. */
  choices(accountId: string): Promise<readonly Choice[]>;
  /** Keeps what they choose; causes that are not named stay, and the last word counts. */
  choose(accountId: string, choices: readonly Choice[]): Promise<void>;
}
