import type { Clock } from '#shared/platform/module.ts';
import { paymentError } from '../../domain/errors.ts';
import { renewAgainAt, renewAt } from '../../domain/seller-link.ts';
import { ProviderUnclear } from '../ports.ts';
import {
  LinkRefused,
  type IssuedTokens,
  type SellerAccounts,
  type SellerLinks,
} from '../seller-link-ports.ts';

type Ports = Readonly<{
  links: SellerLinks;
  accounts: SellerAccounts;
  clock: Clock;
  /** 256 random bits that fit into an address and a cookie. */
  newSecret: () => string;
}>;

/** How long somebody may take to agree. */
const requestMs = 10 * 60_000;

const untilOf = ({ expiresInSeconds }: IssuedTokens, now: Date) => {
  const expiresAt = new Date(now.getTime() + expiresInSeconds * 1_000);
  return { expiresAt, renewAt: renewAt(now, expiresAt) };
};

/** What became of a browser that came back: `linked`, or why not. */
export type LinkOutcome = 'linked' | 'denied' | 'not_asked' | 'taken' | 'refused' | 'unclear';

/** Links the account of a seller at a provider: asks, takes the answer, and ends it. */
export const createLinkSeller = ({ links, accounts, clock, newSecret }: Ports) => ({
  /** Where the seller goes to agree, and what their browser alone keeps until it is back. */
  async begin(sellerId: string): Promise<Readonly<{ url: string; browser: string }>> {
    const [state, browser, verifier] = [newSecret(), newSecret(), newSecret()];
    const expiresAt = new Date(clock().getTime() + requestMs);
    await links.request({ sellerId, state, browser, verifier, expiresAt });
    return { url: accounts.authorizationUrl({ state, verifier }), browser };
  },

  /** The browser is back. The state is used up before the provider is asked, whatever it answers. */
  async complete(
    given: Readonly<{ state: string; browser: string; code: string | undefined }>,
  ): Promise<LinkOutcome> {
    const request = await links.take(given.state, given.browser);
    if (!request) return 'not_asked';
    if (given.code === undefined) return 'denied';
    try {
      const { verifier, sellerId } = request;
      const tokens = await accounts.exchange({ code: given.code, verifier });
      // An account of the other mode would be paid nothing, or real money for a test.
      if (tokens.isLive !== accounts.isLive) return 'refused';
      const stored = await links.store(sellerId, tokens, untilOf(tokens, clock()));
      return stored === 'taken' ? 'taken' : 'linked';
    } catch (error) {
      if (error instanceof LinkRefused) return 'refused';
      if (error instanceof ProviderUnclear) return 'unclear';
      throw error;
    }
  },

  async disconnect(sellerId: string): Promise<void> {
    if (!(await links.end(sellerId, 'disconnected'))) throw paymentError('seller_not_linked');
  },

  /**
   * The timer. A refresh token works once: whoever claims its version renews it, and nobody else asks.
   * What the provider refuses has ended, and the seller is told; what it does not say is tried again.
   */
  async renew(sellerId: string): Promise<void> {
    const now = clock();
    const open = await links.open(sellerId);
    if (!open || !(await links.claim(sellerId, open.version))) return;
    const { version, refreshToken, expiresAt } = open;
    try {
      const tokens = await accounts.renew({ refreshToken, key: `${sellerId}:${version}` });
      await links.renewed(sellerId, version, tokens, untilOf(tokens, clock()));
    } catch (error) {
      if (error instanceof LinkRefused) return void (await links.end(sellerId, 'revoked', version));
      if (!(error instanceof ProviderUnclear)) throw error;
      if (expiresAt <= now) return void (await links.end(sellerId, 'expired', version));
      await links.tryAgain(sellerId, version, renewAgainAt(now, expiresAt));
    }
  },

  /** The provider says that something about links changed: what no longer opens has ended. */
  async check(sellerId: string): Promise<void> {
    const open = await links.open(sellerId);
    if (open && !(await accounts.isAccepted(open.accessToken)))
      await links.end(sellerId, 'revoked', open.version);
  },
});

export type LinkSeller = ReturnType<typeof createLinkSeller>;
