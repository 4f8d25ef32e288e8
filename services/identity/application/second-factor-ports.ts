import type { Account } from '../domain/account.ts';
import type { FactorKind, SecondFactorPolicy, SecondStepMethod } from '../domain/second-factors.ts';
import type { Circumstances, NewChallenge, NewSession, ProofMethod } from './ports.ts';

/** Secrets of second factors. What is sealed opens only for the account that it was sealed for. */
export interface FactorSecrets {
  /** 128 random bits that name a second step to whoever began it. `hash` is hexadecimal. */
  newStepId(): Readonly<{ id: string; hash: string }>;
  /** A secret for an app, as it is shown once (base 32) and as it is stored. */
  newTotp(accountId: string): Readonly<{ secret: string; sealed: Buffer }>;
  /** Whose step `code` is, among `steps`; undefined when it is of none. */
  totpStepOf(
    accountId: string,
    sealed: Buffer,
    steps: readonly number[],
    code: string,
  ): number | undefined;
  /** Codes as they are shown once; the hashes are keyed, and of this account only. */
  newRecoveryCodes(
    accountId: string,
    count: number,
  ): Readonly<{ codes: readonly string[]; hashes: readonly string[] }>;
  /** As the code is stored, whichever key it was made with. */
  recoveryHashesOf(accountId: string, code: string): readonly string[];
}

/** The policy that counts, and where it comes from; `version` 0 is the environment's. */
export type KeptPolicy = SecondFactorPolicy &
  Readonly<{ version: number; changedAt: Date | null; changedBy: string | null }>;

export interface SecondFactorPolicies {
  /** The policy of this moment: what another process changed is known here within seconds. */
  readonly current: SecondFactorPolicy;
  /** As it is stored now. */
  find(): Promise<KeptPolicy>;
  /**
   * Stores what comes after `version`, with its line in the audit log; undefined when it was changed
   * since. It counts here at once.
   */
  change(
    policy: SecondFactorPolicy,
    version: number,
    circumstances: Circumstances & Readonly<{ actorId: string }>,
  ): Promise<KeptPolicy | undefined>;
  /** Reads what other processes have changed. */
  refresh(): Promise<void>;
}

export interface QrCodes {
  /** As one SVG document. */
  svg(text: string): Promise<string>;
}

export type NewPasskey = Readonly<{
  credentialId: Buffer;
  publicKey: Buffer;
  counter: number;
  transports: readonly string[];
  name: string;
  isSynced: boolean;
}>;

/** Whose passkeys they are: a domain, and the exact origins of the pages that may use them. */
export type RelyingParty = Readonly<{ id: string; origins: readonly string[] }>;

/** As `PublicKeyCredential.toJSON` of a browser has them (WebAuthn 3, 5.1.8), in base 64 url. */
export type PasskeyRegistration = Readonly<{
  id: string;
  rawId: string;
  type: 'public-key';
  response: Readonly<{
    clientDataJSON: string;
    attestationObject: string;
    transports?: readonly string[];
  }>;
}>;
export type PasskeyAssertion = Readonly<{
  id: string;
  rawId: string;
  type: 'public-key';
  response: Readonly<{
    clientDataJSON: string;
    authenticatorData: string;
    signature: string;
    userHandle?: string | null;
  }>;
}>;

export type StoredPasskey = Readonly<{
  id: string;
  credentialId: Buffer;
  publicKey: Buffer;
  counter: number;
}>;
export type KnownCredential = Readonly<{ credentialId: Buffer; transports: readonly string[] }>;

export interface WebAuthn {
  /** What was signed, by its own word; undefined when that cannot be read, or is of a frame. */
  challengeOf(clientDataJson: string): string | undefined;
  /** The credential of a registration for this challenge; undefined when anything is wrong. */
  register(
    registration: PasskeyRegistration,
    challenge: string,
    party: RelyingParty,
  ): Promise<Omit<NewPasskey, 'name'> | undefined>;
  /** The counter of a good signature by somebody whom the authenticator verified. */
  verify(
    assertion: PasskeyAssertion,
    challenge: string,
    party: RelyingParty,
    passkey: StoredPasskey,
  ): Promise<Readonly<{ counter: number }> | undefined>;
}

/** Hashes are hexadecimal. A challenge is for one use and ends by itself. */
export interface Passkeys {
  beginSignIn(challengeHash: string, expiresAt: Date): Promise<void>;
  beginRegistration(
    accountId: string,
    challengeHash: string,
    expiresAt: Date,
  ): Promise<Readonly<{ account: Account; known: readonly KnownCredential[] }> | undefined>;
  /** What the account of an open step can sign with; undefined when there is none. */
  beginSecondStep(
    stepHash: string,
    challengeHash: string,
    expiresAt: Date,
  ): Promise<readonly KnownCredential[] | undefined>;
  findRegistration(
    accountId: string,
    challengeHash: string,
  ): Promise<Readonly<{ account: Account; isOpen: boolean }> | undefined>;
  find(
    credentialId: Buffer,
  ): Promise<Readonly<{ passkey: StoredPasskey; account: Account }> | undefined>;
  /** Opens a session by a passkey alone; of many that bring the same signature one succeeds. */
  signIn(
    proof: Extract<UsableProof, { method: 'passkey' }>,
    account: Account,
    session: NewSession,
    circumstances: Circumstances,
  ): Promise<boolean>;
  /** `copied`: its counter did not grow, so there are two of it. */
  noteRefusal(
    why: 'wrong' | 'copied',
    accountId: string | null,
    circumstances: Circumstances,
  ): Promise<void>;
}

