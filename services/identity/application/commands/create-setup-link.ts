import type { Clock } from '#shared/platform/module.ts';
import { identityError } from '../../domain/account.ts';
import type { Secrets, SetupLinks } from '../ports.ts';

const lifeMs = 30 * 60_000;

type Ports = Readonly<{ setupLinks: SetupLinks; secrets: Secrets; clock: Clock }>;

export type CreateSetupLinkHandler = () => Promise<Readonly<{ token: string; expiresAt: string }>>;

/** The one-time token that makes the first administrator; the link before it stops working. */
export const createSetupLinkMaker =
  ({ setupLinks, secrets, clock }: Ports): CreateSetupLinkHandler =>
  async () => {
    const { token, hash } = secrets.newToken();
    const expiresAt = new Date(clock().getTime() + lifeMs);
    if (!(await setupLinks.create(hash, expiresAt))) throw identityError('admin_exists');
    return { token, expiresAt: expiresAt.toISOString() };
  };
