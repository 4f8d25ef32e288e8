import { personalDataContracts as contracts } from '#contracts/personal-data.ts';
import { createBatching } from '#shared/platform/gather.ts';
import { createRecent } from '#shared/kernel/recent.ts';
import { personalDataReactions } from '#shared/personal-data/personal-data.ts';
import { longestTokenMinutes } from '#shared/platform/ended-sessions.ts';
import type { Platform, RunningModule, ServiceModule } from '#shared/platform/module.ts';
import { identityRootRoutes, identityRoutes, type IdentityHandlers } from './api/routes.ts';
import { createAfterPassword } from './application/after-password.ts';
import { createChallengeMaker } from './application/challenges.ts';
import {
  createConfirmEmailChange,
  createRequestEmailChange,
} from './application/commands/change-email.ts';
import { newApiKey } from '#shared/http/api-keys.ts';
import { createApiKeyMaker } from './application/commands/create-api-key.ts';
import { createRevokeApiKey } from './application/commands/revoke-api-key.ts';
import { createCheckApiKey } from './application/queries/check-api-key.ts';
import { errorPageIn } from './api/authorization-pages.ts';
import { createClientHandlers } from './application/commands/change-clients.ts';
import { createSignInForApplication } from './application/commands/sign-in-for-application.ts';
import { createNarrowConsent } from './application/commands/narrow-consent.ts';
import { createWithdrawConsent } from './application/commands/withdraw-consent.ts';
import { createUserInfo } from './application/queries/user-info.ts';
import { createAuthorizationServer } from './infrastructure/create-authorization-server.ts';
import { createPgOAuthClients } from './infrastructure/pg-oauth-clients.ts';
import { createPgConsents } from './infrastructure/pg-oauth-grants.ts';
import { createPgApiKeys } from './infrastructure/pg-api-keys.ts';
import { createChangePassword } from './application/commands/change-password.ts';
import { createChangeStanding } from './application/commands/change-standing.ts';
import {
  createAccountMaker,
  createAdminMaker,
  createSetUp,
} from './application/commands/create-admin.ts';
import { createSetupLinkMaker } from './application/commands/create-setup-link.ts';
import { createEndSession } from './application/commands/end-session.ts';
import {
  createEnableEmailFactor,
  createRemoveSecondFactors,
  createRenewRecoveryCodes,
} from './application/commands/change-second-factors.ts';
import { createConfirmTotp, createStartTotp } from './application/commands/enrol-totp.ts';
import { createLogin } from './application/commands/login.ts';
import { createLogout } from './application/commands/logout.ts';
import { createMailSecondStepCode } from './application/commands/mail-second-step-code.ts';
import { createRefresh } from './application/commands/refresh.ts';
import {
  createBeginPasskey,
  createRegisterPasskey,
} from './application/commands/register-passkey.ts';
import { createRegister } from './application/commands/register.ts';
import { createRequestChallenge } from './application/commands/request-challenge.ts';
import { createResetPassword } from './application/commands/reset-password.ts';
import {
  createAskForPasskey,
  createSignInWithPasskey,
} from './application/commands/sign-in-with-passkey.ts';
import { createBeginStepUp, createStepUp } from './application/commands/step-up.ts';
import { createVerifyEmail } from './application/commands/verify-email.ts';
import { createCheckSession } from './application/queries/check-session.ts';
import { createCheckToken } from './application/queries/check-token.ts';
import { createMyAccount } from './application/queries/my-account.ts';
import { createVerifyAuditLog } from './application/queries/verify-audit-log.ts';
import { createVerifySecondStep } from './application/commands/verify-second-step.ts';
import { createFactorEnabler } from './application/enabled-factor.ts';
import { createPasskeyJudge } from './application/passkey-proof.ts';
import { createMySecondFactors } from './application/queries/my-second-factors.ts';
import { createSetupLinkOpen } from './application/queries/setup-link-open.ts';
import { followProfileWhenUpdated } from './application/reactions/follow-profile-when-updated.ts';
import { closeAccountWhenErasureRequested } from './application/reactions/close-account-when-erasure-requested.ts';
import { createHousekeeping } from './application/reactions/keep-house-when-due.ts';
import { recordStaffActs } from './application/reactions/record-staff-act.ts';
import { createSendLetter } from './application/reactions/send-letter-when-code-requested.ts';
import type { AuditLog, RecordedAct } from './application/audit.ts';
import type { Challenged } from './application/ports.ts';
import { createSecondStepJudge } from './application/second-step.ts';
import { createSessionOpener } from './application/signed-in.ts';
import { createArgon2Passwords } from './infrastructure/argon2-passwords.ts';
import { createDerivedSecrets } from './infrastructure/derived-secrets.ts';
import { createFactorSecrets, createQrCodes } from './infrastructure/factor-secrets.ts';
import { createJoseAccessTokens } from './infrastructure/jose-access-tokens.ts';
import { createPgAuditLog } from './infrastructure/pg-audit-log.ts';
import { createPgAccounts } from './infrastructure/pg-accounts.ts';
import { createPgChallenges } from './infrastructure/pg-challenges.ts';
import { cleanUpDeadline, createPgCleanUp } from './infrastructure/pg-clean-up.ts';
import { createPgErasures, identityHeldData } from './infrastructure/pg-erasures.ts';
import { createPgLetters, letterDeadline } from './infrastructure/pg-letters.ts';
import { createPgProfiles } from './infrastructure/pg-profiles.ts';
import { createPgPasskeys } from './infrastructure/pg-passkeys.ts';
import { createPgSecondFactors } from './infrastructure/pg-second-factors.ts';
import { createPgSecondSteps } from './infrastructure/pg-second-steps.ts';
import { createPgSessions } from './infrastructure/pg-sessions.ts';
import { createPgSetupLinks } from './infrastructure/pg-setup-links.ts';
import { createPgSignIns } from './infrastructure/pg-sign-ins.ts';
import {
  createPgSigningKeys,
  retireDeadline,
  rotateDeadline,
} from './infrastructure/pg-signing-keys.ts';

