import type { Recent } from '#shared/kernel/recent.ts';
import type { Delivery, Trace } from '#shared/kernel/trace.ts';
import type { TruthOfSessions } from '#shared/platform/ended-sessions.ts';
import type { Account, AccountEvent, AccountRole, Language } from '../domain/account.ts';
import type { ChallengePurpose } from '../domain/challenge.ts';
import type { FactorProof } from './second-factor-ports.ts';

/** Who asked, from where: kept in the account's history and on its sessions. */
export type Circumstances = Readonly<{
  trace: Trace;
  /** The signed-in caller; null for a visitor. */
  actorId: string | null;
  ip: string;
  userAgent: string | null;
}>;

/**
 * How somebody proved who they are, as the `amr` claim says it: RFC 8176 has `pwd`, `otp` (an app)
 * and `hwk` (a passkey); a code by mail and a recovery code have no word there.
 */
export type ProofMethod = 'pwd' | 'email' | 'otp' | 'hwk' | 'rc';

/** A family of refresh tokens about to begin. `refreshHash` is hexadecimal. */
export type NewSession = Readonly<{
  id: string;
  refreshHash: string;
  expiresAt: Date;
  /** When its holder proved all that the account asks for. */
  authenticatedAt: Date;
  methods: readonly ProofMethod[];
}>;

/** A mail to one account; a newer one of the same purpose takes its place. */
export type NewChallenge = Readonly<{
  id: string;
  purpose: ChallengePurpose;
  expiresAt: Date;
  /** Where it goes when that is not the address of the account. */
  address?: string;
  /** Of the secret in a link, hexadecimal; null for codes and notices. */
  secretHash: string | null;
}>;

/** What is committed together with a change of an account. */
export type Effects = Readonly<{
  /** Must be open, and is used up: the change happens only then. */
  consume?: string;
  /** Used up when it is open. */
  cancel?: ChallengePurpose;
  openSession?: NewSession;
  /** Stays alive although the others end. */
  keepSession?: string;
  notify?: NewChallenge;
  /** Must hold, and is stored with the factor that the events enable. */
  factor?: FactorProof;
  /** Take the place of those before when the events say that codes were made. */
  recoveryHashes?: readonly string[];
  /** Keys of sign-in names whose failed tries are forgiven. */
  forgive?: readonly string[];
}>;

export interface Accounts {
  find(id: string): Promise<Account | undefined>;
  /**
   * Stores an account that its holder opens, with the mail that carries its code. With an address
   * that has an account, nothing is stored but the user name (else a second try with that name
   * would tell), and the holder gets `notice`. Same statement, same work.
   */
  register(
    opening: Readonly<{
      events: readonly AccountEvent[];
      challenge: NewChallenge;
      notice: NewChallenge;
    }>,
    circumstances: Circumstances,
  ): Promise<'opened' | 'username_taken' | 'email_taken'>;
  /**
   * Stores an account made by the operator. With `setup`, the link's token is used up and no
   * administrator may exist. `link_not_valid` says nothing about why.
   */
  openByOperator(
    opening: Readonly<{
      events: readonly AccountEvent[];
      setup?: Readonly<{ tokenHash: string; openSession?: NewSession }>;
    }>,
    circumstances: Circumstances,
  ): Promise<'opened' | 'username_taken' | 'email_taken' | 'link_not_valid'>;
  /**
   * Stores the events on `before` and their messages as one atomic change. `lost_race`: another
   * writer was faster, or what had to be consumed was not open: read again.
   */
  change(
    before: Account,
    events: readonly AccountEvent[],
    circumstances: Circumstances,
    effects?: Effects,
  ): Promise<'changed' | 'lost_race' | 'last_admin' | 'email_taken'>;
  /** Another hash of the same password, while `before` is the one that counts. */
  renewPasswordHash(id: string, before: string, after: string): Promise<void>;
  /** As the API answers it, straight from the row. */
  summary(id: string): Promise<AccountSummary | undefined>;
}

export type AccountSummary = Readonly<{
  id: string;
  username: string;
  email: string;
  email_verified: boolean;
  full_name: string | null;
  phone_number: string | null;
  roles: AccountRole[];
  language: Language;
  created_at: string;
}>;

export interface Erasures {
  /**
   * Closes an account for good and says so, once a message; or says that it stays, since it is the last
   * active administrator. Nobody else may take the user name, which is kept as `usernameHash`.
   */
  close(
    erasure: Readonly<{ erasureId: string; accountId: string; usernameHash: string }>,
    delivery: Delivery,
  ): Promise<void>;
}

