import type { Delivery, Trace } from '#shared/kernel/trace.ts';
import type { Address, Document } from '../domain/address.ts';
import type { Language, Profile, ProfileUpdated } from '../domain/profile.ts';

export type AccountStatus = 'pending' | 'active' | 'deactivated';

/** An account as identity tells of it; `version` is identity's. */
export type KnownAccount = Readonly<{
  accountId: string;
  version: number;
  email: string;
  username: string;
  roles: readonly string[];
  status: AccountStatus;
  isEmailVerified: boolean;
  registeredAt: string;
  /** For the profile that is made of it; a profile that is there keeps its own. */
  fullName: string | null;
  phoneNumber: string | null;
  language: Language;
}>;

/** A user as the API shows one to themselves and to administrators. */
export type UserView = Readonly<{
  id: string;
  username: string;
  email: string;
  email_verified: boolean;
  full_name: string | null;
  phone_number: string | null;
  roles: readonly string[];
  status: AccountStatus;
  language: Language;
  region: string | null;
  time_zone: string | null;
  currency: string | null;
  avatar_id: string | null;
  created_at: string;
  updated_at: string;
  version: number;
}>;

export type UserFilter = Readonly<{
  /** Part of a name, an e-mail address or a user name, folded. */
  text?: string;
  role?: string;
  status?: AccountStatus;
  /** Newer ones were shown before. */
  after?: Readonly<{ createdAt: string; id: string }>;
  limit: number;
}>;

export interface Profiles {
  /** Makes the profile of a new account, and keeps the copy of a known one up to date. */
  follow(account: KnownAccount, delivery: Delivery): Promise<void>;
  find(accountId: string): Promise<Profile | undefined>;
  /** Stores events and their message; false when the profile is of another version by now. */
  change(before: Profile, events: readonly ProfileUpdated[], trace: Trace): Promise<boolean>;
  view(accountId: string): Promise<UserView | undefined>;
  /** The newest first. */
  list(filter: UserFilter): Promise<readonly UserView[]>;
}

export type NewAddress = Address &
  Readonly<{
    /** True: the only default from now on. False: no longer. Undefined: as it is. */
    isDefaultShipping: boolean | undefined;
    isDefaultBilling: boolean | undefined;
  }>;

export type AddressView = Readonly<{
  id: string;
  label: string | null;
  full_name: string;
  phone_number: string | null;
  country: string;
  fields: Record<string, string>;
  document: Document | null;
  is_default_shipping: boolean;
  is_default_billing: boolean;
  created_at: string;
  updated_at: string;
}>;

export interface Addresses {
  /** The oldest first. */
  list(accountId: string): Promise<readonly AddressView[]>;
  find(accountId: string, id: string): Promise<AddressView | undefined>;
  /** The first of an account is its default for both. */
  add(
    accountId: string,
    id: string,
    address: NewAddress,
  ): Promise<'added' | 'no_profile' | 'too_many'>;
  /** False when the account has no such address. */
  replace(accountId: string, id: string, address: NewAddress): Promise<boolean>;
  remove(accountId: string, id: string): Promise<boolean>;
}

export interface Avatars {
  /** Notes that files of this id may be there from now on, so that a crash leaves none behind. */
  expect(id: string): Promise<void>;
  /** Writes all sizes. Raises the refusals of `users.avatar_…`. */
  store(id: string, upload: Buffer): Promise<void>;
  /** Makes it the account's, or none; answers the one before. Undefined: there is no such profile. */
  choose(
    accountId: string,
    id: string | null,
  ): Promise<Readonly<{ previousId: string | null }> | undefined>;
  /** Deletes the files of `id` unless it is somebody's avatar. */
  discard(id: string): Promise<void>;
  read(file: string): Promise<Buffer | undefined>;
}

export type ExportStatus = 'collecting' | 'ready' | 'failed' | 'expired';

export type ExportView = Readonly<{
  id: string;
  status: ExportStatus;
  requested_at: string;
  ready_at: string | null;
  /** When it fails for want of a part, or its files go. */
  ends_at: string;
  /** The contexts whose part is there. */
  parts: readonly string[];
  file_count: number;
}>;

export type ExportPart = Readonly<{
  exportId: string;
  context: string;
  manifest: string;
  fileCount: number;
  madeAt: string;
}>;

export interface Exports {
  /** `running`: one is being collected, and this is a second try. */
  request(
    accountId: string,
    id: string,
    trace: Trace,
  ): Promise<'requested' | 'running' | 'no_profile'>;
  /** The newest of the account. */
  latest(accountId: string): Promise<ExportView | undefined>;
  find(accountId: string, id: string): Promise<ExportView | undefined>;
  /** False: nobody waits for it any more. */
  collect(part: ExportPart, expected: readonly string[], delivery: Delivery): Promise<boolean>;
  /** Ends it when its time is up; answers whether it is over. */
  end(id: string): Promise<boolean>;
  /** Deletes the files of all its parts, and then what names them. */
  clear(id: string): Promise<void>;
  /** Deletes the files of a part that came too late. */
  discard(manifest: string): Promise<void>;
  /** The archive, made while it is read, a file at a time. */
  archive(id: string): Promise<AsyncIterable<Buffer>>;
}

export type ErasureStatus = 'requested' | 'erasing' | 'completed' | 'refused';

export type ErasureView = Readonly<{
  id: string;
  account_id: string;
  requested_by: string;
  status: ErasureStatus;
  refusal: string | null;
  requested_at: string;
  completed_at: string | null;
  /** The contexts that have forgotten. */
  confirmed: readonly string[];
}>;

export interface Erasures {
  request(
    erasure: Readonly<{ id: string; accountId: string; requestedBy: string }>,
    trace: Trace,
  ): Promise<'requested' | 'running' | 'no_profile' | 'last_admin'>;
  /** Of an account, unless it was refused. */
  ofAccount(accountId: string): Promise<ErasureView | undefined>;
  find(id: string): Promise<ErasureView | undefined>;
  /** The newest first. */
  list(
    filter: Readonly<{ limit: number; after?: Readonly<{ requestedAt: string; id: string }> }>,
  ): Promise<readonly ErasureView[]>;
  confirm(
    confirmation: Readonly<{ erasureId: string; context: string; at: string }>,
    expected: readonly string[],
    delivery: Delivery,
  ): Promise<void>;
  refuse(erasureId: string, reason: string): Promise<void>;
}

/** What has to end before its holder can be forgotten; asked of the contexts that know. */
export interface OpenBusiness {
  orders(accountId: string): Promise<number>;
  payments(accountId: string): Promise<number>;
}