import { createRelyingParty } from './infrastructure/relying-party.ts';
import { createSimpleWebAuthn } from './infrastructure/simple-web-authn.ts';

export { createOperatorTokens } from './infrastructure/operator-tokens.ts';

/** Whose code has not come back yet; the older ones are read. */
const newcomersMax = 1_000;

/** What the handlers stand on. The keys are made here, on the first start of an installation. */
const createParts = async (platform: Platform) => {
  const { clock, config, log, newId } = platform;
  const longestTokenMs = longestTokenMinutes * 60_000;
  const accessTokens = createJoseAccessTokens({
    keys: createPgSigningKeys({ ...platform, longestTokenMs }),
    clock,
    newId,
    lifeMinutes: config.accessTokenMinutes,
    onStaleKeys: (error) => log.warn({ err: error }, 'signing keys not read again yet'),
  });
  await accessTokens.publicKeys();
  const cleanUp = createPgCleanUp(platform);
  await cleanUp.run();
  const sessions = createPgSessions(platform);
  await platform.endedSessions.standOn(sessions.truth);
  const secrets = createDerivedSecrets(platform.deriveKey);
  return {
    clock,
    newId,
    policy: config.secondFactor,
    accessTokens,
    cleanUp,
    sessions,
    secrets,
    passwords: await createArgon2Passwords(),
    accounts: createPgAccounts({ ...platform, erasedNameOf: (name) => secrets.erasedNameOf(name) }),
    challenges: createPgChallenges(platform),
    signIns: createPgSignIns(platform),
    setupLinks: createPgSetupLinks(platform),
    auditLog: createPgAuditLog(platform),
    opener: createSessionOpener({ secrets, accessTokens, clock, newId }),
    newcomers: createRecent<Challenged>(newcomersMax),
    newChallenge: createChallengeMaker({ secrets, clock, newId }),
  };
};

/** Handlers of second factors, and what a right password leads to. */
const createFactorHandlers = (
  parts: Awaited<ReturnType<typeof createParts>>,
  platform: Platform,
) => {
  const factorParts = {
    ...parts,
    sessions: parts.opener,
    factorSecrets: createFactorSecrets(platform.deriveKey),
    secondFactors: createPgSecondFactors(platform),
    secondSteps: createPgSecondSteps(platform),
    qrCodes: createQrCodes(),
    passkeys: createPgPasskeys(platform),
    webAuthn: createSimpleWebAuthn(),
  };
  const judgePasskey = createPasskeyJudge(factorParts);
  const judge = createSecondStepJudge({ ...factorParts, judgePasskey });
  const withPasskeys = { ...factorParts, judgePasskey };
  const enabling = { ...factorParts, enable: createFactorEnabler(factorParts) };
  return {
    afterPassword: createAfterPassword(factorParts),
    handlers: {
      verifySecondStep: createVerifySecondStep({ ...factorParts, judge }),
      mailSecondStepCode: createMailSecondStepCode(factorParts),
      beginStepUp: createBeginStepUp({ ...factorParts, judge }),
      stepUp: createStepUp({ ...factorParts, judge }),
      beginPasskey: createBeginPasskey(enabling),
      registerPasskey: createRegisterPasskey(enabling),
      askForPasskey: createAskForPasskey(withPasskeys),
      signInWithPasskey: createSignInWithPasskey(withPasskeys),
      relyingParty: createRelyingParty(platform.config),
      mySecondFactors: createMySecondFactors(factorParts.secondFactors),
      startTotp: createStartTotp(enabling),
      confirmTotp: createConfirmTotp(enabling),
      enableEmailFactor: createEnableEmailFactor(enabling),
      removeSecondFactors: createRemoveSecondFactors(enabling),
      renewRecoveryCodes: createRenewRecoveryCodes(enabling),
    },
  };
};