export interface Profiles {
  /** Keeps what users says of an account when it is newer than what is kept: once is as good as twice. */
  follow(
    profile: Readonly<{
      accountId: string;
      version: number;
      fullName: string | null;
      phoneNumber: string | null;
      language: Language;
    }>,
  ): Promise<void>;
}

/** How an account is named when its holder signs in; in canonical form. */
export type SignInName = Readonly<{ kind: 'email' | 'username'; value: string }>;

export interface SignIns {
  /** One round trip; `triesKeys` are what failed tries were counted under. */
  find(
    name: SignInName,
    triesKeys: readonly string[],
  ): Promise<Readonly<{ account: Account | undefined; lockedUntil: Date | null }>>;
  /**
   * Without a session the password is only noted as right. False when the name is locked or the
   * account changed since it was read.
   */
  open(
    account: Account,
    triesKey: string,
    session: NewSession | undefined,
    circumstances: Circumstances,
  ): Promise<boolean>;
  /**
   * Ends the session whose holder proved the password again, and opens `session` in its place, which
   * ends when that one would have. False: as for `open`, or there was nothing to end any more.
   */
  stepUp(
    account: Account,
    triesKey: string,
    sessionId: string,
    session: NewSession,
    circumstances: Circumstances,
  ): Promise<boolean>;
  /**
   * Counts a failed try, also for a name that nobody has. Answers until when the name is locked
   * when it was locked already, so that tries that race are told nothing.
   */
  countFailure(
    triesKey: string,
    accountId: string | null,
    circumstances: Circumstances,
  ): Promise<Readonly<{ wasLockedUntil: Date | null }>>;
  /** Until when failed tries keep these keys from trying; null when they do not. */
  lockedUntil(triesKeys: readonly string[]): Promise<Date | null>;
}

export type Letter = Readonly<{
  challengeId: string;
  purpose: ChallengePurpose;
  email: string;
  username: string;
  fullName: string | null;
  language: Language;
  /** Of the secret in its link, hexadecimal; null for codes and notices. */
  secretHash: string | null;
  /** Whether a failed delivery may still be repeated usefully. */
  expiresAt: Date;
}>;

/** A challenge with its account. */
export type Challenged = Readonly<{ challengeId: string; account: Account }>;

/** A change of address under way: its two codes, and where the account shall move. */
export type EmailChange = Readonly<{
  account: Account;
  fromId: string;
  toId: string;
  address: string;
}>;

/** Who has just registered here, by address: most come back with their code in a moment. */
export type Newcomers = Recent<Challenged>;

export interface Challenges {
  /** The open code of an address or of a challenge. */
  findCode(
    by: Readonly<{ email: string }> | Readonly<{ challengeId: string }>,
  ): Promise<Challenged | undefined>;
  /** The open reset link whose secret has this hash, with its account. */
  findLink(
    secretHash: string,
  ): Promise<Readonly<{ challengeId: string; account: Account }> | undefined>;
  /**
   * Begins to move an account: a code for its own address and one for the new. When somebody has that
   * already, its holder is told instead, and the caller is not. Same statement, same work.
   */
  requestEmailChange(
    accountId: string,
    challenges: Readonly<{ from: NewChallenge; to: NewChallenge; notice: NewChallenge }>,
    circumstances: Circumstances,
  ): Promise<void>;
  /** The open change of this account. */
  findEmailChange(accountId: string): Promise<EmailChange | undefined>;
  /** Counts a wrong code; does the same work for a challenge that does not exist. */
  countMiss(challengeId: string, circumstances: Circumstances): Promise<void>;
  /**
   * Begins a challenge of the account with this address and asks for its mail, unless there is no
   * such account, its mails of the hour are spent, or (for codes) its address is proven. The caller
   * is not told which. `too_many`: so many were asked for from this address of the network, whoever's.
   */
  request(
    email: string,
    challenge: NewChallenge,
    circumstances: Circumstances,
  ): Promise<'requested' | 'too_many'>;
}

export interface Letters {
  /**
   * Takes the mail of a challenge for sending, once a delivery; a timer is stored with it, so that
   * a process that dies leaves it to another. Undefined: taken before, or no longer wanted.
   */
  take(challengeId: string, delivery: Delivery): Promise<Letter | undefined>;
  /** The mail again, for the timer. */
  find(challengeId: string): Promise<Letter | undefined>;
  /** The mail is out, or never will be: its timer goes soon. */
  done(challengeId: string): void;
}

export type RotatedSession = Readonly<{
  sessionId: string;
  authenticatedAt: Date;
  methods: readonly ProofMethod[];
  account: Account;
}>;

