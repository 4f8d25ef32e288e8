import type { Routes } from '#shared/http/server.ts';
import type { ChangePasswordHandler } from '../application/commands/change-password.ts';
import type { ChangeProfileHandler } from '../application/commands/change-profile.ts';
import type { ChangeStandingHandler } from '../application/commands/change-standing.ts';
import type { CreateAdminHandler, SetUpHandler } from '../application/commands/create-admin.ts';
import type { CreateSetupLinkHandler } from '../application/commands/create-setup-link.ts';
import type { LoginHandler } from '../application/commands/login.ts';
import type { LogoutHandler } from '../application/commands/logout.ts';
import type { RefreshHandler } from '../application/commands/refresh.ts';
import type { RegisterHandler } from '../application/commands/register.ts';
import type { RequestChallengeHandler } from '../application/commands/request-challenge.ts';
import type { ResetPasswordHandler } from '../application/commands/reset-password.ts';
import type { VerifyEmailHandler } from '../application/commands/verify-email.ts';
import type { MailSecondStepCodeHandler } from '../application/commands/mail-second-step-code.ts';
import type { VerifySecondStepHandler } from '../application/commands/verify-second-step.ts';
import type { CheckTokenQuery } from '../application/queries/check-token.ts';
import type { MyAccountQuery } from '../application/queries/my-account.ts';
import type { SetupLinkOpenQuery } from '../application/queries/setup-link-open.ts';
import { changePasswordRoute } from './change-password.route.ts';
import { changeProfileRoute } from './change-profile.route.ts';
import { changeStandingRoutes } from './change-standing.route.ts';
import { checkTokenRoutes } from './check-token.route.ts';
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
import { secondFactorRoutes, type SecondFactorHandlers } from './second-factors.route.ts';
import { mailCodeRoute, verifyCodeRoute } from './second-step.route.ts';
import { stepUpRoutes, type StepUpHandlers } from './step-up.route.ts';
import { setupPageRoute } from './setup-page.route.ts';
import { verifyEmailRoute } from './verify-email.route.ts';

export type IdentityHandlers = SecondFactorHandlers &
  PasskeyHandlers &
  StepUpHandlers &
  Readonly<{
    register: RegisterHandler;
    verifyEmail: VerifyEmailHandler;
    resendCode: RequestChallengeHandler;
    login: LoginHandler;
    verifySecondStep: VerifySecondStepHandler;
    mailSecondStepCode: MailSecondStepCodeHandler;
    refresh: RefreshHandler;
    logout: LogoutHandler;
    forgotPassword: RequestChallengeHandler;
    resetPassword: ResetPasswordHandler;
    changePassword: ChangePasswordHandler;
    changeProfile: ChangeProfileHandler;
    changeStanding: ChangeStandingHandler;
    createAdmin: CreateAdminHandler;
    createSetupLink: CreateSetupLinkHandler;
    setUp: SetUpHandler;
    myAccount: MyAccountQuery;
    checkToken: CheckTokenQuery;
    isSetupLinkOpen: SetupLinkOpenQuery;
    publicKeys: () => Promise<Readonly<{ keys: readonly object[] }>>;
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
      passkeyRoutes(handlers),
      refreshRoute(handlers.refresh),
      logoutRoute(handlers.logout),
      logoutAllRoute(handlers.changeStanding),
      forgotPasswordRoute(handlers.forgotPassword),
      resetPasswordRoute(handlers.resetPassword),
      changePasswordRoute(handlers.changePassword),
      changeProfileRoute(handlers.changeProfile),
      myAccountRoute(handlers.myAccount),
      checkTokenRoutes(handlers.checkToken),
      changeStandingRoutes(handlers.changeStanding),
      createAdminRoutes(handlers, language),
    ])
      await app.register(route);
  };

/** Routes at the root: keys for verifiers, and the page for the first administrator. */
export const identityRootRoutes = (
  handlers: IdentityHandlers,
  language: 'es' | 'en',
): readonly Routes[] => [
  publicKeysRoute(handlers.publicKeys),
  setupPageRoute({ setUp: handlers.setUp, isOpen: handlers.isSetupLinkOpen }, language),
];
