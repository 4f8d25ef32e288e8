import type { LinkEnd, SellerLink, SellerTokens } from '../domain/seller-link.ts';

export type IssuedTokens = SellerTokens &
  Readonly<{
    /** The seller's id there. */
    account: string;
    isLive: boolean;
    expiresInSeconds: number;
  }>;

/** The provider's own answer: this code, token or consent is none (any more). */
export class LinkRefused extends Error {
  override readonly name = 'LinkRefused';
}

/**
 * Accounts of sellers at a provider, by OAuth 2. Throws `LinkRefused` for what the provider does not
 * accept, and `ProviderUnclear` when it does not say.
 */
export interface SellerAccounts {
  readonly provider: string;
  readonly isLive: boolean;
  /** Where the seller agrees; of the verifier only its challenge goes there (PKCE, S256). */
  authorizationUrl(request: Readonly<{ state: string; verifier: string }>): string;
  /** A code works once. */
  exchange(request: Readonly<{ code: string; verifier: string }>): Promise<IssuedTokens>;
  /** The old pair has ended when this answers, whether the answer arrives or not. */
  renew(request: Readonly<{ refreshToken: string; key: string }>): Promise<IssuedTokens>;
  /** Whether the token still opens the account. */
  isAccepted(accessToken: string): Promise<boolean>;
}

export interface SellerLinks {
  find(sellerId: string): Promise<SellerLink | undefined>;
  /** Keeps that a seller was sent away to agree; an earlier request of theirs is worth nothing then. */
  request(
    request: Readonly<{
      sellerId: string;
      state: string;
      browser: string;
      verifier: string;
      expiresAt: Date;
    }>,
  ): Promise<void>;
  /** Whom a state is of, and the verifier, once; undefined for what is unknown, old or another browser's. */
  take(
    state: string,
    browser: string,
  ): Promise<Readonly<{ sellerId: string; verifier: string }> | undefined>;
  /** `taken`: another seller has linked this account. */
  store(
    sellerId: string,
    tokens: IssuedTokens,
    until: Readonly<{ expiresAt: Date; renewAt: Date }>,
  ): Promise<'stored' | 'taken'>;
  /** The tokens of a link that has not ended, and its version. */
  open(
    sellerId: string,
  ): Promise<(SellerTokens & Readonly<{ version: number; expiresAt: Date }>) | undefined>;
  /** What opens this account there now; undefined where no seller has it linked. */
  tokenOf(account: string): Promise<string | undefined>;
  /**
   * Takes the renewal of this version for one process; false: another has it, or it is renewed. A claim
   * that nobody ended is free again after some minutes.
   */
  claim(sellerId: string, version: number): Promise<boolean>;
  /** Stores the new pair in place of the version that was claimed; false: the link ended meanwhile. */
  renewed(
    sellerId: string,
    version: number,
    tokens: IssuedTokens,
    until: Readonly<{ expiresAt: Date; renewAt: Date }>,
  ): Promise<boolean>;
  /** Gives the claim back, and asks for another try. */
  tryAgain(sellerId: string, version: number, at: Date): Promise<void>;
  /** Ends it once and tells who has to know; with `version` only the link as it was read. */
  end(sellerId: string, because: LinkEnd, version?: number): Promise<boolean>;
  /** Asks for a look at every link that has not ended. */
  checkAll(): Promise<void>;
}