const createHandlers = (
  parts: Awaited<ReturnType<typeof createParts>>,
  platform: Platform,
): IdentityHandlers => {
  const { sessions } = parts;
  const withOpener = { ...parts, sessions: parts.opener };
  const apiKeys = createPgApiKeys(platform);
  const consents = createPgConsents(platform);
  const { afterPassword, handlers } = createFactorHandlers(parts, platform);
  const login = createLogin({ ...parts, afterPassword });
  const myAccount = createMyAccount(parts.accounts);
  const errorPage = errorPageIn(platform.config.language);
  const { verifySecondStep, mailSecondStepCode } = handlers;
  const authorization = {
    server: createAuthorizationServer(platform, { ...parts, errorPage }),
    signIn: createSignInForApplication({ ...parts, login, verifySecondStep, sessions }),
    mailSecondStepCode,
    consents,
    myAccount,
  };
  return {
    ...handlers,
    register: createRegister(parts),
    verifyEmail: createVerifyEmail(withOpener),
    resendCode: createRequestChallenge('verify_email', parts),
    login,
    refresh: createRefresh(parts),
    logout: createLogout(parts),
    forgotPassword: createRequestChallenge('reset_password', parts),
    resetPassword: createResetPassword(parts),
    changePassword: createChangePassword(parts),
    requestEmailChange: createRequestEmailChange(parts),
    confirmEmailChange: createConfirmEmailChange(parts),
    changeStanding: createChangeStanding(parts),
    createAccount: createAccountMaker(parts),
    createAdmin: createAdminMaker(parts),
    createSetupLink: createSetupLinkMaker(parts),
    setUp: createSetUp(withOpener),
    myAccount,
    checkToken: createCheckToken(parts),
    listSessions: (accountId) => sessions.list(accountId),
    endSession: createEndSession(sessions),
    listAudit: (filter) => parts.auditLog.list(filter),
    verifyAudit: createVerifyAuditLog(parts.auditLog),
    checkSession: createCheckSession(sessions, platform.endedSessions),
    isSetupLinkOpen: createSetupLinkOpen(parts),
    createApiKey: createApiKeyMaker({ ...parts, apiKeys, newApiKey }),
    revokeApiKey: createRevokeApiKey(apiKeys),
    listApiKeys: (accountId) => apiKeys.list(accountId),
    checkApiKey: createCheckApiKey(apiKeys),
    clients: createClientHandlers({ ...parts, clients: createPgOAuthClients(platform) }),
    narrowConsent: createNarrowConsent(consents),
    withdrawConsent: createWithdrawConsent(consents),
    userInfo: createUserInfo(parts.accounts),
    authorization,
    publicKeys: async () => ({
      ...(await parts.accessTokens.publicKeys()),
      issuer: platform.publicUrl(),
    }),
  };
};

/** Nobody waits for the record of an act: what comes within this long shares a statement. */
const actsTogether = { everyMs: 50, max: 50 } as const;
const sealEveryMs = 1_000;

/** Seals what is new every second; what is not sealed when the process dies is sealed by the next. */
const sealAuditLog = (auditLog: AuditLog, log: Platform['log']): (() => Promise<void>) => {
  let sealing = Promise.resolve();
  const seal = (): void => {
    sealing = sealing
      .then(() => auditLog.seal())
      .catch((error: unknown) => log.warn({ err: error }, 'audit log not sealed yet'));
  };
  const timer = setInterval(seal, sealEveryMs);
  return async () => {
    clearInterval(timer);
    await sealing;
  };
};

export const identityModule: ServiceModule = {
  name: 'identity',
  migrations: [
    new URL('../../shared/messaging/migrations/', import.meta.url),
    new URL('./infrastructure/migrations/', import.meta.url),
  ],
  async start(platform): Promise<RunningModule> {
    const { config, log, mail } = platform;
    const parts = await createParts(platform);
    const handlers = createHandlers(parts, platform);
    const write = async (acts: readonly RecordedAct[]): Promise<readonly void[]> => {
      await parts.auditLog.record(acts);
      return acts.map(() => undefined);
    };
    const sending = createSendLetter({
      ...parts,
      letters: createPgLetters(platform),
      mail,
      publicUrl: platform.publicUrl,
      deadline: letterDeadline,
      onUnsent: (id, error) => log.warn({ err: error, challenge_id: id }, 'mail not sent'),
    });
    const housekeeping = createHousekeeping(parts, {
      rotate: rotateDeadline,
      retire: retireDeadline,
      cleanUp: cleanUpDeadline,
    });
    return {
      routes: [identityRoutes(handlers, config.language)],
      rootRoutes: identityRootRoutes(handlers, config.language),
      reactions: [
        sending.reaction,
        ...recordStaffActs(createBatching({ ...actsTogether, write })),
        followProfileWhenUpdated(createPgProfiles(platform)),
        closeAccountWhenErasureRequested({ ...parts, erasures: createPgErasures(platform) }),
        ...personalDataReactions({
          platform,
          context: 'identity',
          contracts,
          held: identityHeldData(platform),
        }),
      ],
      deadlines: [sending.deadline, ...housekeeping],
      work: () => sealAuditLog(parts.auditLog, log),
    };
  },
};
