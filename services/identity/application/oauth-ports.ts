import type { Scope } from '#shared/kernel/scopes.ts';
import type { OAuthClient } from '../domain/oauth-client.ts';
import type { Circumstances } from './ports.ts';

/** However often it is refreshed, an authorization of an application ends after this long. */
export const grantLifeDays = 30;

export interface OAuthClients {
  /** `secretHash` is hexadecimal; null for public applications. False: the owner cannot sign in. */
  create(
    client: OAuthClient,
    secretHash: string | null,
    circumstances: Circumstances,
  ): Promise<boolean>;
  find(id: string): Promise<OAuthClient | undefined>;
  /** Newest first, those older than `before`. */
  list(limit: number, before: string | undefined): Promise<readonly OAuthClient[]>;
  /** Stores `after` on the version before it; `secretHash` undefined leaves the secret as it is. */
  change(
    after: OAuthClient,
    secretHash: string | null | undefined,
    circumstances: Circumstances,
  ): Promise<boolean>;
  /** Ends all that it was given too. False: there is none. */
  remove(id: string, circumstances: Circumstances): Promise<boolean>;
}

/** What an account has let an application do. */
export type Consent = Readonly<{
  clientId: string;
  clientName: string;
  scopes: readonly Scope[];
  givenAt: Date;
}>;

export interface Consents {
  list(accountId: string): Promise<readonly Consent[]>;
  /** Adds to what was given before. */
  give(
    consent: Readonly<{ accountId: string; clientId: string; scopes: readonly string[] }>,
    circumstances: Circumstances,
  ): Promise<void>;
  /**
   * Leaves only these scopes, and ends every grant and token that has others. `wider`: not all of
   * them were given; `none`: there is no consent.
   */
  narrow(
    consent: Readonly<{ accountId: string; clientId: string; scopes: readonly Scope[] }>,
    circumstances: Circumstances,
  ): Promise<'narrowed' | 'wider' | 'none'>;
  /** Ends every grant and token by it. False: there was none. */
  withdraw(accountId: string, clientId: string, circumstances: Circumstances): Promise<boolean>;
}

/** The web server's own request and answer; only the adapter looks into them. */
export type Exchange = Readonly<{ request: unknown; response: unknown }>;

/** An application that waits for an answer of the person at the browser. */
export type PendingAuthorization = Readonly<{
  uid: string;
  step: 'sign-in' | 'consent';
  clientId: string;
  clientName: string;
  /** Where the browser goes afterwards. */
  redirectUri: string;
  scopes: readonly Scope[];
  /** As the application asks (`ui_locales`), best first. */
  languages: readonly string[];
  /** Who it thinks is there (`login_hint`); often empty. */
  nameHint: string;
  /** From the sign-in on. */
  accountId: string | undefined;
}>;

/** Who signed in, and how many times the sessions of that account had been ended by then. */
export type SignedInAccount = Readonly<{ accountId: string; epoch: number }>;

/** The OpenID Connect provider. What it answers to applications is by the RFCs, not by our API. */
export interface AuthorizationServer {
  /** Answers a request of the protocol by itself. */
  handle(exchange: Exchange): Promise<void>;
  /** What the browser of this request was sent here for; undefined: nothing, or it took too long. */
  pending(exchange: Exchange): Promise<PendingAuthorization | undefined>;
  /** Each of these answers where the browser goes next. */
  signedIn(exchange: Exchange, account: SignedInAccount): Promise<string>;
  consented(exchange: Exchange): Promise<string>;
  refused(exchange: Exchange): Promise<string>;
}
