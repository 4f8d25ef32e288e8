import { existsSync } from 'node:fs';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);

/** Why there is no browser to test with; false when there is one, or must be. */
export const skipWithoutChromium =
  executablePath === undefined && process.env['CI'] === undefined
    ? 'there is no Chromium to test with (Debian: apt-get install chromium)'
    : false;

export const openTestBrowser = async (): Promise<Browser> => {
  if (executablePath === undefined) throw new Error('there is no Chromium to test with');
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  return chromium.launch({ executablePath, args });
};

/** A credential as the virtual authenticator keeps it. */
type VirtualCredential = Awaited<ReturnType<typeof credentialsOf>>[number];
const credentialsOf = async (session: CDPSession, authenticatorId: string) =>
  (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials;

/** An authenticator inside the browser: it makes real keys and signs with them. */
export const addVirtualAuthenticator = async (page: Page) => {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const plug = async (): Promise<string> => {
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return authenticatorId;
  };
  let authenticatorId = await plug();
  return {
    credentials: () => credentialsOf(session, authenticatorId),
    /** Whether its holder shows a finger or types the PIN. */
    setUserVerified: (isUserVerified: boolean) =>
      session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    /** Another authenticator in its place, with a copy of one credential in an older state. */
    replaceByCopy: async (credential: VirtualCredential, signCount: number): Promise<void> => {
      await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
      authenticatorId = await plug();
      await session.send('WebAuthn.addCredential', {
        authenticatorId,
        credential: { ...credential, signCount },
      });
    },
  };
};
