import { personalDataContracts as contracts } from '#contracts/personal-data.ts';
import { createBatching } from '#shared/platform/gather.ts';
import { createRecent } from '#shared/kernel/recent.ts';
import { personalDataReactions } from '#shared/personal-data/personal-data.ts';
import { keepChained } from '#shared/platform/keep-chained.ts';
import type { Platform, RunningModule, ServiceModule } from '#shared/platform/module.ts';
import { identityRootRoutes, identityRoutes, type IdentityHandlers } from './api/routes.ts';
import { createFactorHandlers } from './application/factor-handlers.ts';
import { createChallengeMaker } from './application/challenges.ts';
import {
  createConfirmEmailChange,
  createRequestEmailChange,
} from './application/commands/change-email.ts';
import { newApiKey } from '#shared/http/api-keys.ts';
import { createApiKeyMaker } from './application/commands/create-api-key.ts';
import { createRevokeApiKey } from './application/commands/revoke-api-key.ts';
import { createCheckApiKey } from './application/queries/check-api-key.ts';
import { createBeginShop, createSetupSituation } from './application/begin-shop.ts';
import { errorPageIn } from './api/authorization-pages.ts';
import { createClientHandlers } from './application/commands/change-clients.ts';
import { createSignInForApplication } from './application/commands/sign-in-for-application.ts';
import { createNarrowConsent } from './application/commands/narrow-consent.ts';
import { createWithdrawConsent } from './application/commands/withdraw-consent.ts';
import { createUserInfo } from './application/queries/user-info.ts';
import { createAuthorizationServer } from './infrastructure/create-authorization-server.ts';
import { createChangePassword } from './application/commands/change-password.ts';
import { createChangeSecondFactorPolicy } from './application/commands/change-second-factor-policy.ts';
import { createChangeStanding } from './application/commands/change-standing.ts';
import {
  createAccountMaker,
  createAdminMaker,
  createSetUp,
} from './application/commands/create-admin.ts';
import { createSetupLinkMaker } from './application/commands/create-setup-link.ts';
import { createEndSession } from './application/commands/end-session.ts';
import { createLogin } from './application/commands/login.ts';
import { createLogout } from './application/commands/logout.ts';
import { createRefresh } from './application/commands/refresh.ts';
import { createRegister } from './application/commands/register.ts';
import { createRequestChallenge } from './application/commands/request-challenge.ts';
import { createResetPassword } from './application/commands/reset-password.ts';
import { createVerifyEmail } from './application/commands/verify-email.ts';
import { createCheckSession } from './application/queries/check-session.ts';
import { createCheckToken } from './application/queries/check-token.ts';
import { createMyAccount } from './application/queries/my-account.ts';
import { createVerifyAuditLog } from './application/queries/verify-audit-log.ts';
import { createSetupLinkOpen } from './application/queries/setup-link-open.ts';
import { followProfileWhenUpdated } from './application/reactions/follow-profile-when-updated.ts';
import { closeAccountWhenErasureRequested } from './application/reactions/close-account-when-erasure-requested.ts';
import { createHousekeeping } from './application/reactions/keep-house-when-due.ts';
import { recordStaffActs } from './application/reactions/record-staff-act.ts';
import { createSendLetter } from './application/reactions/send-letter-when-code-requested.ts';
import type { RecordedAct } from './application/audit.ts';
import type { Challenged } from './application/ports.ts';
import { createSessionOpener } from './application/signed-in.ts';
import { createAdapters } from './infrastructure/adapters.ts';
import { cleanUpDeadline } from './infrastructure/pg-clean-up.ts';
import { createPgErasures, identityHeldData } from './infrastructure/pg-erasures.ts';
import { createPgLetters, letterDeadline } from './infrastructure/pg-letters.ts';
import { createPgProfiles } from './infrastructure/pg-profiles.ts';
import { retireDeadline, rotateDeadline } from './infrastructure/pg-signing-keys.ts';
import { followPolicy } from './infrastructure/follow-policy.ts';
import { keepResealing } from './infrastructure/reseal-now.ts';
import { createRelyingParty } from './infrastructure/relying-party.ts';

export { createOperatorTokens } from './infrastructure/operator-tokens.ts';

/** Whose code has not come back yet; the older ones are read. */
const newcomersMax = 1_000;

/** What is made once and stands on the adapters. */
const createParts = async (platform: Platform) => {
  const adapters = await createAdapters(platform);
  const { secrets, accessTokens, clock, newId } = adapters;
  return {
    ...adapters,
    opener: createSessionOpener({ secrets, accessTokens, clock, newId }),
    newcomers: createRecent<Challenged>(newcomersMax),
    newChallenge: createChallengeMaker({ secrets, clock, newId }),
  };
};

const createHandlers = (
  parts: Awaited<ReturnType<typeof createParts>>,
  platform: Platform,
): IdentityHandlers => {
  const { sessions, apiKeys, consents } = parts;
  const withOpener = { ...parts, sessions: parts.opener };
  const { afterPassword, handlers } = createFactorHandlers(withOpener);
  const login = createLogin({
    ...parts,
    afterPassword,
    onHashNotRenewed: (error) => platform.log.warn({ err: error }, 'password not hashed anew yet'),
  });
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
    shopName: platform.shopName,
    relyingParty: createRelyingParty(platform.config),
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
    secondFactorPolicy: () => parts.policies.find(),
    changeSecondFactorPolicy: createChangeSecondFactorPolicy(parts),
    createAccount: createAccountMaker(parts),
    createAdmin: createAdminMaker(parts),
    createSetupLink: createSetupLinkMaker(parts),
    setUp: createSetUp({ ...withOpener, beginShop: createBeginShop(platform) }),
    setupSituation: createSetupSituation(platform),
    myAccount,
    checkToken: createCheckToken(parts),
    listSessions: (accountId) => sessions.list(accountId),
    endSession: createEndSession(sessions),
    listAudit: (filter) => parts.auditLog.list(filter),
    verifyAudit: createVerifyAuditLog(parts.auditLog),
    checkSession: createCheckSession(sessions, platform.endedSessions),
    isSetupLinkOpen: createSetupLinkOpen(parts),
    createApiKey: createApiKeyMaker({ ...parts, newApiKey }),
    revokeApiKey: createRevokeApiKey(apiKeys),
    listApiKeys: (accountId) => apiKeys.list(accountId),
    checkApiKey: createCheckApiKey(apiKeys),
    clients: createClientHandlers(parts),
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
      work: () => {
        const ends = [
          keepChained(() => parts.auditLog.seal(), log, 'audit log not sealed yet'),
          followPolicy(() => parts.policies.refresh(), log),
          keepResealing(parts.resealing, platform),
        ];
        return async () => {
          for (const end of ends) await end();
        };
      },
    };
  },
};
