import type { Secrets, SetupLinks } from '../ports.ts';

export type SetupLinkOpenQuery = (token: string) => Promise<boolean>;

/** Whether a setup token can be used now; says nothing about why not. */
export const createSetupLinkOpen =
  (ports: Readonly<{ setupLinks: SetupLinks; secrets: Secrets }>): SetupLinkOpenQuery =>
  (token) =>
    ports.setupLinks.isOpen(ports.secrets.hashOf(token));