/** What must be true and is stored together with a factor that is enabled. */
export type FactorProof =
  | Readonly<{ kind: 'totp'; id: string; step: number }>
  | Readonly<{ kind: 'passkey'; id: string; passkey: NewPasskey; challengeHash: string }>;

/** A secret that its holder has not confirmed yet. */
export type PendingTotp = Readonly<{ id: string; sealed: Buffer; createdAt: Date }>;

/** As the API answers them. */
export type FactorList = Readonly<{
  items: readonly Readonly<{
    id: string;
    kind: FactorKind;
    name: string | null;
    created_at: string;
    last_used_at: string | null;
  }>[];
  recovery_codes_left: number;
}>;

export interface SecondFactors {
  list(accountId: string): Promise<FactorList | undefined>;
  /** False when the account has no such passkey. */
  renamePasskey(
    passkey: Readonly<{ accountId: string; factorId: string; name: string }>,
    circumstances: Circumstances,
  ): Promise<boolean>;
  /** Replaces one that was never confirmed; false when a confirmed one is there. */
  startTotp(accountId: string, totp: Readonly<{ id: string; sealed: Buffer }>): Promise<boolean>;
  findPendingTotp(
    accountId: string,
  ): Promise<Readonly<{ account: Account; totp: PendingTotp | undefined }> | undefined>;
}

/** What a second step waits for; `idHash` is hexadecimal. */
export type NewSecondStep = Readonly<{
  idHash: string;
  expiresAt: Date;
  /** Mailed at once, for who has no other way. */
  mail: NewChallenge | undefined;
}>;

export type SecondStep = Readonly<{
  idHash: string;
  purpose: 'sign_in' | 'step_up';
  /** Of a step-up. */
  sessionId: string | null;
  account: Account;
  /** The confirmed app. */
  totp: Readonly<{ id: string; sealed: Buffer; lastStep: number }> | undefined;
  /** The mail whose code counts. */
  mailId: string | null;
}>;

/** A proof that is right as far as can be told without using it up. */
export type UsableProof =
  | Readonly<{ method: 'totp'; factorId: string; step: number }>
  | Readonly<{ method: 'email'; mailId: string }>
  | Readonly<{ method: 'recovery_code'; hashes: readonly string[] }>
  | Readonly<{ method: 'passkey'; passkeyId: string; counter: number; challengeHash: string }>;

export interface SecondSteps {
  /**
   * Takes the place of the account's step before. False when the name of the sign-in is locked, or
   * the account changed since it was read.
   */
  beginSignIn(
    account: Account,
    triesKey: string,
    step: NewSecondStep,
    circumstances: Circumstances,
  ): Promise<boolean>;
  /** For a session that is alive; false when it is not. */
  beginStepUp(
    account: Account,
    sessionId: string,
    step: NewSecondStep,
    circumstances: Circumstances,
  ): Promise<boolean>;
  /**
   * Mails a code for the open step. `too_many`: one was mailed a moment ago, or the mails of the
   * hour are spent for this account or this address of the network (reliability A3).
   */
  mail(
    idHash: string,
    mail: NewChallenge,
    circumstances: Circumstances,
  ): Promise<'mailed' | 'too_many' | 'not_open'>;
  /** The open step of this id. */
  find(idHash: string): Promise<SecondStep | undefined>;
  /**
   * Uses step and proof up and opens the session, all or nothing: of many that bring the same proof
   * one succeeds. Five wrong ones and a hundred in a row end what a code can do.
   */
  passSignIn(
    step: SecondStep,
    proof: UsableProof,
    session: NewSession,
    circumstances: Circumstances,
  ): Promise<boolean>;
  /**
   * As `passSignIn`, in place of the session that the step names, which ends. False also when that has
   * ended before.
   */
  passStepUp(
    step: SecondStep,
    proof: UsableProof,
    session: NewSession,
    circumstances: Circumstances,
  ): Promise<boolean>;
  /** Counts a wrong proof; does the same work for a step that does not exist. */
  countMiss(
    idHash: string,
    method: SecondStepMethod,
    accountId: string | null,
    circumstances: Circumstances,
  ): Promise<void>;
}

export const proofMethodOf: Readonly<Record<SecondStepMethod, ProofMethod>> = {
  totp: 'otp',
  email: 'email',
  passkey: 'hwk',
  recovery_code: 'rc',
};
