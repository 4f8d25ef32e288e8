import type { Routes } from '#shared/http/server.ts';
import type {
  ConfirmEmailChangeHandler,
  RequestEmailChangeHandler,
} from '../application/commands/change-email.ts';
import type { CreateApiKeyHandler } from '../application/commands/create-api-key.ts';
import type { RevokeApiKeyHandler } from '../application/commands/revoke-api-key.ts';
import type { ListedKey } from '../application/key-ports.ts';
import type { CheckApiKeyQuery } from '../application/queries/check-api-key.ts';
import type { ClientHandlers } from '../application/commands/change-clients.ts';
import type { NarrowConsentHandler } from '../application/commands/narrow-consent.ts';
import type { WithdrawConsentHandler } from '../application/commands/withdraw-consent.ts';
import type { UserInfoQuery } from '../application/queries/user-info.ts';
import { authorizationRoutes, type AuthorizationHandlers } from './authorization.route.ts';
import { consentRoutes } from './consents.route.ts';
import { oauthClientRoutes } from './oauth-clients.route.ts';
import { protocolRoutes } from './protocol.route.ts';
import { accountKeyRoutes } from './account-keys.route.ts';
import { apiKeyRoutes } from './api-keys.route.ts';
import type { ChangePasswordHandler } from '../application/commands/change-password.ts';
import type { ChangeStandingHandler } from '../application/commands/change-standing.ts';
import type {
  CreateAccountHandler,
  CreateAdminHandler,
  SetUpHandler,
} from '../application/commands/create-admin.ts';
import type { SetupSituation } from '../application/begin-shop.ts';
import type { CreateSetupLinkHandler } from '../application/commands/create-setup-link.ts';
import type { EndSessionHandler } from '../application/commands/end-session.ts';
import type { LoginHandler } from '../application/commands/login.ts';
import type { LogoutHandler } from '../application/commands/logout.ts';
import type { RefreshHandler } from '../application/commands/refresh.ts';
import type { RegisterHandler } from '../application/commands/register.ts';
import type { RequestChallengeHandler } from '../application/commands/request-challenge.ts';
import type { ResetPasswordHandler } from '../application/commands/reset-password.ts';
import type { VerifyEmailHandler } from '../application/commands/verify-email.ts';
import type { CheckSessionQuery } from '../application/queries/check-session.ts';
import type { MailSecondStepCodeHandler } from '../application/commands/mail-second-step-code.ts';
import type { VerifySecondStepHandler } from '../application/commands/verify-second-step.ts';
import type { CheckTokenQuery } from '../application/queries/check-token.ts';
import type { MyAccountQuery } from '../application/queries/my-account.ts';
import type { SetupLinkOpenQuery } from '../application/queries/setup-link-open.ts';
import type { SessionSummary } from '../application/ports.ts';
import type { AuditEntry, AuditFilter } from '../application/audit.ts';
import type { VerifyAuditLogQuery } from '../application/queries/verify-audit-log.ts';
import { auditRoutes } from './audit.route.ts';
import { changeEmailRoutes } from './change-email.route.ts';
import { changePasswordRoute } from './change-password.route.ts';
import { changeStandingRoutes } from './change-standing.route.ts';
import { checkTokenRoutes } from './check-token.route.ts';
import { useShopName } from './page.ts';
import { createAccountRoute } from './create-account.route.ts';
import { createAdminRoutes } from './create-admin.route.ts';
import { loginRoute } from './login.route.ts';
import { logoutAllRoute, logoutRoute } from './logout.route.ts';
import { myAccountRoute } from './my-account.route.ts';
import { passkeyRoutes, type PasskeyHandlers } from './passkeys.route.ts';
import { publicKeysRoute } from './public-keys.route.ts';
import { refreshRoute } from './refresh.route.ts';
import { registerRoute } from './register.route.ts';
import { forgotPasswordRoute, resendCodeRoute } from './request-challenge.route.ts';
import { resetPasswordRoute } from './reset-password.route.ts';
import { checkSessionRoute, sessionsRoutes } from './sessions.route.ts';
import { setupPageRoute } from './setup-page.route.ts';
import { verifyEmailRoute } from './verify-email.route.ts';
import {
  secondFactorPolicyRoutes,
  type SecondFactorPolicyHandlers,
} from './second-factor-policy.route.ts';
import { secondFactorRoutes, type SecondFactorHandlers } from './second-factors.route.ts';
import { mailCodeRoute, verifyCodeRoute } from './second-step.route.ts';
import { stepUpRoutes, type StepUpHandlers } from './step-up.route.ts';