export interface Sessions {
  /**
   * Uses `refreshHash` up for `nextHash`, which is derived from it, so that its direct successor is
   * always the same. Within the grace, while the successor is unused, a token may come again: its
   * answer was lost on the way, or two tabs asked at once. Undefined: not good, for whatever reason.
   */
  rotate(refreshHash: string, nextHash: string): Promise<RotatedSession | undefined>;
  /** Ends the family of a token that was used before; says whether there was one. */
  endReused(refreshHash: string): Promise<boolean>;
  endByRefresh(refreshHash: string): Promise<void>;
  end(sessionId: string): Promise<void>;
  /** Whether tokens of this session still hold. */
  isAlive(sessionId: string): Promise<boolean>;
  /** The living ones of an account, the one used last first; 100 at most. */
  list(accountId: string): Promise<readonly SessionSummary[]>;
  /** Ends one of this account; false when it has no such living one. */
  endOwn(accountId: string, sessionId: string, circumstances: Circumstances): Promise<boolean>;
  /** What others who verify tokens must know. */
  truth: TruthOfSessions;
}

export type SessionSummary = Readonly<{
  id: string;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
  ip: string;
  device: Readonly<{ browser: string | null; system: string | null; kind: string | null }>;
}>;

export interface SetupLinks {
  /** Replaces the link before; false when an administrator exists. */
  create(tokenHash: string, expiresAt: Date): Promise<boolean>;
  /** Whether the link with this hash can be used now. */
  isOpen(tokenHash: string): Promise<boolean>;
}

export interface Passwords {
  /** Argon2id in PHC form. Raises `identity.busy` when too many wait. */
  hash(password: string): Promise<string>;
  /** Does the same work without a hash, and then answers false. */
  matches(password: string, hash: string | undefined): Promise<boolean>;
  /** Whether `hash` would be made otherwise today. */
  isOutdated(hash: string): boolean;
}

/** By the current key, and by those before, for what they made. */
export type OfEachKey<T> = readonly [current: T, ...former: T[]];

/** Secrets that are drawn or derived; hashes are hexadecimal SHA-256. */
export interface Secrets {
  /** 256 random bits for one use. */
  newToken(): Readonly<{ token: string; hash: string }>;
  hashOf(token: string): string;
  /** The one token that follows this refresh token, with its hash. */
  successorsOf(token: string): OfEachKey<Readonly<{ token: string; hash: string }>>;
  /** The digits that prove the mail of this challenge was read. */
  codeOf(challengeId: string, purpose: ChallengePurpose): string;
  /** Whether these are the digits, in a time that does not depend on where they differ. */
  isCodeOf(challengeId: string, purpose: ChallengePurpose, given: string): boolean;
  /** The token in the link of this challenge. */
  linkTokensOf(challengeId: string): OfEachKey<string>;
  /** What failed tries are counted under: of a name, or of a signed-in account. */
  triesKeysOf(of: SignInName | Readonly<{ kind: 'account'; value: string }>): OfEachKey<string>;
  /** A user name as it is kept when its holder was forgotten; hexadecimal. */
  erasedNamesOf(username: string): OfEachKey<string>;
}

export type TokenClaims = Readonly<{
  sub: string;
  roles: readonly string[];
  email_verified: boolean;
  sid?: string;
  epoch?: number;
  auth_time: number;
  /** How the holder of the session proved who they are. */
  amr?: readonly ProofMethod[];
  /** Of a token that is for less than all. */
  scope?: string;
}>;

/** A token that was checked; times are seconds since the epoch. */
export type CheckedToken = TokenClaims &
  Readonly<{ iss: string; aud: string; iat: number; exp: number; jti: string }>;

export interface AccessTokens {
  /** Lives as long as the installation says, or `lifeMinutes`. */
  sign(
    claims: TokenClaims,
    lifeMinutes?: number,
  ): Promise<Readonly<{ token: string; expiresInSeconds: number }>>;
  /** The claims of a good token; undefined for any other. */
  check(token: string): Promise<CheckedToken | undefined>;
  /** Public keys as a JWK set: the one that signs, the next, and those that may still be met. */
  publicKeys(): Promise<Readonly<{ keys: readonly object[] }>>;
  /** Signs with the next key from now on, and publishes one more. */
  rotate(): Promise<void>;
  /** Forgets keys that no living token can name. */
  retire(): Promise<void>;
}

export interface CleanUp {
  /** Deletes sessions, tries and history past their time; sets its own next run. */
  run(): Promise<void>;
}
