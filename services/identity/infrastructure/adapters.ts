import { longestTokenMinutes } from '#shared/platform/ended-sessions.ts';
import type { Platform } from '#shared/platform/module.ts';
import { createArgon2Passwords } from './argon2-passwords.ts';
import { createDerivedSecrets } from './derived-secrets.ts';
import { createFactorSecrets, createQrCodes } from './factor-secrets.ts';
import { createJoseAccessTokens } from './jose-access-tokens.ts';
import { createPgAccounts } from './pg-accounts.ts';
import { createPgApiKeys } from './pg-api-keys.ts';
import { createPgAuditLog } from './pg-audit-log.ts';
import { createPgChallenges } from './pg-challenges.ts';
import { createPgCleanUp } from './pg-clean-up.ts';
import { loadKeptKeys } from './pg-kept-keys.ts';
import { createPgOAuthClients } from './pg-oauth-clients.ts';
import { createPgConsents } from './pg-oauth-grants.ts';
import { createPgPasskeys } from './pg-passkeys.ts';
import { createPgResealing } from './pg-resealing.ts';
import { createPgSecondFactorPolicies } from './pg-second-factor-policies.ts';
import { createPgSecondFactors } from './pg-second-factors.ts';
import { createPgSecondSteps } from './pg-second-steps.ts';
import { createPgSessions } from './pg-sessions.ts';
import { createPgSetupLinks } from './pg-setup-links.ts';
import { createPgSignIns } from './pg-sign-ins.ts';
import { createPgSigningKeys } from './pg-signing-keys.ts';
import { resealNow } from './reseal-now.ts';
import { createSimpleWebAuthn } from './simple-web-authn.ts';

/**
 * What the handlers stand on. The keys are made here, on the first start of an installation, and made
 * anew when its secret was replaced: a secret that does not belong to the database ends the start.
 */
export const createAdapters = async (platform: Platform) => {
  const { clock, config, log, newId } = platform;
  const longestTokenMs = longestTokenMinutes * 60_000;
  const accessTokens = createJoseAccessTokens({
    keys: createPgSigningKeys({ ...platform, longestTokenMs }),
    clock,
    newId,
    lifeMinutes: config.accessTokenMinutes,
    onStaleKeys: (error) => log.warn({ err: error }, 'signing keys not read again yet'),
  });
  // Before any key is kept: with the wrong secret nothing may be written.
  await accessTokens.publicKeys();
  const deriveKeys = await loadKeptKeys(platform);
  const resealing = createPgResealing(platform);
  if (resealing.isNeeded) await resealNow(resealing, platform);
  const cleanUp = createPgCleanUp(platform);
  await cleanUp.run();
  const sessions = createPgSessions(platform);
  await platform.endedSessions.standOn(sessions.truth);
  const secrets = createDerivedSecrets(deriveKeys);
  const policies = await createPgSecondFactorPolicies({
    ...platform,
    initial: config.secondFactor,
  });
  return {
    clock,
    newId,
    shopName: platform.shopName,
    policies,
    policy: policies.current,
    accessTokens,
    resealing,
    cleanUp,
    sessions,
    secrets,
    passwords: await createArgon2Passwords(),
    accounts: createPgAccounts({
      ...platform,
      erasedNamesOf: (name) => secrets.erasedNamesOf(name),
    }),
    challenges: createPgChallenges(platform),
    signIns: createPgSignIns(platform),
    setupLinks: createPgSetupLinks(platform),
    auditLog: createPgAuditLog(platform),
    apiKeys: createPgApiKeys(platform),
    clients: createPgOAuthClients(platform),
    consents: createPgConsents(platform),
    factorSecrets: createFactorSecrets(deriveKeys),
    secondFactors: createPgSecondFactors(platform),
    secondSteps: createPgSecondSteps(platform),
    qrCodes: createQrCodes(),
    passkeys: createPgPasskeys(platform),
    webAuthn: createSimpleWebAuthn(),
  };
};

export type Adapters = Awaited<ReturnType<typeof createAdapters>>;