export type IdentityHandlers = SecondFactorHandlers &
  SecondFactorPolicyHandlers &
  PasskeyHandlers &
  StepUpHandlers &
  Readonly<{
    shopName: () => Promise<string>;
    register: RegisterHandler;
    verifyEmail: VerifyEmailHandler;
    resendCode: RequestChallengeHandler;
    login: LoginHandler;
    refresh: RefreshHandler;
    logout: LogoutHandler;
    forgotPassword: RequestChallengeHandler;
    resetPassword: ResetPasswordHandler;
    changePassword: ChangePasswordHandler;
    requestEmailChange: RequestEmailChangeHandler;
    confirmEmailChange: ConfirmEmailChangeHandler;
    changeStanding: ChangeStandingHandler;
    createAccount: CreateAccountHandler;
    createAdmin: CreateAdminHandler;
    createSetupLink: CreateSetupLinkHandler;
    setUp: SetUpHandler;
    setupSituation: () => SetupSituation;
    myAccount: MyAccountQuery;
    checkToken: CheckTokenQuery;
    listSessions: (accountId: string) => Promise<readonly SessionSummary[]>;
    endSession: EndSessionHandler;
    listAudit: (filter: AuditFilter) => Promise<readonly AuditEntry[]>;
    verifyAudit: VerifyAuditLogQuery;
    checkSession: CheckSessionQuery;
    isSetupLinkOpen: SetupLinkOpenQuery;
    createApiKey: CreateApiKeyHandler;
    revokeApiKey: RevokeApiKeyHandler;
    listApiKeys: (accountId: string) => Promise<readonly ListedKey[]>;
    checkApiKey: CheckApiKeyQuery;
    clients: ClientHandlers;
    narrowConsent: NarrowConsentHandler;
    withdrawConsent: WithdrawConsentHandler;
    userInfo: UserInfoQuery;
    authorization: AuthorizationHandlers;
    publicKeys: () => Promise<Readonly<{ keys: readonly object[]; issuer: string }>>;
    verifySecondStep: VerifySecondStepHandler;
    mailSecondStepCode: MailSecondStepCodeHandler;
  }>;

/** Routes under `/api/v1`. None of their answers may be kept by a cache: all are somebody's. */
export const identityRoutes =
  (handlers: IdentityHandlers, language: 'es' | 'en'): Routes =>
  async (app) => {
    app.addHook('onRequest', (_request, reply, done) => {
      reply.header('cache-control', 'no-store');
      done();
    });
    for (const route of [
      registerRoute(handlers.register, language),
      verifyEmailRoute(handlers.verifyEmail),
      resendCodeRoute(handlers.resendCode),
      loginRoute(handlers.login),
      verifyCodeRoute(handlers.verifySecondStep, handlers.relyingParty),
      mailCodeRoute(handlers.mailSecondStepCode),
      stepUpRoutes(handlers),
      secondFactorRoutes(handlers),
      secondFactorPolicyRoutes(handlers),
      passkeyRoutes(handlers),
      refreshRoute(handlers.refresh),
      logoutRoute(handlers.logout),
      logoutAllRoute(handlers.changeStanding),
      forgotPasswordRoute(handlers.forgotPassword),
      resetPasswordRoute(handlers.resetPassword),
      changePasswordRoute(handlers.changePassword),
      changeEmailRoutes(handlers),
      myAccountRoute(handlers.myAccount),
      checkTokenRoutes(handlers.checkToken),
      sessionsRoutes(handlers),
      auditRoutes(handlers),
      checkSessionRoute(handlers.checkSession),
      changeStandingRoutes(handlers.changeStanding),
      createAccountRoute(handlers.createAccount, language),
      createAdminRoutes(handlers, language),
      apiKeyRoutes(handlers),
      accountKeyRoutes(handlers),
      oauthClientRoutes(handlers.clients),
      consentRoutes(
        handlers.authorization.consents,
        handlers.narrowConsent,
        handlers.withdrawConsent,
      ),
    ])
      await app.register(route);
  };

/** Routes at the root: keys for verifiers, and the page for the first administrator. */
export const identityRootRoutes = (
  handlers: IdentityHandlers,
  language: 'es' | 'en',
): readonly Routes[] => [
  publicKeysRoute(handlers.publicKeys),
  protocolRoutes(handlers.authorization.server, handlers.userInfo),
  async (app) => {
    useShopName(app, handlers.shopName);
    await app.register(authorizationRoutes(handlers.authorization, language));
    await app.register(
      setupPageRoute({ setUp: handlers.setUp, isOpen: handlers.isSetupLinkOpen }, language),
    );
  },
];
