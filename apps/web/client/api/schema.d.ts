// Made by tools/openapi/write-types.mjs from tests/golden/openapi.json; change that instead.

export interface paths {
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The public keys of access tokens (JWK set, RFC 7517) */
        get: operations["getJwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/oauth-authorization-server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same for OAuth (RFC 8414) */
        get: operations["getAuthorizationServer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/openid-configuration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the provider can (OpenID Connect Discovery) */
        get: operations["getOpenIdConfiguration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/address-forms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The countries with a form of their own */
        get: operations["listAddressForms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/address-forms/{country}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The fields of an address there, in their order, and the documents people have */
        get: operations["getAddressForm"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/analytics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures between two days beside those of as many days before */
        get: operations["getAnalytics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/analytics/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same figures as a CSV that spreadsheets open */
        get: operations["exportAnalytics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sign-ins, changes of accounts and acts of staff, newest first */
        get: operations["listAuditEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Checks the chain of hashes over the whole audit log */
        get: operations["verifyAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/dashboard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sales today, of 7 and of 30 days, and orders by their state */
        get: operations["getDashboard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/demo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the example brought, as far as it can be taken away */
        get: operations["getDemo"];
        put?: never;
        post?: never;
        /** Takes the example away, with what happened to it alone, and nothing else */
        delete: operations["clearDemo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Integration events of all contexts: of one process, of a type, or after a time */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages that no retry saved, newest first */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/dead-letters/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hands a dead letter to its consumer again */
        post: operations["replayDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/events/types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every integration event: who tells it, and who takes it */
        get: operations["listEventTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest records of the logs of all processes */
        get: operations["listLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/mails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Mails that would have been sent, newest first */
        get: operations["listMails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/simulated-orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Buys something as a guest with the sandbox card, to be watched */
        post: operations["simulateOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Health, latency, errors, memory, messages and alerts of all services */
        get: operations["getSystem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/system/process": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Memory of the process that answers, and the messages that pass through it */
        get: operations["getProcessReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/accounts/{id}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys of an account, newest first, for the operator at the machine */
        get: operations["listApiKeysOfAccount"];
        put?: never;
        /** Create a key of an account, as the operator at the machine; its text is in this answer only */
        post: operations["createApiKeyOfAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/accounts/{id}/api-keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a key of an account, as the operator at the machine */
        delete: operations["revokeApiKeyOfAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/admins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create an administrator whose address the operator vouches for */
        post: operations["createAdmin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The keys of the signed-in account, newest first */
        get: operations["listApiKeys"];
        put?: never;
        /** Create a key for an integration; its text is in this answer only */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/api-keys/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whose key has this hash; for services of the same installation only */
        post: operations["checkApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a key; services that have just seen it go on for a minute at most */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/change-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change the password; ends all other sessions */
        put: operations["changePassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the signed-in account has let applications do */
        get: operations["listConsents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/consents/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Leave an application fewer scopes; authorizations that have others end */
        put: operations["narrowConsent"];
        post?: never;
        /** Let an application do nothing any more; its tokens end */
        delete: operations["withdrawConsent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/email-change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a code to the address of the account and one to the new address */
        post: operations["requestEmailChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/email-change/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move the account to the new address, with both codes; ends all other sessions */
        post: operations["confirmEmailChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/forgot-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a link to choose a new password, if the address has an account */
        post: operations["forgotPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a user name or an e-mail address and a password; a second step may follow */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End the session of a refresh token, or of the access token when none is given */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End every session of the signed-in account */
        post: operations["logoutAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The signed-in account */
        get: operations["getMyAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oauth-clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Registered applications, newest first */
        get: operations["listOAuthClients"];
        put?: never;
        /** Register an application; its secret is shown once */
        post: operations["registerOAuthClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oauth-clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A registered application */
        get: operations["getOAuthClient"];
        /** Replace what is said of an application (If-Match) */
        put: operations["changeOAuthClient"];
        post?: never;
        /** Remove an application with all that it was given */
        delete: operations["removeOAuthClient"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/oauth-clients/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new secret; the one before ends at once */
        post: operations["rotateOAuthClientSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a page needs to sign in with a passkey alone; the same for everybody */
        post: operations["askForPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/passkeys/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in with a passkey; it counts for both steps */
        post: operations["signInWithPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change name, telephone and language; what is not given stays */
        put: operations["changeProfile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Trade a refresh token for new tokens; it works once */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Open an account; a code goes to the e-mail address */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/resend-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a new verification code, if the address waits for one */
        post: operations["resendCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose a new password by the mailed link; ends every session */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/second-factor-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether accounts may or must have a second factor, and which */
        get: operations["getSecondFactorPolicy"];
        /** Say whether accounts may or must have a second factor (If-Match) */
        put: operations["changeSecondFactorPolicy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/second-factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the account proves itself with beside its password */
        get: operations["listSecondFactors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/second-factors/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a code by mail at sign-in */
        post: operations["enableEmailFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/second-factors/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Register the passkey that was made */
        post: operations["registerPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/second-factors/passkeys/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a page needs to make a passkey */
        post: operations["beginPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/second-factors/passkeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Give a passkey another name */
        patch: operations["renamePasskey"];
        trace?: never;
    };
    "/api/v1/auth/second-factors/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ten new recovery codes; those before work no more */
        post: operations["renewRecoveryCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/second-factors/totp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A secret for an authenticator app, shown once; it counts when a code confirms it */
        post: operations["startTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/second-factors/totp/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm the authenticator app with a code of it */
        post: operations["confirmTotp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/second-factors/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take a second factor away */
        delete: operations["removeSecondFactor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the account is signed in, the session used last first; a hundred at most */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /** End every session of the account but the one of this request */
        delete: operations["endOtherSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** For other services: whether the session of a token has ended */
        post: operations["checkSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one session of the account */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the shop runs as, for who sets it up at this machine */
        get: operations["getSetupSituation"];
        put?: never;
        /** Create the first administrator with a setup token, from this machine; signs in */
        post: operations["setUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/setup-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A one-time token for the first administrator; while there is none */
        post: operations["createSetupLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/step-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove once more who calls: by a passkey, by password and code, or by the password where there is no second factor. A new session takes the place of this one, whose tokens end */
        post: operations["stepUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/step-up/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** How the caller can prove once more who they are */
        post: operations["beginStepUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/validate-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether a given access token is good, its session too */
        post: operations["validateToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the access token of this request is good, its session too */
        get: operations["verifyToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/verify-code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pass the second step of a sign-in */
        post: operations["verifyCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/verify-code/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mail a code for a second step; the one before counts no more */
        post: operations["mailCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/verify-code/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a page needs to pass a second step with a passkey */
        post: operations["askForPasskeyOfStep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Prove the e-mail address with its code; signs in */
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What I have, by currency: earned, awaited, held, owed, under way
         * @description Staff name whose it is.
         */
        get: operations["getBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cart of the account or guest */
        get: operations["getCart"];
        put?: never;
        post?: never;
        /** Removes all lines */
        delete: operations["emptyCart"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cart/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds pieces of a variant, or of a product with one variant */
        post: operations["addToCart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cart/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Sets the quantity of a line and accepts its price of today */
        put: operations["changeCartItem"];
        post?: never;
        /** Removes a line */
        delete: operations["removeCartItem"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tree of categories */
        get: operations["listCategories"];
        put?: never;
        /** Add a category */
        post: operations["addCategory"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/categories/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Rename or move a category with all below it
         * @description Needs If-Match with its version. The slug stays unless a new one is given.
         */
        put: operations["replaceCategory"];
        post?: never;
        /** Remove a category that has nothing in it */
        delete: operations["removeCategory"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chargebacks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Payments that buyers dispute at their bank, newest first */
        get: operations["listChargebacks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/chargebacks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A disputed payment, with the deadline for documents */
        get: operations["getChargeback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/commission-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the operator keeps of sales, oldest rule first */
        get: operations["listCommissionRules"];
        put?: never;
        /**
         * Adds a rule; the most specific one that is valid when an order is placed wins
         * @description Seller and category before seller, before category (the nearest of the tree), before the rule for everything; of rules for the same the one that is valid last.
         */
        post: operations["addCommissionRule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/commission-rules/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A rule of commission */
        get: operations["getCommissionRule"];
        /**
         * Replaces a rule; what is sold keeps its commission
         * @description Needs If-Match with its version.
         */
        put: operations["replaceCommissionRule"];
        post?: never;
        /**
         * Removes a rule; what is sold keeps its commission
         * @description Needs If-Match with its version.
         */
        delete: operations["removeCommissionRule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/escrows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is held for my jobs, or for all to staff, newest first */
        get: operations["listEscrows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/escrows/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One part of a job that is held, to its parties and staff */
        get: operations["getEscrow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/escrows/{id}/dispute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A party disputes a part: that part waits until support decides
         * @description Needs If-Match.
         */
        post: operations["disputeEscrow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/escrows/{id}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The payee gives a part back, or staff do, who give a reason
         * @description Needs If-Match. 202: so much money waits until another administrator asks for the same.
         */
        post: operations["refundEscrow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/escrows/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The buyer accepts a part, or staff release it, who give a reason
         * @description Needs If-Match. 202: so much money waits until another administrator asks for the same.
         */
        post: operations["releaseEscrow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/escrows/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Staff end a dispute: release, refund, or both in amounts that are all of it
         * @description Needs If-Match. 202: so much money waits until another administrator asks for the same.
         */
        post: operations["resolveEscrow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/escrows/{id}/retry-refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends anew what a part gave back and the provider refused
         * @description One that is under way, or done, is answered as it is, and nothing is sent.
         */
        post: operations["retryEscrowRefund"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/issuers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the receipts of a seller say of the seller; null until it is said */
        get: operations["getIssuer"];
        /** Says who a seller is for its receipts; those of earlier orders stay as they are */
        put: operations["putIssuer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every account with its balance: credits less debits */
        get: operations["listLedgerAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Journal entries, newest first */
        get: operations["listLedgerEntries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The books as CSV, or as JSON that the installation signs
         * @description The last line of the JSON is a compact JWS (EdDSA) with the SHA-256 of all bytes before it; `plaza ledger verify-export` checks it with the key of `/ledger/export-key`.
         */
        get: operations["exportLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger/export-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The public key of signed exports, as a JWK */
        get: operations["getLedgerExportKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One account between two dates, line by line, oldest first */
        get: operations["getLedgerStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger/trial-balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every account as of any date, rebuilt from the entries recorded before it */
        get: operations["getTrialBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ledger/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Checks the chain and every rule of the books over all rows */
        get: operations["verifyLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mercadopago/create-preference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The page of Mercado Pago where an order or a job is paid; the same again is the same page */
        post: operations["createMercadoPagoPreference"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mercadopago/seller-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether my account at Mercado Pago is linked, and until when */
        get: operations["getSellerAccountLink"];
        put?: never;
        /**
         * Begins to link my account at Mercado Pago: where I agree to it
         * @description Sets a cookie for ten minutes: the same browser has to come back.
         */
        post: operations["linkSellerAccount"];
        /** Unlinks my account at Mercado Pago; its tokens are deleted here */
        delete: operations["unlinkSellerAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/mercadopago/seller-link/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where Mercado Pago sends the browser of a seller back */
        get: operations["sellerAccountLinked"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I was told, newest first, in the language that is asked for */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What I am told, and where */
        get: operations["getNotificationPreferences"];
        /** Choose what I am told, and where; causes that are not named stay as they are */
        put: operations["chooseNotifications"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/read-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** I have read all, or all up to one that I saw */
        post: operations["readAllNotifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** I have read it; again changes nothing */
        post: operations["readNotification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders, newest first */
        get: operations["listOrders"];
        put?: never;
        /**
         * Places an order from the cart, or from items
         * @description Without an account: with X-Cart-Token and contact.email and full_name; the answer has X-Order-Token, which opens this order for a day.
         */
        post: operations["placeOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/claimable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders without an account that were placed with my proven e-mail */
        get: operations["listClaimableOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/parcel-papers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The packing slips or the labels of several orders, in their order, as one PDF
         * @description To staff those of all sellers, to a seller its own; of paid orders only. All or nothing: the faults name each order that has no parcel.
         */
        post: operations["printParcelPapers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/track": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mails a link to an order that was placed without an account
         * @description The answer is the same whether or not there is such an order.
         */
        post: operations["requestOrderLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An order, to its buyer, its sellers and administrators */
        get: operations["getOrder"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancels an order before it is shipped; what was paid is refunded */
        post: operations["cancelOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/claim": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes an order that was placed without an account mine
         * @description With X-Order-Token, or when my proven e-mail is the one that was given with it.
         */
        post: operations["claimOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who gets an order, and where
         * @description A seller sees it when the order is paid, and no e-mail.
         */
        get: operations["getOrderContact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to an order, oldest first: its events */
        get: operations["getOrderHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/packing-slip.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What goes into the parcel of an order: its lines without prices, and who gets them
         * @description To staff those of all sellers, to a seller its own; of paid orders only.
         */
        get: operations["getPackingSlip"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The receipt of an order, to print, in the language that is asked for */
        get: operations["getOrderReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/receipt.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The receipt of an order as a PDF, in the language in which it was ordered */
        get: operations["getOrderReceiptPdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/shipping-label.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is stuck on the parcel of an order, 10 × 15 cm
         * @description To staff those of all sellers, to a seller its own; of paid orders only.
         */
        get: operations["getShippingLabel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orders/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** The seller (for its own lines) or an administrator moves an order on */
        put: operations["changeOrderStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payment-methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How an order can be paid here */
        get: operations["listPaymentMethods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My payments, or all to staff, newest first */
        get: operations["listPayments"];
        put?: never;
        /** Pays an order or a job, one of them; a refused card answers 402 */
        post: operations["createPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a person has to look at, oldest first */
        get: operations["listPaymentAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/alerts/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that somebody has looked at it */
        post: operations["resolvePaymentAlert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Refunds that wait or failed, what went back within 30 days, open disputes and alerts */
        get: operations["getPaymentFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The refunds of all payments, newest first */
        get: operations["listAllRefunds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened to the money of an order or a job, in words, as of any date
         * @description The buyer sees what was paid and came back, a seller its own lines, staff every line. `code` and `params` stay the same in every language; `text` follows `Accept-Language`.
         */
        get: operations["getMoneyTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A payment, to its buyer and staff */
        get: operations["getPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The refunds of a payment, oldest first */
        get: operations["listRefunds"];
        put?: never;
        /**
         * Refunds a payment: all that is left, an amount, or pieces of its lines
         * @description Commission and its tax go back to the sellers in proportion. Pieces of a line cost what was paid for them, at most what is left of the line.
         */
        post: operations["refundPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payments/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Records a state that the provider confirms */
        put: operations["confirmPaymentStatus"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payout-batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest hundred files of payouts for the bank */
        get: operations["listPayoutBatches"];
        put?: never;
        /** Puts every payout that waits for a bank into one file; your own are left out */
        post: operations["createPayoutBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payout-batches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file of payouts: how many and how much */
        get: operations["getPayoutBatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payout-batches/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says what the bank did with lines of the file; again changes nothing */
        post: operations["confirmPayoutBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payout-batches/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file for the bank: CSV in UTF-8, of what has not ended yet */
        get: operations["getPayoutBatchFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payout-destination": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where my money goes: the last four digits of the account, never more */
        get: operations["getPayoutDestination"];
        /** Says where my money is to go; it waits 72 hours before it is used */
        put: operations["changePayoutDestination"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My payouts, or all to staff, newest first */
        get: operations["listPayouts"];
        put?: never;
        /**
         * Pays out all that is available in one currency
         * @description An amount, when given, must be what is available now; else 409 says what is.
         */
        post: operations["requestPayout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/payouts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A payout with exactly what it pays */
        get: operations["getPayout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Products on sale: list, filter, search */
        get: operations["listProducts"];
        put?: never;
        /** Add a product, as a draft unless it says active */
        post: operations["createProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All products as a Shopify product CSV; importing it again changes nothing */
        get: operations["exportProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many variants on sale are at their threshold, or have nothing left */
        get: operations["getProductFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/images/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A picture of a product, 320, 800 or 1,600 pixels wide */
        get: operations["showProductImage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import products from a Shopify product CSV: `text/csv`, or a file of a form
         * @description At most 100 MiB. 201 when it is done at once; 202 while it runs: ask its address how far it is. What a file does not name stays; the same file again changes nothing.
         */
        post: operations["importProducts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/import/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an import is, and which rows were refused */
        get: operations["showImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/missed-searches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was searched most and not found, beside as many days before */
        get: operations["listMissedSearches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stock by variant: on hand, reserved, available */
        get: operations["listStock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/stock-at-risk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Variants at their threshold, those first that sold most in the range */
        get: operations["listStockAtRisk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What somebody who has typed this far may be looking for */
        get: operations["suggestProducts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A product by id or slug
         * @description Its managers see it in every status, with stock; all others while it is active.
         */
        get: operations["showProduct"];
        /**
         * Replace the texts, category and tags of a product
         * @description Needs If-Match. Prices may be given while the product has one variant.
         */
        put: operations["replaceProduct"];
        post?: never;
        /** Take a product off sale for good; orders keep what they show of it */
        delete: operations["archiveProduct"];
        options?: never;
        head?: never;
        /**
         * Change some texts, category, tags or the price of a product
         * @description Needs If-Match. Prices may be given while the product has one variant.
         */
        patch: operations["changeProduct"];
        trace?: never;
    };
    "/api/v1/products/{id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Put a product on sale */
        post: operations["activateProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a product off sale for now */
        post: operations["deactivateProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a picture: multipart, `alt` and then `file`, at most 10 MiB
         * @description With an Idempotency-Key, a picture whose answer was lost is sent again and is there once.
         */
        post: operations["addProductImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/images/{image_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change a picture's text or its place; the first is the product's face */
        put: operations["changeProductImage"];
        post?: never;
        /** Remove a picture */
        delete: operations["removeProductImage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/stock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stock of each variant, with its movements */
        get: operations["showStock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/stock/add": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add units
         * @description `variant_id` may be left out while the product has one variant.
         */
        post: operations["addStock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/stock/movements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every movement of stock of a product, newest first */
        get: operations["listStockMovements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/stock/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take units away
         * @description `variant_id` may be left out while the product has one variant.
         */
        post: operations["removeStock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/variants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a variant to a product */
        post: operations["addVariant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/products/{id}/variants/{variant_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace a variant; its SKU stays unless a new one is given
         * @description Needs If-Match with the product's tag.
         */
        put: operations["replaceVariant"];
        post?: never;
        /**
         * Remove a variant that no order waits for
         * @description Needs If-Match with the product's tag.
         */
        delete: operations["removeVariant"];
        options?: never;
        head?: never;
        /**
         * Change some of a variant
         * @description Needs If-Match with the product's tag.
         */
        patch: operations["changeVariant"];
        trace?: never;
    };
    "/api/v1/receipts/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether a receipt was given here, by its number and the code on it
         * @description Says nothing of who bought, or what.
         */
        get: operations["verifyReceipt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation/differences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a provider and the books say differently, oldest first */
        get: operations["listReconciliationDifferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation/differences/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says why a difference is none, that it was corrected, or has a withdrawal booked */
        post: operations["resolveReconciliationDifference"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconciliation/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Holds what the providers moved against the books now; it also runs every hour */
        post: operations["runReconciliation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shipping-methods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The ways of sending, in their order */
        get: operations["listShippingMethods"];
        put?: never;
        /** Add a way of sending */
        post: operations["addShippingMethod"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shipping-methods/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A way of sending */
        get: operations["getShippingMethod"];
        /**
         * Replace a way of sending; orders that chose it keep what they chose
         * @description Needs If-Match with its version.
         */
        put: operations["replaceShippingMethod"];
        post?: never;
        /** Remove a way of sending */
        delete: operations["removeShippingMethod"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shipping-options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the cart, or one variant, can be sent there, with prices and the days it arrives between */
        get: operations["listShippingOptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the shop is called, where it is, its colour, how long products are taken back */
        get: operations["getShop"];
        /**
         * Changes what is said of the shop as a whole
         * @description Needs If-Match with its version.
         */
        put: operations["changeShop"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shop/beginning": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What the shop is called and where it is, before it has an owner */
        post: operations["beginShop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shop/colours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a colour becomes in both themes, so that it can be read */
        get: operations["getShopColours"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shop/countries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The countries that a shop can be of, and what follows from each */
        get: operations["listShopCountries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tax-rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tax rates of the shop, oldest first */
        get: operations["listTaxRates"];
        put?: never;
        /** Adds a tax rate; prices include tax, so orders from then on show it */
        post: operations["addTaxRate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tax-rates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A tax rate */
        get: operations["getTaxRate"];
        /**
         * Replaces a tax rate; orders that are placed keep theirs
         * @description Needs If-Match with its version.
         */
        put: operations["replaceTaxRate"];
        post?: never;
        /**
         * Removes a tax rate; orders that are placed keep theirs
         * @description Needs If-Match with its version.
         */
        delete: operations["removeTaxRate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Users, the newest first */
        get: operations["listUsers"];
        put?: never;
        /** Open an account for somebody, whose address the administrator vouches for */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/avatars/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A picture of a person, 64, 128 or 512 pixels square */
        get: operations["showAvatar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts that are or were erased, the newest first */
        get: operations["listErasures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/erasures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far an erasure is: which contexts have confirmed it */
        get: operations["getErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who Plaza knows me as */
        get: operations["getMyProfile"];
        /** Change name, telephone and language; what is not given stays */
        put: operations["updateMyProfile"];
        post?: never;
        /** Close my account and forget me everywhere; books are kept by its id */
        delete: operations["eraseMyAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/addresses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My addresses, the oldest first; at most 50 */
        get: operations["listMyAddresses"];
        put?: never;
        /** Add an address by the form of its country; the first is the default */
        post: operations["addMyAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/addresses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of my addresses */
        get: operations["getMyAddress"];
        /** Replace an address; a default that is not given stays */
        put: operations["replaceMyAddress"];
        post?: never;
        /** Remove an address; a default that goes leaves none */
        delete: operations["removeMyAddress"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/avatar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a picture of me: multipart `file`, JPEG, PNG, WebP or AVIF, at most 5 MiB */
        post: operations["setMyAvatar"];
        /** Remove my picture */
        delete: operations["removeMyAvatar"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/change-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change the password; ends all other sessions */
        post: operations["changeMyPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far my newest export is, and where its archive */
        get: operations["getMyExport"];
        put?: never;
        /** Collect everything that the platform holds of me; one at a time */
        post: operations["requestMyExport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/export/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The archive (tar.gz): JSON by context, and my pictures */
        get: operations["downloadMyExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/favourites": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The products that I keep, the newest first
         * @description One that is not sold any more stays until it is removed, and says so.
         */
        get: operations["listMyFavourites"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/favourites/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Keep a product; one that is kept already stays as it is
         * @description At most 500. A product that never was for sale is not there.
         */
        put: operations["keepFavourite"];
        post?: never;
        /** Keep a product no longer, whether it was kept or not */
        delete: operations["removeFavourite"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/me/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Language and region, which are apart, time zone and currency */
        get: operations["getMyPreferences"];
        /** Change preferences; what is not given stays, null is no choice */
        put: operations["updateMyPreferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One user with addresses */
        get: operations["getUser"];
        /** Change the profile of a user, with If-Match; what is not given stays */
        put: operations["updateUser"];
        post?: never;
        /** Erase the account of a user who has asked for it */
        delete: operations["eraseUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a deactivated account sign in again */
        post: operations["activateAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keep an account out; ends its sessions */
        post: operations["deactivateAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set the roles of an account; a role taken away ends its sessions */
        put: operations["changeRoles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}/second-factors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Take all second factors of an account away, for a holder who lost them */
        delete: operations["removeSecondFactors"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhook/mercadopago": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Notifications of Mercado Pago: stored, answered, then read from the provider */
        post: operations["receiveMercadoPagoNotification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ws/ticket": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A ticket for one WebSocket at /ws, good for 30 seconds */
        post: operations["createLiveTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Health of every service */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process runs */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests may come */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instalar/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The form for the first administrator */
        get: operations["showInstalarPage"];
        put?: never;
        /** Its answer */
        post: operations["submitInstalarPage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prometheus text */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/authorize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Begins a sign-in for an application: code with PKCE (S256) only */
        get: operations["authorize"];
        put?: never;
        /** The same by a form */
        post: operations["authorizeByForm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/authorize/{uid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Goes on after sign-in or consent */
        get: operations["resumeAuthorization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/interaction/{uid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sign-in or consent, for a browser */
        get: operations["showAuthorizationPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/interaction/{uid}/allow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The answer "allow" to the consent page */
        post: operations["allowApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/interaction/{uid}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The answer "no" to either page */
        post: operations["refuseApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/interaction/{uid}/second-step": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The answer to the page of the second step */
        post: operations["secondStepForApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/interaction/{uid}/second-step/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Mails a code for the page of the second step */
        post: operations["mailCodeForApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/interaction/{uid}/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The answer to the sign-in page */
        post: operations["signInForApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/introspect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether a token of this application holds (RFC 7662) */
        post: operations["introspectToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/jwks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The public keys of access tokens (JWK set, RFC 7517) */
        get: operations["getOauth2Jwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a token and what was given with it (RFC 7009) */
        post: operations["revokeToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tokens for a code, a refresh token, or client credentials */
        post: operations["issueToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth2/userinfo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who signed in, as far as the scopes of the token go */
        get: operations["getUserInfo"];
        put?: never;
        /** Who signed in, as far as the scopes of the token go */
        post: operations["postUserInfo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/setup/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The form for the first administrator */
        get: operations["showSetupPage"];
        put?: never;
        /** Its answer */
        post: operations["submitSetupPage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Version, age and what waits */
        get: operations["getStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ws": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** WebSocket of live updates; subprotocols plaza.v1 and ticket.<ticket> */
        get: operations["openLiveSocket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description RFC 9457 problem details */
        Problem: {
            code: string;
            detail?: string;
            errors?: {
                code: string;
                detail: string;
                params?: {
                    [key: string]: unknown;
                };
                pointer: string;
            }[];
            request_id: string;
            status: number;
            title: string;
            type: string;
        } & {
            [key: string]: unknown;
        };
    };
    responses: {
        /** @description A problem */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getJwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description of the tokens that applications get */
                        issuer: string;
                        keys: {
                            alg: string;
                            crv: string;
                            kid: string;
                            kty: string;
                            use: string;
                            x: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getAuthorizationServer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getOpenIdConfiguration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAddressForms: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        countries: string[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getAddressForm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description ISO 3166-1 */
                country: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        calling_code: string | null;
                        /** @description ISO 3166-1; `*` is the form of all other countries */
                        country: string;
                        documents: {
                            example: string;
                            /** @description the server also checks its digit or its date */
                            has_check: boolean;
                            /** @description a seller’s receipts may name it */
                            is_tax_number: boolean;
                            label: {
                                en: string;
                                es: string;
                            };
                            pattern: string;
                            type: string;
                        }[];
                        fields: {
                            example: string | null;
                            key: string;
                            label: {
                                en: string;
                                es: string;
                            };
                            max_length: number;
                            options: string[] | null;
                            /** @description of the value without spaces, dots and hyphens, in capitals */
                            pattern: string | null;
                            required: boolean;
                        }[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getAnalytics: {
        parameters: {
            query: {
                from: string;
                to: string;
                /** @description default `sales` */
                metric?: "sales" | "funnel" | "buyers" | "reversals";
                /** @description of `sales`; default `day` */
                by?: "day" | "product" | "region" | "hour";
                /** @description of `sales` by `day`; default `day` */
                interval?: "day" | "week" | "month";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        by: string | null;
                        currency: string;
                        /** Format: date */
                        from: string;
                        items: {
                            amount: string;
                            /** @description a day, id of a product, region, `weekday-hour` (1 is Monday), step or reason */
                            key: string;
                            name: string | null;
                            orders: number;
                            previous_amount: string;
                            /** @description of as many days before */
                            previous_orders: number;
                            previous_quantity: number;
                            /** @description pieces, people, or what a step of the funnel counts */
                            quantity: number;
                        }[];
                        metric: string;
                        time_zone: string;
                        /** Format: date */
                        to: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportAnalytics: {
        parameters: {
            query: {
                from: string;
                to: string;
                /** @description default `sales` */
                metric?: "sales" | "funnel" | "buyers" | "reversals";
                /** @description of `sales`; default `day` */
                by?: "day" | "product" | "region" | "hour";
                /** @description of `sales` by `day`; default `day` */
                interval?: "day" | "week" | "month";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description CSV */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAuditEntries: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                account_id?: string;
                actor_id?: string;
                type?: string;
                /** @description RFC 3339, UTC */
                from?: string;
                /** @description RFC 3339, UTC */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            account_id: string | null;
                            /** @description of acts of staff: context, path, request, before, after; without secrets */
                            act: {
                                [key: string]: unknown;
                            } | null;
                            actor_id: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            at: string;
                            detail: string | null;
                            id: string;
                            ip: string;
                            /** @description in the chain of hashes; takes a second or two */
                            is_sealed: boolean;
                            type: string;
                            user_agent: string | null;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    verifyAuditLog: {
        parameters: {
            query?: {
                /** @description a head that was noted earlier */
                head?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description entries whose personal part was erased */
                        erased: number;
                        findings: {
                            entry_id: string | null;
                            fault: string;
                            seq: string | null;
                        }[];
                        head: string | null;
                        is_sound: boolean;
                        links: number;
                        /** @description entries that went with their age */
                        pruned: number;
                        /** @description entries that are not sealed yet */
                        waiting: number;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getDashboard: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        as_of: string;
                        currency: string;
                        orders_by_status: {
                            count: number;
                            status: string;
                        }[];
                        /** @description of orders that were paid and not cancelled, by the day they were placed */
                        sales: {
                            amount: string;
                            /** @description today, or as many days that end today */
                            days: number;
                            orders: number;
                            previous_amount: string;
                            /** @description of as many days before */
                            previous_orders: number;
                        }[];
                        time_zone: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getDemo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        filled_at: string | null;
                        /** @description it comes as a whole, within about a minute */
                        is_being_filled: boolean;
                        /** @description an example is there that can be taken away */
                        is_there: boolean;
                        orders: number;
                        people: number;
                        products: number;
                        /** @description since; they go all the same */
                        products_changed: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    clearDemo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        kept: {
                            count: number;
                            /** @enum {string} */
                            kind: "product" | "order" | "account" | "category";
                            /**
                             * @description what needs it
                             * @enum {string}
                             */
                            reason: "order" | "product" | "category" | "books" | "staff" | "setting";
                        }[];
                        removed: {
                            orders: number;
                            people: number;
                            products: number;
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                correlation_id?: string;
                type?: string;
                /** @description RFC 3339, UTC */
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            aggregate_version: number;
                            causation_id: string | null;
                            correlation_id: string;
                            data: unknown;
                            id: string;
                            sent_at: string | null;
                            source: string;
                            subject: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            time: string;
                            type: string;
                        }[];
                        missing?: string[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listDeadLetters: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            attempts: number;
                            consumer: string;
                            context: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            died_at: string;
                            error: string;
                            id: string;
                            message: unknown;
                            replayed_at: string | null;
                        }[];
                        missing?: string[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replayDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        error: string | null;
                        result: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listEventTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            consumers: string[];
                            owner: string;
                            type: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listLogs: {
        parameters: {
            query?: {
                service?: string;
                level?: "debug" | "info" | "warn" | "error" | "fatal";
                correlation_id?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            correlation_id: string | null;
                            fields: {
                                [key: string]: unknown;
                            };
                            /** @enum {string} */
                            level: "debug" | "info" | "warn" | "error" | "fatal";
                            message: string;
                            service: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            time: string;
                        }[];
                        missing?: string[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMails: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description false: mails are sent by SMTP, and none is kept */
                        is_captured: boolean;
                        items: {
                            html: string | null;
                            id: string;
                            sent_at: string;
                            subject: string;
                            text: string;
                            to: string;
                        }[];
                        missing?: string[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    simulateOrder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        correlation_id: string;
                        currency: string;
                        id: string;
                        number: string;
                        title: string;
                        total: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSystem: {
        parameters: {
            query?: {
                minutes?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        alerts: {
                            /** @enum {string} */
                            kind: "down" | "latency" | "errors" | "memory";
                            name: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            since: string;
                            threshold: number;
                            value: number;
                        }[];
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        at: string;
                        /** @description an order may be simulated here */
                        may_simulate: boolean;
                        node: string;
                        /** @enum {string} */
                        platform: "embedded" | "distributed";
                        processes: {
                            /**
                             * @description none: messages stay in this process, whose outbox is all that waits
                             * @enum {string}
                             */
                            broker: "none" | "there" | "away";
                            consumers: {
                                failed_per_minute: number;
                                per_minute: number;
                                service: string;
                            }[];
                            delivery_p95_ms: number | null;
                            failures: {
                                /**
                                 * Format: date-time
                                 * @description RFC 3339, UTC
                                 */
                                at: string;
                                attempts: number;
                                consumer: string;
                                correlation_id: string;
                                error: string;
                                message_id: string;
                                type: string;
                            }[];
                            heap_bytes: number;
                            heap_limit_bytes: number;
                            memory_bytes: number;
                            memory_limit_bytes: number;
                            messages_per_minute: number;
                            name: string;
                            pid: number;
                            publishers: {
                                failed_per_minute: number;
                                per_minute: number;
                                service: string;
                            }[];
                            /** @description at the broker, of the consumers here */
                            queues: {
                                /** @description <context>.<reaction>; null for dead letters */
                                consumer: string | null;
                                /** @description of all processes */
                                consumers: number;
                                context: string;
                                queue: string;
                                /** @description messages that nobody has */
                                ready: number;
                                /** @description handed to this process, without an answer */
                                unacknowledged: number;
                            }[];
                            uptime_seconds: number;
                        }[];
                        services: {
                            addresses?: {
                                [key: string]: string;
                            };
                            dead_letters: number;
                            /** @description answers of 500 and above, as a share of one */
                            error_rate: number;
                            error_series: number[];
                            last_seen_at: string | null;
                            name: string;
                            outbox_age_seconds: number;
                            outbox_pending: number;
                            p50_ms: number | null;
                            p95_ms: number | null;
                            p95_series: (number | null)[];
                            p99_ms: number | null;
                            request_series: number[];
                            requests: number;
                            requests_per_second: number;
                            /** @enum {string} */
                            status: "healthy" | "degraded" | "unhealthy";
                        }[];
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        started_at: string;
                        thresholds: {
                            error_rate: number;
                            latency_ms: number;
                            memory_share: number;
                        };
                        version: string;
                        window_minutes: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getProcessReport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description none: messages stay in this process, whose outbox is all that waits
                         * @enum {string}
                         */
                        broker: "none" | "there" | "away";
                        consumers: {
                            failed_per_minute: number;
                            per_minute: number;
                            service: string;
                        }[];
                        delivery_p95_ms: number | null;
                        failures: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            at: string;
                            attempts: number;
                            consumer: string;
                            correlation_id: string;
                            error: string;
                            message_id: string;
                            type: string;
                        }[];
                        heap_bytes: number;
                        heap_limit_bytes: number;
                        memory_bytes: number;
                        memory_limit_bytes: number;
                        messages_per_minute: number;
                        name: string;
                        pid: number;
                        publishers: {
                            failed_per_minute: number;
                            per_minute: number;
                            service: string;
                        }[];
                        /** @description at the broker, of the consumers here */
                        queues: {
                            /** @description <context>.<reaction>; null for dead letters */
                            consumer: string | null;
                            /** @description of all processes */
                            consumers: number;
                            context: string;
                            queue: string;
                            /** @description messages that nobody has */
                            ready: number;
                            /** @description handed to this process, without an answer */
                            unacknowledged: number;
                        }[];
                        uptime_seconds: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listApiKeysOfAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            expires_at: string;
                            id: string;
                            last_used_at: string | null;
                            name: string;
                            /** @description how the key begins; not secret */
                            prefix: string;
                            scopes: ("account:read" | "products:read" | "products:write" | "stock:write" | "orders:read" | "orders:write" | "payments:read" | "payments:write" | "ledger:read")[];
                        }[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    createApiKeyOfAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 90 */
                    expires_in_days?: number;
                    name: string;
                    scopes: ("account:read" | "products:read" | "products:write" | "stock:write" | "orders:read" | "orders:write" | "payments:read" | "payments:write" | "ledger:read")[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        expires_at: string;
                        id: string;
                        key: string;
                        last_used_at: string | null;
                        name: string;
                        /** @description how the key begins; not secret */
                        prefix: string;
                        scopes: ("account:read" | "products:read" | "products:write" | "stock:write" | "orders:read" | "orders:write" | "payments:read" | "payments:write" | "ledger:read")[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    revokeApiKeyOfAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    createAdmin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    full_name?: string;
                    language?: "es" | "en";
                    /** @description 8 to 128 characters; the passwords that are tried first are refused */
                    password: string;
                    username: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        email: string;
                        email_verified: boolean;
                        full_name: string | null;
                        id: string;
                        language: "es" | "en";
                        phone_number: string | null;
                        roles: ("customer" | "seller" | "professional" | "support" | "admin")[];
                        username: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            expires_at: string;
                            id: string;
                            last_used_at: string | null;
                            name: string;
                            /** @description how the key begins; not secret */
                            prefix: string;
                            scopes: ("account:read" | "products:read" | "products:write" | "stock:write" | "orders:read" | "orders:write" | "payments:read" | "payments:write" | "ledger:read")[];
                        }[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 90 */
                    expires_in_days?: number;
                    name: string;
                    scopes: ("account:read" | "products:read" | "products:write" | "stock:write" | "orders:read" | "orders:write" | "payments:read" | "payments:write" | "ledger:read")[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        expires_at: string;
                        id: string;
                        key: string;
                        last_used_at: string | null;
                        name: string;
                        /** @description how the key begins; not secret */
                        prefix: string;
                        scopes: ("account:read" | "products:read" | "products:write" | "stock:write" | "orders:read" | "orders:write" | "payments:read" | "payments:write" | "ledger:read")[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    checkApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    key_hash: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {boolean} */
                        active: false;
                    } | {
                        account_id: string;
                        /** @enum {boolean} */
                        active: true;
                        email_verified: boolean;
                        epoch: number;
                        /** @description seconds */
                        expires_at: number;
                        id: string;
                        roles: string[];
                        scopes: string[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    confirm_password: string;
                    current_password: string;
                    /** @description 8 to 128 characters; the passwords that are tried first are refused */
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listConsents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            client_id: string;
                            client_name: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            given_at: string;
                            scopes: string[];
                        }[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    narrowConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                client_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description those that stay; what was not given cannot be added here */
                    scopes: ("openid" | "profile" | "email" | "offline_access" | "account:read" | "products:read" | "products:write" | "stock:write" | "orders:read" | "orders:write" | "payments:read" | "payments:write" | "ledger:read")[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    withdrawConsent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                client_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    requestEmailChange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    new_email: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "accepted";
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    confirmEmailChange: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code_from_new: string;
                    code_from_old: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    forgotPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "accepted";
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email?: string;
                    password: string;
                    username?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_token: string;
                        account: {
                            email: string;
                            email_verified: boolean;
                            id: string;
                            roles: ("customer" | "seller" | "professional" | "support" | "admin")[];
                            username: string;
                        };
                        /** @description seconds */
                        expires_in: number;
                        /** @description opaque; works once */
                        refresh_token: string;
                        /** @enum {string} */
                        token_type: "Bearer";
                    } | {
                        challenge_id: string;
                        /** @description seconds */
                        expires_in: number;
                        methods: ("passkey" | "totp" | "email" | "recovery_code")[];
                        /** @enum {string} */
                        status: "code_required";
                    } | {
                        /** @description for adding a second factor, nothing else */
                        enrolment_token: string;
                        /** @description seconds */
                        expires_in: number;
                        /** @enum {string} */
                        status: "enrolment_required";
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    refresh_token?: string;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    logoutAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getMyAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        email: string;
                        email_verified: boolean;
                        full_name: string | null;
                        id: string;
                        language: "es" | "en";
                        phone_number: string | null;
                        roles: ("customer" | "seller" | "professional" | "support" | "admin")[];
                        username: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listOAuthClients: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            account_id: string | null;
                            /** @enum {string} */
                            application_type: "web" | "native";
                            client_id: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            grant_types: ("authorization_code" | "refresh_token" | "client_credentials")[];
                            name: string;
                            redirect_uris: string[];
                            scopes: string[];
                            /** @enum {string} */
                            token_endpoint_auth_method: "client_secret_basic" | "client_secret_post" | "none";
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            updated_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    registerOAuthClient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    account_id?: string | null;
                    /** @enum {string} */
                    application_type?: "web" | "native";
                    grant_types: ("authorization_code" | "refresh_token" | "client_credentials")[];
                    name: string;
                    redirect_uris?: string[];
                    scopes: ("openid" | "profile" | "email" | "offline_access" | "account:read" | "products:read" | "products:write" | "stock:write" | "orders:read" | "orders:write" | "payments:read" | "payments:write" | "ledger:read")[];
                    /** @enum {string} */
                    token_endpoint_auth_method?: "client_secret_basic" | "client_secret_post" | "none";
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account_id: string | null;
                        /** @enum {string} */
                        application_type: "web" | "native";
                        client_id: string;
                        /** @description in this answer only */
                        client_secret?: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        grant_types: ("authorization_code" | "refresh_token" | "client_credentials")[];
                        name: string;
                        redirect_uris: string[];
                        scopes: string[];
                        /** @enum {string} */
                        token_endpoint_auth_method: "client_secret_basic" | "client_secret_post" | "none";
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getOAuthClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account_id: string | null;
                        /** @enum {string} */
                        application_type: "web" | "native";
                        client_id: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        grant_types: ("authorization_code" | "refresh_token" | "client_credentials")[];
                        name: string;
                        redirect_uris: string[];
                        scopes: string[];
                        /** @enum {string} */
                        token_endpoint_auth_method: "client_secret_basic" | "client_secret_post" | "none";
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    changeOAuthClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    account_id?: string | null;
                    /** @enum {string} */
                    application_type?: "web" | "native";
                    grant_types: ("authorization_code" | "refresh_token" | "client_credentials")[];
                    name: string;
                    redirect_uris?: string[];
                    scopes: ("openid" | "profile" | "email" | "offline_access" | "account:read" | "products:read" | "products:write" | "stock:write" | "orders:read" | "orders:write" | "payments:read" | "payments:write" | "ledger:read")[];
                    /** @enum {string} */
                    token_endpoint_auth_method?: "client_secret_basic" | "client_secret_post" | "none";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account_id: string | null;
                        /** @enum {string} */
                        application_type: "web" | "native";
                        client_id: string;
                        /** @description in this answer only */
                        client_secret?: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        grant_types: ("authorization_code" | "refresh_token" | "client_credentials")[];
                        name: string;
                        redirect_uris: string[];
                        scopes: string[];
                        /** @enum {string} */
                        token_endpoint_auth_method: "client_secret_basic" | "client_secret_post" | "none";
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    removeOAuthClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    rotateOAuthClientSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account_id: string | null;
                        /** @enum {string} */
                        application_type: "web" | "native";
                        client_id: string;
                        /** @description in this answer only */
                        client_secret?: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        grant_types: ("authorization_code" | "refresh_token" | "client_credentials")[];
                        name: string;
                        redirect_uris: string[];
                        scopes: string[];
                        /** @enum {string} */
                        token_endpoint_auth_method: "client_secret_basic" | "client_secret_post" | "none";
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    askForPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allowCredentials?: {
                            id: string;
                            transports: string[];
                            /** @enum {string} */
                            type: "public-key";
                        }[];
                        challenge: string;
                        rpId: string;
                        /** @description milliseconds */
                        timeout: number;
                        /** @enum {string} */
                        userVerification: "required";
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    signInWithPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    credential: {
                        authenticatorAttachment?: string | null;
                        clientExtensionResults?: {
                            [key: string]: unknown;
                        };
                        id: string;
                        rawId: string;
                        response: {
                            /** @description base 64 url */
                            authenticatorData: string;
                            /** @description base 64 url */
                            clientDataJSON: string;
                            /** @description base 64 url */
                            signature: string;
                            userHandle?: string | null;
                        };
                        /** @enum {string} */
                        type: "public-key";
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_token: string;
                        account: {
                            email: string;
                            email_verified: boolean;
                            id: string;
                            roles: ("customer" | "seller" | "professional" | "support" | "admin")[];
                            username: string;
                        };
                        /** @description seconds */
                        expires_in: number;
                        /** @description opaque; works once */
                        refresh_token: string;
                        /** @enum {string} */
                        token_type: "Bearer";
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    changeProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    full_name?: string | null;
                    language?: "es" | "en";
                    phone_number?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        avatar: {
                            large: string;
                            medium: string;
                            small: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string | null;
                        email: string;
                        email_verified: boolean;
                        full_name: string | null;
                        id: string;
                        language: "es" | "en";
                        phone_number: string | null;
                        region: string | null;
                        roles: string[];
                        status: "pending" | "active" | "deactivated";
                        time_zone: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        username: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    refresh_token: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_token: string;
                        account: {
                            email: string;
                            email_verified: boolean;
                            id: string;
                            roles: ("customer" | "seller" | "professional" | "support" | "admin")[];
                            username: string;
                        };
                        /** @description seconds */
                        expires_in: number;
                        /** @description opaque; works once */
                        refresh_token: string;
                        /** @enum {string} */
                        token_type: "Bearer";
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    register: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    confirm_password: string;
                    email: string;
                    full_name?: string;
                    language?: "es" | "en";
                    /** @description 8 to 128 characters; the passwords that are tried first are refused */
                    password: string;
                    /** @description E.164 */
                    phone_number?: string;
                    username: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        challenge_id: string;
                        /** Format: date-time */
                        created_at: string;
                        email: string;
                        email_verified: boolean;
                        full_name: string | null;
                        id: string;
                        language: "es" | "en";
                        phone_number: string | null;
                        roles: ("customer" | "seller" | "professional" | "support" | "admin")[];
                        username: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    resendCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "accepted";
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    confirm_password: string;
                    /** @description 8 to 128 characters; the passwords that are tried first are refused */
                    password: string;
                    token: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getSecondFactorPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changed_at: string | null;
                        changed_by: string | null;
                        mode: "off" | "optional" | "required";
                        /** @description who needs one, when one is required */
                        roles: ("customer" | "seller" | "professional" | "support" | "admin")[];
                        source: "environment" | "settings";
                        version: number;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    changeSecondFactorPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    mode: "off" | "optional" | "required";
                    roles?: ("customer" | "seller" | "professional" | "support" | "admin")[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        changed_at: string | null;
                        changed_by: string | null;
                        mode: "off" | "optional" | "required";
                        /** @description who needs one, when one is required */
                        roles: ("customer" | "seller" | "professional" | "support" | "admin")[];
                        source: "environment" | "settings";
                        version: number;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listSecondFactors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            id: string;
                            kind: "totp" | "email" | "passkey";
                            last_used_at: string | null;
                            name: string | null;
                        }[];
                        recovery_codes_left: number;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    enableEmailFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        kind: "totp" | "email" | "passkey";
                        recovery_codes: string[] | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    registerPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    credential: {
                        authenticatorAttachment?: string | null;
                        clientExtensionResults?: {
                            [key: string]: unknown;
                        };
                        id: string;
                        rawId: string;
                        response: {
                            /** @description base 64 url */
                            attestationObject: string;
                            /** @description base 64 url */
                            authenticatorData?: string;
                            /** @description base 64 url */
                            clientDataJSON: string;
                            publicKey?: string | null;
                            publicKeyAlgorithm?: number;
                            transports?: string[];
                        };
                        /** @enum {string} */
                        type: "public-key";
                    };
                    /** @description by which its holder knows it */
                    name: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        kind: "totp" | "email" | "passkey";
                        recovery_codes: string[] | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    beginPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        attestation: "none";
                        authenticatorSelection: {
                            requireResidentKey: boolean;
                            /** @enum {string} */
                            residentKey: "required";
                            /** @enum {string} */
                            userVerification: "required";
                        };
                        challenge: string;
                        excludeCredentials: {
                            id: string;
                            transports: string[];
                            /** @enum {string} */
                            type: "public-key";
                        }[];
                        pubKeyCredParams: {
                            alg: number;
                            /** @enum {string} */
                            type: "public-key";
                        }[];
                        rp: {
                            id: string;
                            name: string;
                        };
                        /** @description milliseconds */
                        timeout: number;
                        user: {
                            displayName: string;
                            id: string;
                            name: string;
                        };
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    renamePasskey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description by which its holder knows it */
                    name: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    renewRecoveryCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description each works once in place of a factor; shown only now */
                        recovery_codes: string[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    startTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the QR code as an SVG document */
                        qr_svg: string;
                        /** @description base 32, for typing */
                        secret: string;
                        /** @description otpauth://, as in the QR code */
                        uri: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    confirmTotp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        kind: "totp" | "email" | "passkey";
                        recovery_codes: string[] | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    removeSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            device: {
                                browser: string | null;
                                /** @description desktop, mobile, tablet … */
                                kind: string | null;
                                system: string | null;
                            };
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            expires_at: string;
                            id: string;
                            /** @description where it began */
                            ip: string;
                            /** @description the one that this request belongs to */
                            is_current: boolean;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            last_used_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    endOtherSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    checkSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    account_id: string;
                    epoch?: number;
                    session_id?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        is_ended: boolean;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getSetupSituation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description what the shop runs as */
                        country: string;
                        currency: string;
                        /** @description the operator has said it */
                        is_currency_fixed: boolean;
                        /** @description a choice is taken over: soon it begins anew */
                        is_preparing: boolean;
                        /** @description with an example, when that is wanted */
                        may_fill: boolean;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    setUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    country?: string;
                    email: string;
                    full_name?: string;
                    language?: "es" | "en";
                    /** @description 8 to 128 characters; the passwords that are tried first are refused */
                    password: string;
                    shop_name?: string;
                    token: string;
                    username: string;
                    /** @description whether it begins with the example of its country; true */
                    with_example?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_token: string;
                        account: {
                            email: string;
                            email_verified: boolean;
                            id: string;
                            roles: ("customer" | "seller" | "professional" | "support" | "admin")[];
                            username: string;
                        };
                        /** @description seconds */
                        expires_in: number;
                        /** @description opaque; works once */
                        refresh_token: string;
                        /** @enum {string} */
                        token_type: "Bearer";
                    } | {
                        /** @description for adding a second factor, nothing else */
                        enrolment_token: string;
                        /** @description seconds */
                        expires_in: number;
                        /** @enum {string} */
                        status: "enrolment_required";
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    createSetupLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        expires_at: string;
                        token: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    stepUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                } | {
                    challenge_id: string;
                    code: string;
                    method: "totp" | "email";
                    password: string;
                } | {
                    challenge_id: string;
                    code: string;
                    /** @enum {string} */
                    method: "recovery_code";
                    password: string;
                } | {
                    challenge_id: string;
                    credential: {
                        authenticatorAttachment?: string | null;
                        clientExtensionResults?: {
                            [key: string]: unknown;
                        };
                        id: string;
                        rawId: string;
                        response: {
                            /** @description base 64 url */
                            authenticatorData: string;
                            /** @description base 64 url */
                            clientDataJSON: string;
                            /** @description base 64 url */
                            signature: string;
                            userHandle?: string | null;
                        };
                        /** @enum {string} */
                        type: "public-key";
                    };
                    /** @enum {string} */
                    method: "passkey";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_token: string;
                        account: {
                            email: string;
                            email_verified: boolean;
                            id: string;
                            roles: ("customer" | "seller" | "professional" | "support" | "admin")[];
                            username: string;
                        };
                        /** @description seconds */
                        expires_in: number;
                        /** @description opaque; works once */
                        refresh_token: string;
                        /** @enum {string} */
                        token_type: "Bearer";
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    beginStepUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        challenge_id: string | null;
                        methods: (("passkey" | "totp" | "email" | "recovery_code") | "password")[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    validateToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        claims?: {
                            /** @description how the holder proved who they are */
                            amr?: string[];
                            aud: string;
                            /** @description seconds; of the last full proof */
                            auth_time: number;
                            email_verified: boolean;
                            epoch?: number;
                            exp: number;
                            iat: number;
                            iss: string;
                            jti: string;
                            roles: string[];
                            scope?: string;
                            sid?: string;
                            sub: string;
                        };
                        valid: boolean;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    verifyToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        claims: {
                            /** @description how the holder proved who they are */
                            amr?: string[];
                            aud: string;
                            /** @description seconds; of the last full proof */
                            auth_time: number;
                            email_verified: boolean;
                            epoch?: number;
                            exp: number;
                            iat: number;
                            iss: string;
                            jti: string;
                            roles: string[];
                            scope?: string;
                            sid?: string;
                            sub: string;
                        };
                        /** @enum {boolean} */
                        valid: true;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    verifyCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    challenge_id: string;
                    code: string;
                    method: "totp" | "email";
                } | {
                    challenge_id: string;
                    code: string;
                    /** @enum {string} */
                    method: "recovery_code";
                } | {
                    challenge_id: string;
                    credential: {
                        authenticatorAttachment?: string | null;
                        clientExtensionResults?: {
                            [key: string]: unknown;
                        };
                        id: string;
                        rawId: string;
                        response: {
                            /** @description base 64 url */
                            authenticatorData: string;
                            /** @description base 64 url */
                            clientDataJSON: string;
                            /** @description base 64 url */
                            signature: string;
                            userHandle?: string | null;
                        };
                        /** @enum {string} */
                        type: "public-key";
                    };
                    /** @enum {string} */
                    method: "passkey";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_token: string;
                        account: {
                            email: string;
                            email_verified: boolean;
                            id: string;
                            roles: ("customer" | "seller" | "professional" | "support" | "admin")[];
                            username: string;
                        };
                        /** @description seconds */
                        expires_in: number;
                        /** @description opaque; works once */
                        refresh_token: string;
                        /** @enum {string} */
                        token_type: "Bearer";
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    mailCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    challenge_id: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "accepted";
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    askForPasskeyOfStep: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    challenge_id: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allowCredentials?: {
                            id: string;
                            transports: string[];
                            /** @enum {string} */
                            type: "public-key";
                        }[];
                        challenge: string;
                        rpId: string;
                        /** @description milliseconds */
                        timeout: number;
                        /** @enum {string} */
                        userVerification: "required";
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    verifyEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    challenge_id?: string;
                    code: string;
                    email?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_token: string;
                        account: {
                            email: string;
                            email_verified: boolean;
                            id: string;
                            roles: ("customer" | "seller" | "professional" | "support" | "admin")[];
                            username: string;
                        };
                        /** @description seconds */
                        expires_in: number;
                        /** @description opaque; works once */
                        refresh_token: string;
                        /** @enum {string} */
                        token_type: "Bearer";
                    } | {
                        /** @description for adding a second factor, nothing else */
                        enrolment_token: string;
                        /** @description seconds */
                        expires_in: number;
                        /** @enum {string} */
                        status: "enrolment_required";
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getBalance: {
        parameters: {
            query?: {
                account_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            available_amount: string;
                            /** @description at my own account with the provider already, of sales that are not settled yet */
                            collected_amount: string;
                            currency: string;
                            disputed_amount: string;
                            held_amount: string;
                            in_transit_amount: string;
                            owing_amount: string;
                            payable_amount: string;
                            pending_amount: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getCart: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description of a guest: send it back as X-Cart-Token */
                        cart_token: string | null;
                        currency: string;
                        /** @description accept them by sending expected_total */
                        has_price_changes: boolean;
                        items: {
                            id: string;
                            image_url: string | null;
                            is_for_sale: boolean;
                            is_price_changed: boolean;
                            name: string | null;
                            price_when_added: string;
                            product_id: string | null;
                            quantity: number;
                            sku: string | null;
                            total: string;
                            unit_price: string;
                            variant_id: string;
                        }[];
                        total: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    emptyCart: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    addToCart: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    product_id?: string;
                    quantity: number;
                    variant_id?: string;
                } & (unknown | unknown);
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description of a guest: send it back as X-Cart-Token */
                        cart_token: string | null;
                        currency: string;
                        /** @description accept them by sending expected_total */
                        has_price_changes: boolean;
                        items: {
                            id: string;
                            image_url: string | null;
                            is_for_sale: boolean;
                            is_price_changed: boolean;
                            name: string | null;
                            price_when_added: string;
                            product_id: string | null;
                            quantity: number;
                            sku: string | null;
                            total: string;
                            unit_price: string;
                            variant_id: string;
                        }[];
                        total: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changeCartItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    quantity: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description of a guest: send it back as X-Cart-Token */
                        cart_token: string | null;
                        currency: string;
                        /** @description accept them by sending expected_total */
                        has_price_changes: boolean;
                        items: {
                            id: string;
                            image_url: string | null;
                            is_for_sale: boolean;
                            is_price_changed: boolean;
                            name: string | null;
                            price_when_added: string;
                            product_id: string | null;
                            quantity: number;
                            sku: string | null;
                            total: string;
                            unit_price: string;
                            variant_id: string;
                        }[];
                        total: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeCartItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listCategories: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description categories as this one */
                            children: unknown[];
                            id: string;
                            name: string;
                            position: number;
                            slug: string;
                            /** @description for If-Match */
                            version: number;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addCategory: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    parent_id?: string | null;
                    position?: number;
                    slug?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        parent_id: string | null;
                        position: number;
                        slug: string;
                        /** @description for If-Match */
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replaceCategory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    parent_id?: string | null;
                    position?: number;
                    slug?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        parent_id: string | null;
                        position: number;
                        slug: string;
                        /** @description for If-Match */
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeCategory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listChargebacks: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount: string;
                            charge_reference: string;
                            closed_at: string | null;
                            currency: string;
                            documentation_deadline: string | null;
                            documentation_status: string | null;
                            frozen_amount: string;
                            id: string;
                            is_coverage_eligible: boolean | null;
                            job_id: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            opened_at: string;
                            order_id: string | null;
                            payment_id: string;
                            provider: string;
                            provider_reference: string | null;
                            status: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getChargeback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: string;
                        charge_reference: string;
                        closed_at: string | null;
                        currency: string;
                        documentation_deadline: string | null;
                        documentation_status: string | null;
                        frozen_amount: string;
                        id: string;
                        is_coverage_eligible: boolean | null;
                        job_id: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        opened_at: string;
                        order_id: string | null;
                        payment_id: string;
                        provider: string;
                        provider_reference: string | null;
                        status: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listCommissionRules: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            category_id: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            fixed: {
                                amount: string;
                                currency: string;
                            }[];
                            id: string;
                            jurisdiction: string;
                            rate_basis_points: number;
                            seller_id: string | null;
                            tax_rate_basis_points: number;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            updated_at: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            valid_from: string;
                            version: number;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addCommissionRule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    category_id?: string | null;
                    /** @description for each line besides, one amount a currency */
                    fixed?: {
                        amount: string | number;
                        currency: string;
                    }[];
                    /** @description whose tax is on the commission, as ISO 3166 names it */
                    jurisdiction: string;
                    /** @description hundredths of a per cent: 1250 is 12.5 % */
                    rate_basis_points: number;
                    seller_id?: string | null;
                    /** @description hundredths of a per cent: 1250 is 12.5 % */
                    tax_rate_basis_points?: number;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     */
                    valid_from?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category_id: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        fixed: {
                            amount: string;
                            currency: string;
                        }[];
                        id: string;
                        jurisdiction: string;
                        rate_basis_points: number;
                        seller_id: string | null;
                        tax_rate_basis_points: number;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        valid_from: string;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getCommissionRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category_id: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        fixed: {
                            amount: string;
                            currency: string;
                        }[];
                        id: string;
                        jurisdiction: string;
                        rate_basis_points: number;
                        seller_id: string | null;
                        tax_rate_basis_points: number;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        valid_from: string;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replaceCommissionRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    category_id?: string | null;
                    /** @description for each line besides, one amount a currency */
                    fixed?: {
                        amount: string | number;
                        currency: string;
                    }[];
                    /** @description whose tax is on the commission, as ISO 3166 names it */
                    jurisdiction: string;
                    /** @description hundredths of a per cent: 1250 is 12.5 % */
                    rate_basis_points: number;
                    seller_id?: string | null;
                    /** @description hundredths of a per cent: 1250 is 12.5 % */
                    tax_rate_basis_points?: number;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     */
                    valid_from: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category_id: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        fixed: {
                            amount: string;
                            currency: string;
                        }[];
                        id: string;
                        jurisdiction: string;
                        rate_basis_points: number;
                        seller_id: string | null;
                        tax_rate_basis_points: number;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        valid_from: string;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeCommissionRule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listEscrows: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                job_id?: string;
                status?: "held" | "disputed" | "released" | "refunded" | "split" | "charged_back";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount: string;
                            buyer_id: string;
                            commission_amount: string;
                            commission_tax_amount: string;
                            currency: string;
                            dispute: {
                                /**
                                 * Format: date-time
                                 * @description RFC 3339, UTC
                                 */
                                disputed_at: string;
                                disputed_by: string;
                                reason: string;
                            } | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            held_at: string;
                            id: string;
                            is_frozen: boolean;
                            job_id: string;
                            name: string;
                            part_id: string;
                            payee_id: string;
                            payment_id: string;
                            release_at: string | null;
                            release_rule: {
                                after_part_id?: string;
                                /**
                                 * Format: date-time
                                 * @description RFC 3339, UTC
                                 */
                                date?: string;
                                days?: number;
                                kind: string;
                            };
                            resolution: {
                                charged_back_amount: string;
                                commission_amount: string;
                                commission_tax_amount: string;
                                /**
                                 * Format: date-time
                                 * @description RFC 3339, UTC
                                 */
                                decided_at: string;
                                /** @description buyer, payee, support, admin, deadline, or provider when it was charged back */
                                decided_by: string;
                                net_amount: string;
                                outcome: string;
                                reason: string | null;
                                refund_id: string | null;
                                refunded_amount: string;
                            } | null;
                            status: "held" | "disputed" | "released" | "refunded" | "split" | "charged_back";
                            to_be_confirmed: {
                                /**
                                 * Format: date-time
                                 * @description RFC 3339, UTC
                                 */
                                decided_at: string;
                                outcome: string;
                                reason: string;
                                refund_amount: string;
                                release_amount: string;
                            } | null;
                            version: number;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getEscrow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: string;
                        buyer_id: string;
                        commission_amount: string;
                        commission_tax_amount: string;
                        currency: string;
                        dispute: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            disputed_at: string;
                            disputed_by: string;
                            reason: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        held_at: string;
                        id: string;
                        is_frozen: boolean;
                        job_id: string;
                        name: string;
                        part_id: string;
                        payee_id: string;
                        payment_id: string;
                        release_at: string | null;
                        release_rule: {
                            after_part_id?: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            date?: string;
                            days?: number;
                            kind: string;
                        };
                        resolution: {
                            charged_back_amount: string;
                            commission_amount: string;
                            commission_tax_amount: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            decided_at: string;
                            /** @description buyer, payee, support, admin, deadline, or provider when it was charged back */
                            decided_by: string;
                            net_amount: string;
                            outcome: string;
                            reason: string | null;
                            refund_id: string | null;
                            refunded_amount: string;
                        } | null;
                        status: "held" | "disputed" | "released" | "refunded" | "split" | "charged_back";
                        to_be_confirmed: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            decided_at: string;
                            outcome: string;
                            reason: string;
                            refund_amount: string;
                            release_amount: string;
                        } | null;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    disputeEscrow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: string;
                        buyer_id: string;
                        commission_amount: string;
                        commission_tax_amount: string;
                        currency: string;
                        dispute: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            disputed_at: string;
                            disputed_by: string;
                            reason: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        held_at: string;
                        id: string;
                        is_frozen: boolean;
                        job_id: string;
                        name: string;
                        part_id: string;
                        payee_id: string;
                        payment_id: string;
                        release_at: string | null;
                        release_rule: {
                            after_part_id?: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            date?: string;
                            days?: number;
                            kind: string;
                        };
                        resolution: {
                            charged_back_amount: string;
                            commission_amount: string;
                            commission_tax_amount: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            decided_at: string;
                            /** @description buyer, payee, support, admin, deadline, or provider when it was charged back */
                            decided_by: string;
                            net_amount: string;
                            outcome: string;
                            reason: string | null;
                            refund_id: string | null;
                            refunded_amount: string;
                        } | null;
                        status: "held" | "disputed" | "released" | "refunded" | "split" | "charged_back";
                        to_be_confirmed: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            decided_at: string;
                            outcome: string;
                            reason: string;
                            refund_amount: string;
                            release_amount: string;
                        } | null;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    refundEscrow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: string;
                        buyer_id: string;
                        commission_amount: string;
                        commission_tax_amount: string;
                        currency: string;
                        dispute: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            disputed_at: string;
                            disputed_by: string;
                            reason: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        held_at: string;
                        id: string;
                        is_frozen: boolean;
                        job_id: string;
                        name: string;
                        part_id: string;
                        payee_id: string;
                        payment_id: string;
                        release_at: string | null;
                        release_rule: {
                            after_part_id?: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            date?: string;
                            days?: number;
                            kind: string;
                        };
                        resolution: {
                            charged_back_amount: string;
                            commission_amount: string;
                            commission_tax_amount: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            decided_at: string;
                            /** @description buyer, payee, support, admin, deadline, or provider when it was charged back */
                            decided_by: string;
                            net_amount: string;
                            outcome: string;
                            reason: string | null;
                            refund_id: string | null;
                            refunded_amount: string;
                        } | null;
                        status: "held" | "disputed" | "released" | "refunded" | "split" | "charged_back";
                        to_be_confirmed: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            decided_at: string;
                            outcome: string;
                            reason: string;
                            refund_amount: string;
                            release_amount: string;
                        } | null;
                        version: number;
                    };
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: string;
                        buyer_id: string;
                        commission_amount: string;
                        commission_tax_amount: string;
                        currency: string;
                        dispute: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            disputed_at: string;
                            disputed_by: string;
                            reason: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        held_at: string;
                        id: string;
                        is_frozen: boolean;
                        job_id: string;
                        name: string;
                        part_id: string;
                        payee_id: string;
                        payment_id: string;
                        release_at: string | null;
                        release_rule: {
                            after_part_id?: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            date?: string;
                            days?: number;
                            kind: string;
                        };
                        resolution: {
                            charged_back_amount: string;
                            commission_amount: string;
                            commission_tax_amount: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            decided_at: string;
                            /** @description buyer, payee, support, admin, deadline, or provider when it was charged back */
                            decided_by: string;
                            net_amount: string;
                            outcome: string;
                            reason: string | null;
                            refund_id: string | null;
                            refunded_amount: string;
                        } | null;
                        status: "held" | "disputed" | "released" | "refunded" | "split" | "charged_back";
                        to_be_confirmed: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            decided_at: string;
                            outcome: string;
                            reason: string;
                            refund_amount: string;
                            release_amount: string;
                        } | null;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    releaseEscrow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: string;
                        buyer_id: string;
                        commission_amount: string;
                        commission_tax_amount: string;
                        currency: string;
                        dispute: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            disputed_at: string;
                            disputed_by: string;
                            reason: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        held_at: string;
                        id: string;
                        is_frozen: boolean;
                        job_id: string;
                        name: string;
                        part_id: string;
                        payee_id: string;
                        payment_id: string;
                        release_at: string | null;
                        release_rule: {
                            after_part_id?: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            date?: string;
                            days?: number;
                            kind: string;
                        };
                        resolution: {
                            charged_back_amount: string;
                            commission_amount: string;
                            commission_tax_amount: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            decided_at: string;
                            /** @description buyer, payee, support, admin, deadline, or provider when it was charged back */
                            decided_by: string;
                            net_amount: string;
                            outcome: string;
                            reason: string | null;
                            refund_id: string | null;
                            refunded_amount: string;
                        } | null;
                        status: "held" | "disputed" | "released" | "refunded" | "split" | "charged_back";
                        to_be_confirmed: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            decided_at: string;
                            outcome: string;
                            reason: string;
                            refund_amount: string;
                            release_amount: string;
                        } | null;
                        version: number;
                    };
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: string;
                        buyer_id: string;
                        commission_amount: string;
                        commission_tax_amount: string;
                        currency: string;
                        dispute: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            disputed_at: string;
                            disputed_by: string;
                            reason: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        held_at: string;
                        id: string;
                        is_frozen: boolean;
                        job_id: string;
                        name: string;
                        part_id: string;
                        payee_id: string;
                        payment_id: string;
                        release_at: string | null;
                        release_rule: {
                            after_part_id?: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            date?: string;
                            days?: number;
                            kind: string;
                        };
                        resolution: {
                            charged_back_amount: string;
                            commission_amount: string;
                            commission_tax_amount: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            decided_at: string;
                            /** @description buyer, payee, support, admin, deadline, or provider when it was charged back */
                            decided_by: string;
                            net_amount: string;
                            outcome: string;
                            reason: string | null;
                            refund_id: string | null;
                            refunded_amount: string;
                        } | null;
                        status: "held" | "disputed" | "released" | "refunded" | "split" | "charged_back";
                        to_be_confirmed: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            decided_at: string;
                            outcome: string;
                            reason: string;
                            refund_amount: string;
                            release_amount: string;
                        } | null;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    resolveEscrow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    refund_amount: string | number;
                    release_amount: string | number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: string;
                        buyer_id: string;
                        commission_amount: string;
                        commission_tax_amount: string;
                        currency: string;
                        dispute: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            disputed_at: string;
                            disputed_by: string;
                            reason: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        held_at: string;
                        id: string;
                        is_frozen: boolean;
                        job_id: string;
                        name: string;
                        part_id: string;
                        payee_id: string;
                        payment_id: string;
                        release_at: string | null;
                        release_rule: {
                            after_part_id?: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            date?: string;
                            days?: number;
                            kind: string;
                        };
                        resolution: {
                            charged_back_amount: string;
                            commission_amount: string;
                            commission_tax_amount: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            decided_at: string;
                            /** @description buyer, payee, support, admin, deadline, or provider when it was charged back */
                            decided_by: string;
                            net_amount: string;
                            outcome: string;
                            reason: string | null;
                            refund_id: string | null;
                            refunded_amount: string;
                        } | null;
                        status: "held" | "disputed" | "released" | "refunded" | "split" | "charged_back";
                        to_be_confirmed: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            decided_at: string;
                            outcome: string;
                            reason: string;
                            refund_amount: string;
                            release_amount: string;
                        } | null;
                        version: number;
                    };
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: string;
                        buyer_id: string;
                        commission_amount: string;
                        commission_tax_amount: string;
                        currency: string;
                        dispute: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            disputed_at: string;
                            disputed_by: string;
                            reason: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        held_at: string;
                        id: string;
                        is_frozen: boolean;
                        job_id: string;
                        name: string;
                        part_id: string;
                        payee_id: string;
                        payment_id: string;
                        release_at: string | null;
                        release_rule: {
                            after_part_id?: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            date?: string;
                            days?: number;
                            kind: string;
                        };
                        resolution: {
                            charged_back_amount: string;
                            commission_amount: string;
                            commission_tax_amount: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            decided_at: string;
                            /** @description buyer, payee, support, admin, deadline, or provider when it was charged back */
                            decided_by: string;
                            net_amount: string;
                            outcome: string;
                            reason: string | null;
                            refund_id: string | null;
                            refunded_amount: string;
                        } | null;
                        status: "held" | "disputed" | "released" | "refunded" | "split" | "charged_back";
                        to_be_confirmed: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            decided_at: string;
                            outcome: string;
                            reason: string;
                            refund_amount: string;
                            release_amount: string;
                        } | null;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    retryEscrowRefund: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: string;
                        commission_returned: string;
                        commission_tax_returned: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        failure: string | null;
                        id: string;
                        /** @description what it took of each line; of a free amount known when it is completed */
                        lines: {
                            amount: string;
                            commission_returned: string;
                            commission_tax_returned: string;
                            quantity: number;
                            variant_id: string;
                        }[];
                        payment_id: string;
                        reason: string;
                        /** @description pieces that go back on the shelf when it is completed */
                        restock: {
                            quantity: number;
                            variant_id: string;
                        }[];
                        status: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getIssuer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        country: string | null;
                        document: {
                            number: string;
                            /** @description one of the country’s form that `is_tax_number` */
                            type: string;
                        } | null;
                        legal_name: string | null;
                        seller_id: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    putIssuer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    country: string;
                    document: {
                        number: string;
                        /** @description one of the country’s form that `is_tax_number` */
                        type: string;
                    };
                    /** @description what the law calls the seller */
                    legal_name: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        country: string | null;
                        document: {
                            number: string;
                            /** @description one of the country’s form that `is_tax_number` */
                            type: string;
                        } | null;
                        legal_name: string | null;
                        seller_id: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listLedgerAccounts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            balance: string;
                            currency: string;
                            id: string;
                            kind: string;
                            pending: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listLedgerEntries: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                entry_id?: string;
                payment_id?: string;
                order_id?: string;
                job_id?: string;
                account?: string;
                cause_type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            cause_id: string;
                            cause_type: string;
                            id: string;
                            job_id: string | null;
                            lines: {
                                account: string;
                                amount: string;
                                currency: string;
                                side: "debit" | "credit";
                            }[];
                            order_id: string | null;
                            payment_id: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            recorded_at: string;
                            reverses: string | null;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportLedger: {
        parameters: {
            query?: {
                format?: "csv" | "json";
                /** @description RFC 3339, UTC */
                from?: string;
                /** @description RFC 3339, UTC */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description CSV or JSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "text/csv": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getLedgerExportKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getLedgerStatement: {
        parameters: {
            query: {
                limit?: number;
                cursor?: string;
                account: string;
                currency: string;
                /** @description RFC 3339, UTC */
                from?: string;
                /** @description RFC 3339, UTC */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account: string;
                        closing_balance: string;
                        currency: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        from: string;
                        items: {
                            amount: string;
                            balance: string;
                            cause_id: string;
                            cause_type: string;
                            entry_id: string;
                            job_id: string | null;
                            order_id: string | null;
                            payment_id: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            recorded_at: string;
                            side: "debit" | "credit";
                        }[];
                        next_cursor: string | null;
                        opening_balance: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        to: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getTrialBalance: {
        parameters: {
            query?: {
                /** @description RFC 3339, UTC */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        as_of: string;
                        items: {
                            account: string;
                            balance: string;
                            credits: string;
                            currency: string;
                            debits: string;
                        }[];
                        totals: {
                            credits: string;
                            currency: string;
                            debits: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    verifyLedger: {
        parameters: {
            query?: {
                /** @description a head that was noted earlier */
                head?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entry_count: number;
                        faults: string[];
                        findings: {
                            detail: string;
                            entry_id: string | null;
                            rule: string;
                        }[];
                        first_broken_entry: string | null;
                        head: string | null;
                        is_sound: boolean;
                        link_count: number;
                        /** @description entries that are not in the chain yet */
                        waiting: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createMercadoPagoPreference: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    job_id?: string;
                    order_id?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: string;
                        currency: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        expires_at: string;
                        /** @description Where the buyer pays */
                        init_point: string;
                        job_id: string | null;
                        order_id: string | null;
                        payment_id: string;
                        preference_id: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getSellerAccountLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account_last4: string | null;
                        ended_at: string | null;
                        ended_because: string | null;
                        expires_at: string | null;
                        linked_at: string | null;
                        status: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    linkSellerAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        authorization_url: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    unlinkSellerAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    sellerAccountLinked: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description true: only what I have not read */
                unread?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            cause: "order_paid" | "order_shipped" | "order_delivered" | "order_cancelled" | "order_failed" | "order_refunded" | "selling" | "security";
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            id: string;
                            kind: string;
                            order_id: string | null;
                            read_at: string | null;
                            text: string;
                            title: string;
                        }[];
                        next_cursor: string | null;
                        /** @description of all, not of this page */
                        unread_count: number;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getNotificationPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            by_mail: boolean;
                            cause: "order_paid" | "order_shipped" | "order_delivered" | "order_cancelled" | "order_failed" | "order_refunded" | "selling" | "security";
                            in_app: boolean;
                            /** @description true: nobody can turn it off */
                            is_fixed: boolean;
                        }[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    chooseNotifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    items: {
                        by_mail: boolean;
                        cause: "order_paid" | "order_shipped" | "order_delivered" | "order_cancelled" | "order_failed" | "order_refunded" | "selling" | "security";
                        in_app: boolean;
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            by_mail: boolean;
                            cause: "order_paid" | "order_shipped" | "order_delivered" | "order_cancelled" | "order_failed" | "order_refunded" | "selling" | "security";
                            in_app: boolean;
                            /** @description true: nobody can turn it off */
                            is_fixed: boolean;
                        }[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    readAllNotifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    up_to?: string | null;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    readNotification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        cause: "order_paid" | "order_shipped" | "order_delivered" | "order_cancelled" | "order_failed" | "order_refunded" | "selling" | "security";
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        id: string;
                        kind: string;
                        order_id: string | null;
                        read_at: string | null;
                        text: string;
                        title: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listOrders: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                status?: "pending" | "awaiting_payment" | "paid" | "shipped" | "delivered" | "cancelled" | "failed" | "partially_refunded" | "refunded";
                /** @description bought by me (default), with lines I sell, or all (administrators) */
                view?: "bought" | "sold" | "all";
                /** @description part of a number; among all orders also of the name or e-mail of a buyer */
                q?: string;
                /** @description paid and not cancelled: what sales are summed of */
                is_sold?: boolean;
                buyer_id?: string;
                /** @description RFC 3339, UTC */
                placed_from?: string;
                /** @description RFC 3339, UTC */
                placed_before?: string;
                sort?: "newest" | "oldest";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            buyer_id: string;
                            buyer_name: string | null;
                            currency: string;
                            id: string;
                            line_count: number;
                            number: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            placed_at: string;
                            status: string;
                            total: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            updated_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    placeOrder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    contact?: {
                        document?: {
                            /** @description ISO 3166-1 */
                            country: string;
                            number: string;
                            /** @description one of `documents` of GET /address-forms/{country} */
                            type: string;
                        } | null;
                        email?: string;
                        full_name?: string;
                        language?: "es" | "en";
                        phone_number?: string | null;
                    };
                    expected_total?: string | number;
                    items?: ({
                        product_id?: string;
                        quantity: number;
                        variant_id?: string;
                    } & (unknown | unknown))[];
                    /** @description one of GET /shipping-options; without an address it is picked up */
                    shipping?: {
                        address?: {
                            /** @description ISO 3166-1 */
                            country: string;
                            document?: {
                                number: string;
                                type: string;
                            } | null;
                            /** @description by the keys of GET /address-forms/{country} */
                            fields: {
                                [key: string]: string;
                            };
                            full_name: string;
                            phone_number?: string | null;
                        };
                        method_id: string;
                    };
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        buyer_id: string;
                        cancel_reason: string | null;
                        currency: string;
                        failure: string | null;
                        id: string;
                        /** @description nobody has claimed it */
                        is_guest: boolean;
                        lines: {
                            image_url: string | null;
                            is_delivered: boolean;
                            is_shipped: boolean;
                            name: string;
                            product_id: string;
                            quantity: number;
                            seller_id: string;
                            sku: string;
                            tax: {
                                code: string;
                                jurisdiction: string;
                                net: string;
                                /** @description hundredths of a per cent */
                                rate_basis_points: number;
                                tax: string;
                            } | null;
                            total: string;
                            unit_price: string;
                            variant_id: string;
                        }[];
                        number: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        pay_by: string;
                        payment_id: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        placed_at: string;
                        refunded_total: string;
                        /** @description what was handed over at once; none for orders that older releases shipped */
                        shipments: {
                            seller_ids: string[];
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            shipped_at: string;
                            tracking: {
                                carrier: string;
                                number: string;
                            } | null;
                        }[];
                        shipping: {
                            currency: string;
                            earliest: {
                                /** Format: date */
                                date: string;
                                /** @description ISO 8601: Monday is 1 */
                                weekday: number;
                            };
                            latest: {
                                /** Format: date */
                                date: string;
                                /** @description ISO 8601: Monday is 1 */
                                weekday: number;
                            };
                            method_id: string;
                            name: {
                                en: string;
                                es: string;
                            };
                            pickup_place: string | null;
                            price: string;
                        } | null;
                        status: string;
                        tax_total: string;
                        /** @description what the total holds at each rate, sums of the lines */
                        taxes: {
                            code: string;
                            gross: string;
                            jurisdiction: string;
                            net: string;
                            /** @description hundredths of a per cent */
                            rate_basis_points: number;
                            tax: string;
                        }[];
                        total: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listClaimableOrders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            buyer_id: string;
                            cancel_reason: string | null;
                            currency: string;
                            failure: string | null;
                            id: string;
                            /** @description nobody has claimed it */
                            is_guest: boolean;
                            lines: {
                                image_url: string | null;
                                is_delivered: boolean;
                                is_shipped: boolean;
                                name: string;
                                product_id: string;
                                quantity: number;
                                seller_id: string;
                                sku: string;
                                tax: {
                                    code: string;
                                    jurisdiction: string;
                                    net: string;
                                    /** @description hundredths of a per cent */
                                    rate_basis_points: number;
                                    tax: string;
                                } | null;
                                total: string;
                                unit_price: string;
                                variant_id: string;
                            }[];
                            number: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            pay_by: string;
                            payment_id: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            placed_at: string;
                            refunded_total: string;
                            /** @description what was handed over at once; none for orders that older releases shipped */
                            shipments: {
                                seller_ids: string[];
                                /**
                                 * Format: date-time
                                 * @description RFC 3339, UTC
                                 */
                                shipped_at: string;
                                tracking: {
                                    carrier: string;
                                    number: string;
                                } | null;
                            }[];
                            shipping: {
                                currency: string;
                                earliest: {
                                    /** Format: date */
                                    date: string;
                                    /** @description ISO 8601: Monday is 1 */
                                    weekday: number;
                                };
                                latest: {
                                    /** Format: date */
                                    date: string;
                                    /** @description ISO 8601: Monday is 1 */
                                    weekday: number;
                                };
                                method_id: string;
                                name: {
                                    en: string;
                                    es: string;
                                };
                                pickup_place: string | null;
                                price: string;
                            } | null;
                            status: string;
                            tax_total: string;
                            /** @description what the total holds at each rate, sums of the lines */
                            taxes: {
                                code: string;
                                gross: string;
                                jurisdiction: string;
                                net: string;
                                /** @description hundredths of a per cent */
                                rate_basis_points: number;
                                tax: string;
                            }[];
                            total: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            updated_at: string;
                            version: number;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    printParcelPapers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description otherwise that of Accept-Language */
                    language?: "es" | "en";
                    order_ids: string[];
                    paper: "packing_slip" | "shipping_label";
                };
            };
        };
        responses: {
            /** @description A tagged PDF */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    requestOrderLink: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    number: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "accepted";
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        buyer_id: string;
                        cancel_reason: string | null;
                        currency: string;
                        failure: string | null;
                        id: string;
                        /** @description nobody has claimed it */
                        is_guest: boolean;
                        lines: {
                            image_url: string | null;
                            is_delivered: boolean;
                            is_shipped: boolean;
                            name: string;
                            product_id: string;
                            quantity: number;
                            seller_id: string;
                            sku: string;
                            tax: {
                                code: string;
                                jurisdiction: string;
                                net: string;
                                /** @description hundredths of a per cent */
                                rate_basis_points: number;
                                tax: string;
                            } | null;
                            total: string;
                            unit_price: string;
                            variant_id: string;
                        }[];
                        number: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        pay_by: string;
                        payment_id: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        placed_at: string;
                        refunded_total: string;
                        /** @description what was handed over at once; none for orders that older releases shipped */
                        shipments: {
                            seller_ids: string[];
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            shipped_at: string;
                            tracking: {
                                carrier: string;
                                number: string;
                            } | null;
                        }[];
                        shipping: {
                            currency: string;
                            earliest: {
                                /** Format: date */
                                date: string;
                                /** @description ISO 8601: Monday is 1 */
                                weekday: number;
                            };
                            latest: {
                                /** Format: date */
                                date: string;
                                /** @description ISO 8601: Monday is 1 */
                                weekday: number;
                            };
                            method_id: string;
                            name: {
                                en: string;
                                es: string;
                            };
                            pickup_place: string | null;
                            price: string;
                        } | null;
                        status: string;
                        tax_total: string;
                        /** @description what the total holds at each rate, sums of the lines */
                        taxes: {
                            code: string;
                            gross: string;
                            jurisdiction: string;
                            net: string;
                            /** @description hundredths of a per cent */
                            rate_basis_points: number;
                            tax: string;
                        }[];
                        total: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        buyer_id: string;
                        cancel_reason: string | null;
                        currency: string;
                        failure: string | null;
                        id: string;
                        /** @description nobody has claimed it */
                        is_guest: boolean;
                        lines: {
                            image_url: string | null;
                            is_delivered: boolean;
                            is_shipped: boolean;
                            name: string;
                            product_id: string;
                            quantity: number;
                            seller_id: string;
                            sku: string;
                            tax: {
                                code: string;
                                jurisdiction: string;
                                net: string;
                                /** @description hundredths of a per cent */
                                rate_basis_points: number;
                                tax: string;
                            } | null;
                            total: string;
                            unit_price: string;
                            variant_id: string;
                        }[];
                        number: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        pay_by: string;
                        payment_id: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        placed_at: string;
                        refunded_total: string;
                        /** @description what was handed over at once; none for orders that older releases shipped */
                        shipments: {
                            seller_ids: string[];
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            shipped_at: string;
                            tracking: {
                                carrier: string;
                                number: string;
                            } | null;
                        }[];
                        shipping: {
                            currency: string;
                            earliest: {
                                /** Format: date */
                                date: string;
                                /** @description ISO 8601: Monday is 1 */
                                weekday: number;
                            };
                            latest: {
                                /** Format: date */
                                date: string;
                                /** @description ISO 8601: Monday is 1 */
                                weekday: number;
                            };
                            method_id: string;
                            name: {
                                en: string;
                                es: string;
                            };
                            pickup_place: string | null;
                            price: string;
                        } | null;
                        status: string;
                        tax_total: string;
                        /** @description what the total holds at each rate, sums of the lines */
                        taxes: {
                            code: string;
                            gross: string;
                            jurisdiction: string;
                            net: string;
                            /** @description hundredths of a per cent */
                            rate_basis_points: number;
                            tax: string;
                        }[];
                        total: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    claimOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        buyer_id: string;
                        cancel_reason: string | null;
                        currency: string;
                        failure: string | null;
                        id: string;
                        /** @description nobody has claimed it */
                        is_guest: boolean;
                        lines: {
                            image_url: string | null;
                            is_delivered: boolean;
                            is_shipped: boolean;
                            name: string;
                            product_id: string;
                            quantity: number;
                            seller_id: string;
                            sku: string;
                            tax: {
                                code: string;
                                jurisdiction: string;
                                net: string;
                                /** @description hundredths of a per cent */
                                rate_basis_points: number;
                                tax: string;
                            } | null;
                            total: string;
                            unit_price: string;
                            variant_id: string;
                        }[];
                        number: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        pay_by: string;
                        payment_id: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        placed_at: string;
                        refunded_total: string;
                        /** @description what was handed over at once; none for orders that older releases shipped */
                        shipments: {
                            seller_ids: string[];
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            shipped_at: string;
                            tracking: {
                                carrier: string;
                                number: string;
                            } | null;
                        }[];
                        shipping: {
                            currency: string;
                            earliest: {
                                /** Format: date */
                                date: string;
                                /** @description ISO 8601: Monday is 1 */
                                weekday: number;
                            };
                            latest: {
                                /** Format: date */
                                date: string;
                                /** @description ISO 8601: Monday is 1 */
                                weekday: number;
                            };
                            method_id: string;
                            name: {
                                en: string;
                                es: string;
                            };
                            pickup_place: string | null;
                            price: string;
                        } | null;
                        status: string;
                        tax_total: string;
                        /** @description what the total holds at each rate, sums of the lines */
                        taxes: {
                            code: string;
                            gross: string;
                            jurisdiction: string;
                            net: string;
                            /** @description hundredths of a per cent */
                            rate_basis_points: number;
                            tax: string;
                        }[];
                        total: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getOrderContact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        address: {
                            country: string;
                            document: {
                                number: string;
                                type: string;
                            } | null;
                            fields: {
                                [key: string]: string;
                            };
                            full_name: string;
                            phone_number: string | null;
                        } | null;
                        document: {
                            country: string;
                            number: string;
                            type: string;
                        } | null;
                        email: string | null;
                        full_name: string | null;
                        phone_number: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getOrderHistory: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            at: string;
                            data: {
                                [key: string]: unknown;
                            };
                            type: string;
                            version: number;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPackingSlip: {
        parameters: {
            query?: {
                /** @description otherwise that of Accept-Language */
                language?: "es" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A tagged PDF of A4 pages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getOrderReceipt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page that prints on A4, Letter and rolls of 80 mm */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getOrderReceiptPdf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A tagged PDF of A4 pages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getShippingLabel: {
        parameters: {
            query?: {
                /** @description otherwise that of Accept-Language */
                language?: "es" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A tagged PDF, a page of 10 × 15 cm for each seller */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changeOrderStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    status: "shipped";
                    tracking?: {
                        carrier: string;
                        number: string;
                    };
                } | {
                    status: "delivered" | "cancelled";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        buyer_id: string;
                        cancel_reason: string | null;
                        currency: string;
                        failure: string | null;
                        id: string;
                        /** @description nobody has claimed it */
                        is_guest: boolean;
                        lines: {
                            image_url: string | null;
                            is_delivered: boolean;
                            is_shipped: boolean;
                            name: string;
                            product_id: string;
                            quantity: number;
                            seller_id: string;
                            sku: string;
                            tax: {
                                code: string;
                                jurisdiction: string;
                                net: string;
                                /** @description hundredths of a per cent */
                                rate_basis_points: number;
                                tax: string;
                            } | null;
                            total: string;
                            unit_price: string;
                            variant_id: string;
                        }[];
                        number: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        pay_by: string;
                        payment_id: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        placed_at: string;
                        refunded_total: string;
                        /** @description what was handed over at once; none for orders that older releases shipped */
                        shipments: {
                            seller_ids: string[];
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            shipped_at: string;
                            tracking: {
                                carrier: string;
                                number: string;
                            } | null;
                        }[];
                        shipping: {
                            currency: string;
                            earliest: {
                                /** Format: date */
                                date: string;
                                /** @description ISO 8601: Monday is 1 */
                                weekday: number;
                            };
                            latest: {
                                /** Format: date */
                                date: string;
                                /** @description ISO 8601: Monday is 1 */
                                weekday: number;
                            };
                            method_id: string;
                            name: {
                                en: string;
                                es: string;
                            };
                            pickup_place: string | null;
                            price: string;
                        } | null;
                        status: string;
                        tax_total: string;
                        /** @description what the total holds at each rate, sums of the lines */
                        taxes: {
                            code: string;
                            gross: string;
                            jurisdiction: string;
                            net: string;
                            /** @description hundredths of a per cent */
                            rate_basis_points: number;
                            tax: string;
                        }[];
                        total: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPaymentMethods: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @description no real money moves */
                            is_test: boolean;
                            provider: string;
                            /** @description card: POST /payments with one; checkout: a page of the provider, POST /mercadopago/create-preference */
                            type: "card" | "checkout";
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPayments: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                order_id?: string;
                status?: "pending" | "authorized" | "completed" | "failed" | "cancelled" | "partially_refunded" | "refunded";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount: string;
                            buyer_id: string;
                            completed_at: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            currency: string;
                            failure: string | null;
                            id: string;
                            job_id: string | null;
                            order_id: string | null;
                            payment_method: {
                                brand: string;
                                last4: string;
                                /** @enum {string} */
                                type: "card";
                            } | {
                                /** @enum {string} */
                                type: "checkout";
                            };
                            provider: string;
                            refunded_amount: string;
                            status: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            updated_at: string;
                            version: number;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createPayment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    job_id?: string;
                    order_id?: string;
                    payment_method: {
                        expiry_month: number;
                        expiry_year: number;
                        holder?: string;
                        number: string;
                        security_code?: string;
                        /** @enum {string} */
                        type: "card";
                    };
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: string;
                        buyer_id: string;
                        completed_at: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        failure: string | null;
                        id: string;
                        job_id: string | null;
                        order_id: string | null;
                        payment_method: {
                            brand: string;
                            last4: string;
                            /** @enum {string} */
                            type: "card";
                        } | {
                            /** @enum {string} */
                            type: "checkout";
                        };
                        provider: string;
                        refunded_amount: string;
                        status: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPaymentAlerts: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                is_open?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            detail: {
                                [key: string]: unknown;
                            };
                            id: string;
                            kind: string;
                            payment_id: string | null;
                            provider: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            raised_at: string;
                            resolved_at: string | null;
                            subject: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    resolvePaymentAlert: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getPaymentFigures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        alerts_open: number;
                        disputes_open: number;
                        refunded_30_days: {
                            amount: string;
                            count: number;
                            currency: string;
                        }[];
                        refunds_failed: number;
                        refunds_waiting: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listAllRefunds: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                status?: "requested" | "pending" | "completed" | "failed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount: string;
                            commission_returned: string;
                            commission_tax_returned: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            currency: string;
                            failure: string | null;
                            id: string;
                            /** @description what it took of each line; of a free amount known when it is completed */
                            lines: {
                                amount: string;
                                commission_returned: string;
                                commission_tax_returned: string;
                                quantity: number;
                                variant_id: string;
                            }[];
                            payment_id: string;
                            reason: string;
                            /** @description pieces that go back on the shelf when it is completed */
                            restock: {
                                quantity: number;
                                variant_id: string;
                            }[];
                            status: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            updated_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMoneyTimeline: {
        parameters: {
            query?: {
                order_id?: string;
                job_id?: string;
                /** @description RFC 3339, UTC */
                as_of?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        as_of: string;
                        items: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            at: string;
                            changes: {
                                account: string;
                                amount: string;
                            }[];
                            code: string;
                            entry_id: string;
                            params: {
                                amount: string;
                                currency: string;
                            };
                            text: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: string;
                        buyer_id: string;
                        completed_at: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        failure: string | null;
                        id: string;
                        job_id: string | null;
                        order_id: string | null;
                        payment_method: {
                            brand: string;
                            last4: string;
                            /** @enum {string} */
                            type: "card";
                        } | {
                            /** @enum {string} */
                            type: "checkout";
                        };
                        provider: string;
                        refunded_amount: string;
                        status: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listRefunds: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount: string;
                            commission_returned: string;
                            commission_tax_returned: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            currency: string;
                            failure: string | null;
                            id: string;
                            /** @description what it took of each line; of a free amount known when it is completed */
                            lines: {
                                amount: string;
                                commission_returned: string;
                                commission_tax_returned: string;
                                quantity: number;
                                variant_id: string;
                            }[];
                            payment_id: string;
                            reason: string;
                            /** @description pieces that go back on the shelf when it is completed */
                            restock: {
                                quantity: number;
                                variant_id: string;
                            }[];
                            status: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            updated_at: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    refundPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    amount?: string | number;
                    lines?: {
                        quantity: number;
                        /** @description pieces of these that go back on the shelf; none unless said */
                        restock_quantity?: number;
                        variant_id: string;
                    }[];
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: string;
                        commission_returned: string;
                        commission_tax_returned: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        failure: string | null;
                        id: string;
                        /** @description what it took of each line; of a free amount known when it is completed */
                        lines: {
                            amount: string;
                            commission_returned: string;
                            commission_tax_returned: string;
                            quantity: number;
                            variant_id: string;
                        }[];
                        payment_id: string;
                        reason: string;
                        /** @description pieces that go back on the shelf when it is completed */
                        restock: {
                            quantity: number;
                            variant_id: string;
                        }[];
                        status: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    confirmPaymentStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    status: "completed" | "failed";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: string;
                        buyer_id: string;
                        completed_at: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        failure: string | null;
                        id: string;
                        job_id: string | null;
                        order_id: string | null;
                        payment_method: {
                            brand: string;
                            last4: string;
                            /** @enum {string} */
                            type: "card";
                        } | {
                            /** @enum {string} */
                            type: "checkout";
                        };
                        provider: string;
                        refunded_amount: string;
                        status: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPayoutBatches: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            created_by: string;
                            currency: string;
                            id: string;
                            payout_count: number;
                            total_amount: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createPayoutBatch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    currency: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        created_by: string;
                        currency: string;
                        id: string;
                        payout_count: number;
                        total_amount: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPayoutBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        created_by: string;
                        currency: string;
                        id: string;
                        payout_count: number;
                        total_amount: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    confirmPayoutBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lines: {
                        payout_id: string;
                        reason?: string;
                        reference?: string;
                        result: "paid" | "returned";
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount: string;
                            batch_id: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            currency: string;
                            ended_at: string | null;
                            failure: string | null;
                            id: string;
                            rail: string;
                            reference: string | null;
                            /** @description the account, or `schedule` */
                            requested_by: string;
                            seller_id: string;
                            sent_at: string | null;
                            status: "requested" | "sent" | "unknown" | "paid" | "failed" | "returned";
                            version: number;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPayoutBatchFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description CSV */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPayoutDestination: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account_number_last4: string;
                        bank_code: string;
                        country: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        id: string;
                        type: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        usable_at: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changePayoutDestination: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    account_number: string;
                    bank_code: string;
                    country: string;
                    holder_name: string;
                    tax_id: string;
                    type: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account_number_last4: string;
                        bank_code: string;
                        country: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        id: string;
                        type: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        usable_at: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listPayouts: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                status?: "requested" | "sent" | "unknown" | "paid" | "failed" | "returned";
                seller_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            amount: string;
                            batch_id: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            currency: string;
                            ended_at: string | null;
                            failure: string | null;
                            id: string;
                            rail: string;
                            reference: string | null;
                            /** @description the account, or `schedule` */
                            requested_by: string;
                            seller_id: string;
                            sent_at: string | null;
                            status: "requested" | "sent" | "unknown" | "paid" | "failed" | "returned";
                            version: number;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    requestPayout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    amount?: string | number;
                    currency: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: string;
                        batch_id: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        ended_at: string | null;
                        failure: string | null;
                        id: string;
                        rail: string;
                        reference: string | null;
                        /** @description the account, or `schedule` */
                        requested_by: string;
                        seller_id: string;
                        sent_at: string | null;
                        status: "requested" | "sent" | "unknown" | "paid" | "failed" | "returned";
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getPayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        amount: string;
                        batch_id: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        ended_at: string | null;
                        failure: string | null;
                        id: string;
                        rail: string;
                        reference: string | null;
                        /** @description the account, or `schedule` */
                        requested_by: string;
                        seller_id: string;
                        sent_at: string | null;
                        status: "requested" | "sent" | "unknown" | "paid" | "failed" | "returned";
                        transfers: {
                            commission_amount: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            earned_at: string;
                            gross_amount: string;
                            id: string;
                            job_id: string | null;
                            kind: string;
                            net_amount: string;
                            order_id: string | null;
                            tax_amount: string;
                        }[];
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listProducts: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description words in Spanish or English, typos forgiven */
                q?: string;
                /** @description id or slug */
                category?: string;
                seller?: string;
                min_price?: string;
                max_price?: string;
                in_stock?: boolean;
                /** @description `Color:Azul,Talla:M`: one variant must have all; a name given twice means either value */
                attributes?: string;
                /** @description default relevance with q, else newest; a search sorts its best thousand */
                sort?: "relevance" | "newest" | "price_asc" | "price_desc" | "title";
                facets?: boolean;
                /** @description managers only: their products in this status, newest first */
                status?: "any" | "draft" | "active" | "inactive" | "archived";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description what was searched instead of what was typed */
                        corrected_query: string | null;
                        facets?: {
                            categories: {
                                count: number;
                                id: string;
                                name: string;
                                slug: string;
                            }[];
                            in_stock: number;
                            options: {
                                name: string;
                                values: {
                                    count: number;
                                    value: string;
                                }[];
                            }[];
                            price: {
                                currency: string | null;
                                max: string | null;
                                min: string | null;
                            };
                            sellers: {
                                count: number;
                                id: string;
                                name: string | null;
                            }[];
                        };
                        /** @description more than 1,000 matched; the counts are of the first */
                        facets_are_capped?: boolean;
                        items: {
                            category: {
                                id: string;
                                name: string;
                                slug: string;
                            } | null;
                            compare_at_price: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            currency: string;
                            id: string;
                            image: {
                                alt: string;
                                height: number | null;
                                id: string;
                                /** @description relative to this address, or elsewhere when it was imported */
                                url: string;
                                width: number | null;
                            } | null;
                            in_stock: boolean;
                            options: {
                                name: string;
                                values: string[];
                            }[];
                            price: string;
                            price_max: string;
                            seller: {
                                id: string;
                                name: string | null;
                            };
                            slug: string;
                            /** @enum {string} */
                            status?: "draft" | "active" | "inactive" | "archived";
                            title: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            updated_at: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createProduct: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Either `variants`, or `price` and what else is known of the only variant. */
        requestBody: {
            content: {
                "application/json": {
                    barcode?: string | null;
                    category_id?: string | null;
                    compare_at_price?: (string | number) | null;
                    description?: string;
                    image_id?: string | null;
                    low_stock_threshold?: number;
                    /** @description names of what a buyer chooses; the values come with the variants */
                    options?: string[];
                    price?: string | number;
                    seller_id?: string;
                    seo?: {
                        description?: string;
                        title?: string;
                    };
                    sku?: string;
                    slug?: string;
                    /**
                     * @default draft
                     * @enum {string}
                     */
                    status?: "draft" | "active";
                    stock?: number;
                    tags?: string[];
                    /** @description how it is taxed, in the operator's words; `standard` without it */
                    tax_class?: string;
                    title: string;
                    variants?: {
                        barcode?: string | null;
                        compare_at_price?: (string | number) | null;
                        image_id?: string | null;
                        low_stock_threshold?: number;
                        /** @description one value for each option of the product, by name */
                        options?: {
                            [key: string]: string;
                        };
                        price: string | number;
                        sku?: string;
                        stock?: number;
                        weight_grams?: number;
                    }[];
                    vendor?: string;
                    weight_grams?: number;
                } | unknown | unknown;
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: {
                            id: string;
                            name: string;
                            slug: string;
                        } | null;
                        category_path: {
                            id: string;
                            name: string;
                            slug: string;
                        }[];
                        compare_at_price: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        /** @description as the seller wrote it: not safe HTML */
                        description: string;
                        /** @description its name in import files; managers only */
                        handle?: string;
                        id: string;
                        images: {
                            alt: string;
                            height: number | null;
                            id: string;
                            /** @description relative to this address, or elsewhere when it was imported */
                            url: string;
                            width: number | null;
                        }[];
                        in_stock: boolean;
                        options: {
                            name: string;
                            values: string[];
                        }[];
                        price: string;
                        price_max: string;
                        seller: {
                            id: string;
                            name: string | null;
                        };
                        seo: {
                            description: string;
                            title: string;
                        };
                        slug: string;
                        /** @enum {string} */
                        status?: "draft" | "active" | "inactive" | "archived";
                        tags: string[];
                        tax_class: string;
                        title: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        variants: {
                            /** @description exact to 20; to the public, 20 means 20 or more */
                            available: number;
                            barcode: string | null;
                            compare_at_price: string | null;
                            currency: string;
                            id: string;
                            image_id: string | null;
                            in_stock: boolean;
                            low_stock_threshold?: number;
                            /** @description managers only, as the two below */
                            on_hand?: number;
                            options: {
                                [key: string]: string;
                            };
                            price: string;
                            reserved?: number;
                            sku: string;
                            weight_grams: number;
                        }[];
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    exportProducts: {
        parameters: {
            query?: {
                /** @description for administrators; sellers get their own */
                seller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description CSV */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getProductFigures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        low_stock: number;
                        out_of_stock: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    showProductImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description WebP */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/webp": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    importProducts: {
        parameters: {
            query?: {
                /** @description only say what would happen */
                dry_run?: boolean;
                /** @description whose products: administrators only */
                seller?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description how far it is */
                        bytes_read: number;
                        bytes_total: number;
                        ended_at: string | null;
                        /** @description the first thousand */
                        errors: {
                            code: string;
                            column: string | null;
                            detail: string;
                            handle: string | null;
                            /** @description where the row begins in the file; the header is 1 */
                            line: number;
                        }[];
                        errors_count: number;
                        failure: string | null;
                        file_name: string;
                        id: string;
                        is_dry_run: boolean;
                        products_created: number;
                        products_refused: number;
                        products_unchanged: number;
                        products_updated: number;
                        rows_read: number;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        started_at: string;
                        /** @enum {string} */
                        status: "running" | "completed" | "failed";
                    };
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description how far it is */
                        bytes_read: number;
                        bytes_total: number;
                        ended_at: string | null;
                        /** @description the first thousand */
                        errors: {
                            code: string;
                            column: string | null;
                            detail: string;
                            handle: string | null;
                            /** @description where the row begins in the file; the header is 1 */
                            line: number;
                        }[];
                        errors_count: number;
                        failure: string | null;
                        file_name: string;
                        id: string;
                        is_dry_run: boolean;
                        products_created: number;
                        products_refused: number;
                        products_unchanged: number;
                        products_updated: number;
                        rows_read: number;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        started_at: string;
                        /** @enum {string} */
                        status: "running" | "completed" | "failed";
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    showImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description how far it is */
                        bytes_read: number;
                        bytes_total: number;
                        ended_at: string | null;
                        /** @description the first thousand */
                        errors: {
                            code: string;
                            column: string | null;
                            detail: string;
                            handle: string | null;
                            /** @description where the row begins in the file; the header is 1 */
                            line: number;
                        }[];
                        errors_count: number;
                        failure: string | null;
                        file_name: string;
                        id: string;
                        is_dry_run: boolean;
                        products_created: number;
                        products_refused: number;
                        products_unchanged: number;
                        products_updated: number;
                        rows_read: number;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        started_at: string;
                        /** @enum {string} */
                        status: "running" | "completed" | "failed";
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listMissedSearches: {
        parameters: {
            query: {
                from: string;
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            count: number;
                            previous_count: number;
                            term: string;
                        }[];
                        kept_days: number;
                        time_zone: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listStock: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description in the title, or a whole SKU */
                q?: string;
                seller?: string;
                /** @description `low`: at or below its threshold; `out`: nothing is for sale */
                level?: "low" | "out";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            available: number;
                            low_stock_threshold: number;
                            on_hand: number;
                            option_values: string[];
                            product_id: string;
                            /** @description set aside for orders that are not paid yet */
                            reserved: number;
                            seller_id: string;
                            sku: string;
                            status: string;
                            title: string;
                            variant_id: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listStockAtRisk: {
        parameters: {
            query: {
                from: string;
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description all that are at their threshold */
                        count: number;
                        items: {
                            available: number;
                            /** @description until nothing is left, at the pace of the range; null: none was sold */
                            days_left: number | null;
                            low_stock_threshold: number;
                            option_values: string[];
                            product_id: string;
                            sku: string;
                            /** @description pieces in the range */
                            sold: number;
                            title: string;
                            variant_id: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    suggestProducts: {
        parameters: {
            query: {
                /** @description the last word may be a beginning; accents and typos are forgiven */
                q: string;
                /** @description products */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        categories: {
                            id: string;
                            name: string;
                            slug: string;
                        }[];
                        products: {
                            id: string;
                            slug: string;
                            title: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    showProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: {
                            id: string;
                            name: string;
                            slug: string;
                        } | null;
                        category_path: {
                            id: string;
                            name: string;
                            slug: string;
                        }[];
                        compare_at_price: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        /** @description as the seller wrote it: not safe HTML */
                        description: string;
                        /** @description its name in import files; managers only */
                        handle?: string;
                        id: string;
                        images: {
                            alt: string;
                            height: number | null;
                            id: string;
                            /** @description relative to this address, or elsewhere when it was imported */
                            url: string;
                            width: number | null;
                        }[];
                        in_stock: boolean;
                        options: {
                            name: string;
                            values: string[];
                        }[];
                        price: string;
                        price_max: string;
                        seller: {
                            id: string;
                            name: string | null;
                        };
                        seo: {
                            description: string;
                            title: string;
                        };
                        slug: string;
                        /** @enum {string} */
                        status?: "draft" | "active" | "inactive" | "archived";
                        tags: string[];
                        tax_class: string;
                        title: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        variants: {
                            /** @description exact to 20; to the public, 20 means 20 or more */
                            available: number;
                            barcode: string | null;
                            compare_at_price: string | null;
                            currency: string;
                            id: string;
                            image_id: string | null;
                            in_stock: boolean;
                            low_stock_threshold?: number;
                            /** @description managers only, as the two below */
                            on_hand?: number;
                            options: {
                                [key: string]: string;
                            };
                            price: string;
                            reserved?: number;
                            sku: string;
                            weight_grams: number;
                        }[];
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replaceProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    category_id?: string | null;
                    compare_at_price?: (string | number) | null;
                    description?: string;
                    price?: string | number;
                    seo?: {
                        description?: string;
                        title?: string;
                    };
                    tags?: string[];
                    /** @description how it is taxed, in the operator's words; `standard` without it */
                    tax_class?: string;
                    title: string;
                    vendor?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: {
                            id: string;
                            name: string;
                            slug: string;
                        } | null;
                        category_path: {
                            id: string;
                            name: string;
                            slug: string;
                        }[];
                        compare_at_price: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        /** @description as the seller wrote it: not safe HTML */
                        description: string;
                        /** @description its name in import files; managers only */
                        handle?: string;
                        id: string;
                        images: {
                            alt: string;
                            height: number | null;
                            id: string;
                            /** @description relative to this address, or elsewhere when it was imported */
                            url: string;
                            width: number | null;
                        }[];
                        in_stock: boolean;
                        options: {
                            name: string;
                            values: string[];
                        }[];
                        price: string;
                        price_max: string;
                        seller: {
                            id: string;
                            name: string | null;
                        };
                        seo: {
                            description: string;
                            title: string;
                        };
                        slug: string;
                        /** @enum {string} */
                        status?: "draft" | "active" | "inactive" | "archived";
                        tags: string[];
                        tax_class: string;
                        title: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        variants: {
                            /** @description exact to 20; to the public, 20 means 20 or more */
                            available: number;
                            barcode: string | null;
                            compare_at_price: string | null;
                            currency: string;
                            id: string;
                            image_id: string | null;
                            in_stock: boolean;
                            low_stock_threshold?: number;
                            /** @description managers only, as the two below */
                            on_hand?: number;
                            options: {
                                [key: string]: string;
                            };
                            price: string;
                            reserved?: number;
                            sku: string;
                            weight_grams: number;
                        }[];
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    archiveProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    changeProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    category_id?: string | null;
                    compare_at_price?: (string | number) | null;
                    description?: string;
                    price?: string | number;
                    seo?: {
                        description?: string;
                        title?: string;
                    };
                    tags?: string[];
                    /** @description how it is taxed, in the operator's words; `standard` without it */
                    tax_class?: string;
                    title?: string;
                    vendor?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: {
                            id: string;
                            name: string;
                            slug: string;
                        } | null;
                        category_path: {
                            id: string;
                            name: string;
                            slug: string;
                        }[];
                        compare_at_price: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        /** @description as the seller wrote it: not safe HTML */
                        description: string;
                        /** @description its name in import files; managers only */
                        handle?: string;
                        id: string;
                        images: {
                            alt: string;
                            height: number | null;
                            id: string;
                            /** @description relative to this address, or elsewhere when it was imported */
                            url: string;
                            width: number | null;
                        }[];
                        in_stock: boolean;
                        options: {
                            name: string;
                            values: string[];
                        }[];
                        price: string;
                        price_max: string;
                        seller: {
                            id: string;
                            name: string | null;
                        };
                        seo: {
                            description: string;
                            title: string;
                        };
                        slug: string;
                        /** @enum {string} */
                        status?: "draft" | "active" | "inactive" | "archived";
                        tags: string[];
                        tax_class: string;
                        title: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        variants: {
                            /** @description exact to 20; to the public, 20 means 20 or more */
                            available: number;
                            barcode: string | null;
                            compare_at_price: string | null;
                            currency: string;
                            id: string;
                            image_id: string | null;
                            in_stock: boolean;
                            low_stock_threshold?: number;
                            /** @description managers only, as the two below */
                            on_hand?: number;
                            options: {
                                [key: string]: string;
                            };
                            price: string;
                            reserved?: number;
                            sku: string;
                            weight_grams: number;
                        }[];
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    activateProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: {
                            id: string;
                            name: string;
                            slug: string;
                        } | null;
                        category_path: {
                            id: string;
                            name: string;
                            slug: string;
                        }[];
                        compare_at_price: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        /** @description as the seller wrote it: not safe HTML */
                        description: string;
                        /** @description its name in import files; managers only */
                        handle?: string;
                        id: string;
                        images: {
                            alt: string;
                            height: number | null;
                            id: string;
                            /** @description relative to this address, or elsewhere when it was imported */
                            url: string;
                            width: number | null;
                        }[];
                        in_stock: boolean;
                        options: {
                            name: string;
                            values: string[];
                        }[];
                        price: string;
                        price_max: string;
                        seller: {
                            id: string;
                            name: string | null;
                        };
                        seo: {
                            description: string;
                            title: string;
                        };
                        slug: string;
                        /** @enum {string} */
                        status?: "draft" | "active" | "inactive" | "archived";
                        tags: string[];
                        tax_class: string;
                        title: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        variants: {
                            /** @description exact to 20; to the public, 20 means 20 or more */
                            available: number;
                            barcode: string | null;
                            compare_at_price: string | null;
                            currency: string;
                            id: string;
                            image_id: string | null;
                            in_stock: boolean;
                            low_stock_threshold?: number;
                            /** @description managers only, as the two below */
                            on_hand?: number;
                            options: {
                                [key: string]: string;
                            };
                            price: string;
                            reserved?: number;
                            sku: string;
                            weight_grams: number;
                        }[];
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    deactivateProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: {
                            id: string;
                            name: string;
                            slug: string;
                        } | null;
                        category_path: {
                            id: string;
                            name: string;
                            slug: string;
                        }[];
                        compare_at_price: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        /** @description as the seller wrote it: not safe HTML */
                        description: string;
                        /** @description its name in import files; managers only */
                        handle?: string;
                        id: string;
                        images: {
                            alt: string;
                            height: number | null;
                            id: string;
                            /** @description relative to this address, or elsewhere when it was imported */
                            url: string;
                            width: number | null;
                        }[];
                        in_stock: boolean;
                        options: {
                            name: string;
                            values: string[];
                        }[];
                        price: string;
                        price_max: string;
                        seller: {
                            id: string;
                            name: string | null;
                        };
                        seo: {
                            description: string;
                            title: string;
                        };
                        slug: string;
                        /** @enum {string} */
                        status?: "draft" | "active" | "inactive" | "archived";
                        tags: string[];
                        tax_class: string;
                        title: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        variants: {
                            /** @description exact to 20; to the public, 20 means 20 or more */
                            available: number;
                            barcode: string | null;
                            compare_at_price: string | null;
                            currency: string;
                            id: string;
                            image_id: string | null;
                            in_stock: boolean;
                            low_stock_threshold?: number;
                            /** @description managers only, as the two below */
                            on_hand?: number;
                            options: {
                                [key: string]: string;
                            };
                            price: string;
                            reserved?: number;
                            sku: string;
                            weight_grams: number;
                        }[];
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addProductImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: {
                            id: string;
                            name: string;
                            slug: string;
                        } | null;
                        category_path: {
                            id: string;
                            name: string;
                            slug: string;
                        }[];
                        compare_at_price: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        /** @description as the seller wrote it: not safe HTML */
                        description: string;
                        /** @description its name in import files; managers only */
                        handle?: string;
                        id: string;
                        images: {
                            alt: string;
                            height: number | null;
                            id: string;
                            /** @description relative to this address, or elsewhere when it was imported */
                            url: string;
                            width: number | null;
                        }[];
                        in_stock: boolean;
                        options: {
                            name: string;
                            values: string[];
                        }[];
                        price: string;
                        price_max: string;
                        seller: {
                            id: string;
                            name: string | null;
                        };
                        seo: {
                            description: string;
                            title: string;
                        };
                        slug: string;
                        /** @enum {string} */
                        status?: "draft" | "active" | "inactive" | "archived";
                        tags: string[];
                        tax_class: string;
                        title: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        variants: {
                            /** @description exact to 20; to the public, 20 means 20 or more */
                            available: number;
                            barcode: string | null;
                            compare_at_price: string | null;
                            currency: string;
                            id: string;
                            image_id: string | null;
                            in_stock: boolean;
                            low_stock_threshold?: number;
                            /** @description managers only, as the two below */
                            on_hand?: number;
                            options: {
                                [key: string]: string;
                            };
                            price: string;
                            reserved?: number;
                            sku: string;
                            weight_grams: number;
                        }[];
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changeProductImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                image_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    alt?: string;
                    position?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: {
                            id: string;
                            name: string;
                            slug: string;
                        } | null;
                        category_path: {
                            id: string;
                            name: string;
                            slug: string;
                        }[];
                        compare_at_price: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        /** @description as the seller wrote it: not safe HTML */
                        description: string;
                        /** @description its name in import files; managers only */
                        handle?: string;
                        id: string;
                        images: {
                            alt: string;
                            height: number | null;
                            id: string;
                            /** @description relative to this address, or elsewhere when it was imported */
                            url: string;
                            width: number | null;
                        }[];
                        in_stock: boolean;
                        options: {
                            name: string;
                            values: string[];
                        }[];
                        price: string;
                        price_max: string;
                        seller: {
                            id: string;
                            name: string | null;
                        };
                        seo: {
                            description: string;
                            title: string;
                        };
                        slug: string;
                        /** @enum {string} */
                        status?: "draft" | "active" | "inactive" | "archived";
                        tags: string[];
                        tax_class: string;
                        title: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        variants: {
                            /** @description exact to 20; to the public, 20 means 20 or more */
                            available: number;
                            barcode: string | null;
                            compare_at_price: string | null;
                            currency: string;
                            id: string;
                            image_id: string | null;
                            in_stock: boolean;
                            low_stock_threshold?: number;
                            /** @description managers only, as the two below */
                            on_hand?: number;
                            options: {
                                [key: string]: string;
                            };
                            price: string;
                            reserved?: number;
                            sku: string;
                            weight_grams: number;
                        }[];
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeProductImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                image_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: {
                            id: string;
                            name: string;
                            slug: string;
                        } | null;
                        category_path: {
                            id: string;
                            name: string;
                            slug: string;
                        }[];
                        compare_at_price: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        /** @description as the seller wrote it: not safe HTML */
                        description: string;
                        /** @description its name in import files; managers only */
                        handle?: string;
                        id: string;
                        images: {
                            alt: string;
                            height: number | null;
                            id: string;
                            /** @description relative to this address, or elsewhere when it was imported */
                            url: string;
                            width: number | null;
                        }[];
                        in_stock: boolean;
                        options: {
                            name: string;
                            values: string[];
                        }[];
                        price: string;
                        price_max: string;
                        seller: {
                            id: string;
                            name: string | null;
                        };
                        seo: {
                            description: string;
                            title: string;
                        };
                        slug: string;
                        /** @enum {string} */
                        status?: "draft" | "active" | "inactive" | "archived";
                        tags: string[];
                        tax_class: string;
                        title: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        variants: {
                            /** @description exact to 20; to the public, 20 means 20 or more */
                            available: number;
                            barcode: string | null;
                            compare_at_price: string | null;
                            currency: string;
                            id: string;
                            image_id: string | null;
                            in_stock: boolean;
                            low_stock_threshold?: number;
                            /** @description managers only, as the two below */
                            on_hand?: number;
                            options: {
                                [key: string]: string;
                            };
                            price: string;
                            reserved?: number;
                            sku: string;
                            weight_grams: number;
                        }[];
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    showStock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        product_id: string;
                        variants: {
                            available: number;
                            low_stock_threshold: number;
                            /** @description the latest fifty, newest first */
                            movements: {
                                actor: string | null;
                                /**
                                 * Format: date-time
                                 * @description RFC 3339, UTC
                                 */
                                at: string;
                                kind: string;
                                on_hand_after: number;
                                order_id: string | null;
                                /** @description negative when units left */
                                quantity: number;
                                reason: string | null;
                            }[];
                            on_hand: number;
                            /** @description set aside for orders that are not paid yet */
                            reserved: number;
                            sku: string;
                            variant_id: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addStock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default received
                     * @enum {string}
                     */
                    kind?: "received" | "correction" | "return";
                    quantity: number;
                    reason?: string;
                    variant_id?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        available: number;
                        on_hand: number;
                        reserved: number;
                        variant_id: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listStockMovements: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                variant_id?: string;
                kind?: "initial" | "received" | "correction" | "damaged" | "lost" | "sale" | "return" | "import" | "removed";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            actor: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            at: string;
                            /** @enum {string} */
                            kind: "initial" | "received" | "correction" | "damaged" | "lost" | "sale" | "return" | "import" | "removed";
                            on_hand_after: number;
                            order_id: string | null;
                            /** @description negative when units left */
                            quantity: number;
                            reason: string | null;
                            variant_id: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeStock: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default correction
                     * @enum {string}
                     */
                    kind?: "correction" | "damaged" | "lost";
                    quantity: number;
                    reason?: string;
                    variant_id?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        available: number;
                        on_hand: number;
                        reserved: number;
                        variant_id: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addVariant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    barcode?: string | null;
                    compare_at_price?: (string | number) | null;
                    image_id?: string | null;
                    low_stock_threshold?: number;
                    /** @description one value for each option of the product, by name */
                    options?: {
                        [key: string]: string;
                    };
                    price: string | number;
                    sku?: string;
                    stock?: number;
                    weight_grams?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: {
                            id: string;
                            name: string;
                            slug: string;
                        } | null;
                        category_path: {
                            id: string;
                            name: string;
                            slug: string;
                        }[];
                        compare_at_price: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        /** @description as the seller wrote it: not safe HTML */
                        description: string;
                        /** @description its name in import files; managers only */
                        handle?: string;
                        id: string;
                        images: {
                            alt: string;
                            height: number | null;
                            id: string;
                            /** @description relative to this address, or elsewhere when it was imported */
                            url: string;
                            width: number | null;
                        }[];
                        in_stock: boolean;
                        options: {
                            name: string;
                            values: string[];
                        }[];
                        price: string;
                        price_max: string;
                        seller: {
                            id: string;
                            name: string | null;
                        };
                        seo: {
                            description: string;
                            title: string;
                        };
                        slug: string;
                        /** @enum {string} */
                        status?: "draft" | "active" | "inactive" | "archived";
                        tags: string[];
                        tax_class: string;
                        title: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        variants: {
                            /** @description exact to 20; to the public, 20 means 20 or more */
                            available: number;
                            barcode: string | null;
                            compare_at_price: string | null;
                            currency: string;
                            id: string;
                            image_id: string | null;
                            in_stock: boolean;
                            low_stock_threshold?: number;
                            /** @description managers only, as the two below */
                            on_hand?: number;
                            options: {
                                [key: string]: string;
                            };
                            price: string;
                            reserved?: number;
                            sku: string;
                            weight_grams: number;
                        }[];
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replaceVariant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                variant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    barcode?: string | null;
                    compare_at_price?: (string | number) | null;
                    image_id?: string | null;
                    low_stock_threshold?: number;
                    /** @description one value for each option of the product, by name */
                    options?: {
                        [key: string]: string;
                    };
                    price: string | number;
                    sku?: string;
                    weight_grams?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: {
                            id: string;
                            name: string;
                            slug: string;
                        } | null;
                        category_path: {
                            id: string;
                            name: string;
                            slug: string;
                        }[];
                        compare_at_price: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        /** @description as the seller wrote it: not safe HTML */
                        description: string;
                        /** @description its name in import files; managers only */
                        handle?: string;
                        id: string;
                        images: {
                            alt: string;
                            height: number | null;
                            id: string;
                            /** @description relative to this address, or elsewhere when it was imported */
                            url: string;
                            width: number | null;
                        }[];
                        in_stock: boolean;
                        options: {
                            name: string;
                            values: string[];
                        }[];
                        price: string;
                        price_max: string;
                        seller: {
                            id: string;
                            name: string | null;
                        };
                        seo: {
                            description: string;
                            title: string;
                        };
                        slug: string;
                        /** @enum {string} */
                        status?: "draft" | "active" | "inactive" | "archived";
                        tags: string[];
                        tax_class: string;
                        title: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        variants: {
                            /** @description exact to 20; to the public, 20 means 20 or more */
                            available: number;
                            barcode: string | null;
                            compare_at_price: string | null;
                            currency: string;
                            id: string;
                            image_id: string | null;
                            in_stock: boolean;
                            low_stock_threshold?: number;
                            /** @description managers only, as the two below */
                            on_hand?: number;
                            options: {
                                [key: string]: string;
                            };
                            price: string;
                            reserved?: number;
                            sku: string;
                            weight_grams: number;
                        }[];
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeVariant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                variant_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: {
                            id: string;
                            name: string;
                            slug: string;
                        } | null;
                        category_path: {
                            id: string;
                            name: string;
                            slug: string;
                        }[];
                        compare_at_price: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        /** @description as the seller wrote it: not safe HTML */
                        description: string;
                        /** @description its name in import files; managers only */
                        handle?: string;
                        id: string;
                        images: {
                            alt: string;
                            height: number | null;
                            id: string;
                            /** @description relative to this address, or elsewhere when it was imported */
                            url: string;
                            width: number | null;
                        }[];
                        in_stock: boolean;
                        options: {
                            name: string;
                            values: string[];
                        }[];
                        price: string;
                        price_max: string;
                        seller: {
                            id: string;
                            name: string | null;
                        };
                        seo: {
                            description: string;
                            title: string;
                        };
                        slug: string;
                        /** @enum {string} */
                        status?: "draft" | "active" | "inactive" | "archived";
                        tags: string[];
                        tax_class: string;
                        title: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        variants: {
                            /** @description exact to 20; to the public, 20 means 20 or more */
                            available: number;
                            barcode: string | null;
                            compare_at_price: string | null;
                            currency: string;
                            id: string;
                            image_id: string | null;
                            in_stock: boolean;
                            low_stock_threshold?: number;
                            /** @description managers only, as the two below */
                            on_hand?: number;
                            options: {
                                [key: string]: string;
                            };
                            price: string;
                            reserved?: number;
                            sku: string;
                            weight_grams: number;
                        }[];
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changeVariant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                variant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    barcode?: string | null;
                    compare_at_price?: (string | number) | null;
                    image_id?: string | null;
                    low_stock_threshold?: number;
                    /** @description one value for each option of the product, by name */
                    options?: {
                        [key: string]: string;
                    };
                    price?: string | number;
                    sku?: string;
                    weight_grams?: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        category: {
                            id: string;
                            name: string;
                            slug: string;
                        } | null;
                        category_path: {
                            id: string;
                            name: string;
                            slug: string;
                        }[];
                        compare_at_price: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string;
                        /** @description as the seller wrote it: not safe HTML */
                        description: string;
                        /** @description its name in import files; managers only */
                        handle?: string;
                        id: string;
                        images: {
                            alt: string;
                            height: number | null;
                            id: string;
                            /** @description relative to this address, or elsewhere when it was imported */
                            url: string;
                            width: number | null;
                        }[];
                        in_stock: boolean;
                        options: {
                            name: string;
                            values: string[];
                        }[];
                        price: string;
                        price_max: string;
                        seller: {
                            id: string;
                            name: string | null;
                        };
                        seo: {
                            description: string;
                            title: string;
                        };
                        slug: string;
                        /** @enum {string} */
                        status?: "draft" | "active" | "inactive" | "archived";
                        tags: string[];
                        tax_class: string;
                        title: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        variants: {
                            /** @description exact to 20; to the public, 20 means 20 or more */
                            available: number;
                            barcode: string | null;
                            compare_at_price: string | null;
                            currency: string;
                            id: string;
                            image_id: string | null;
                            in_stock: boolean;
                            low_stock_threshold?: number;
                            /** @description managers only, as the two below */
                            on_hand?: number;
                            options: {
                                [key: string]: string;
                            };
                            price: string;
                            reserved?: number;
                            sku: string;
                            weight_grams: number;
                        }[];
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    verifyReceipt: {
        parameters: {
            query: {
                code: string;
            };
            header?: never;
            path: {
                number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        currency: string;
                        number: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        placed_at: string;
                        refunded_total: string;
                        sellers: {
                            document: string;
                            legal_name: string;
                        }[];
                        status: string;
                        total: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listReconciliationDifferences: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                state?: "open" | "explained" | "corrected" | "booked" | "matched";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            age_hours: number;
                            booked_amount: string | null;
                            currency: string;
                            entry_id: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            found_at: string;
                            id: string;
                            kind: string;
                            matter: string;
                            note: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            occurred_at: string;
                            payment_id: string | null;
                            payout_id: string | null;
                            provider: string;
                            provider_amount: string | null;
                            reference: string | null;
                            resolved_at: string | null;
                            resolved_by: string | null;
                            state: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    resolveReconciliationDifference: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: string;
                    state: "explained" | "corrected" | "booked";
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        age_hours: number;
                        booked_amount: string | null;
                        currency: string;
                        entry_id: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        found_at: string;
                        id: string;
                        kind: string;
                        matter: string;
                        note: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        occurred_at: string;
                        payment_id: string | null;
                        payout_id: string | null;
                        provider: string;
                        provider_amount: string | null;
                        reference: string | null;
                        resolved_at: string | null;
                        resolved_by: string | null;
                        state: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    runReconciliation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     */
                    from?: string;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     */
                    to?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        runs: {
                            differences: number;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            from: string;
                            movements: number;
                            provider: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            to: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listShippingMethods: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            countries: string[];
                            days_max: number;
                            days_min: number;
                            id: string;
                            is_active: boolean;
                            name: {
                                en: string;
                                es: string;
                            };
                            pickup_place: string | null;
                            position: number;
                            prices: {
                                currency: string;
                                free_from: string | null;
                                price: string;
                            }[];
                            regions: string[];
                            version: number;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addShippingMethod: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    countries?: string[];
                    days_max: number;
                    days_min: number;
                    is_active?: boolean;
                    name: {
                        en: string;
                        es: string;
                    };
                    /** @description buyers come for it */
                    pickup_place?: string | null;
                    position?: number;
                    prices: {
                        currency: string;
                        free_from?: (string | number) | null;
                        price: string | number;
                    }[];
                    /** @description of the only country, as its addresses name them */
                    regions?: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        countries: string[];
                        days_max: number;
                        days_min: number;
                        id: string;
                        is_active: boolean;
                        name: {
                            en: string;
                            es: string;
                        };
                        pickup_place: string | null;
                        position: number;
                        prices: {
                            currency: string;
                            free_from: string | null;
                            price: string;
                        }[];
                        regions: string[];
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getShippingMethod: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        countries: string[];
                        days_max: number;
                        days_min: number;
                        id: string;
                        is_active: boolean;
                        name: {
                            en: string;
                            es: string;
                        };
                        pickup_place: string | null;
                        position: number;
                        prices: {
                            currency: string;
                            free_from: string | null;
                            price: string;
                        }[];
                        regions: string[];
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replaceShippingMethod: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    countries?: string[];
                    days_max: number;
                    days_min: number;
                    is_active?: boolean;
                    name: {
                        en: string;
                        es: string;
                    };
                    /** @description buyers come for it */
                    pickup_place?: string | null;
                    position?: number;
                    prices: {
                        currency: string;
                        free_from?: (string | number) | null;
                        price: string | number;
                    }[];
                    /** @description of the only country, as its addresses name them */
                    regions?: string[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        countries: string[];
                        days_max: number;
                        days_min: number;
                        id: string;
                        is_active: boolean;
                        name: {
                            en: string;
                            es: string;
                        };
                        pickup_place: string | null;
                        position: number;
                        prices: {
                            currency: string;
                            free_from: string | null;
                            price: string;
                        }[];
                        regions: string[];
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeShippingMethod: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listShippingOptions: {
        parameters: {
            query: {
                /** @description ISO 3166-1 */
                country: string;
                /** @description department, state, province or region, as the address names it */
                region?: string;
                /** @description this alone, instead of the cart */
                variant_id?: string;
                /** @description of that variant */
                quantity?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description an order without one of them is refused */
                        is_required: boolean;
                        items: {
                            currency: string;
                            earliest: {
                                /** Format: date */
                                date: string;
                                /** @description ISO 8601: Monday is 1 */
                                weekday: number;
                            };
                            latest: {
                                /** Format: date */
                                date: string;
                                /** @description ISO 8601: Monday is 1 */
                                weekday: number;
                            };
                            method_id: string;
                            name: {
                                en: string;
                                es: string;
                            };
                            pickup_place: string | null;
                            price: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getShop: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description null: the colours that Plaza comes with */
                        brand_colour: string | null;
                        changed_at: string | null;
                        /** @description ISO 3166-1, as GET /shop/countries lists them; null: that of the currency */
                        country: string | null;
                        /** @description null: Plaza */
                        name: string | null;
                        /** @description for how long after its arrival a product is taken back; 0: not at all */
                        return_days: number;
                        /** @description for If-Match */
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    changeShop: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description null: the colours that Plaza comes with */
                    brand_colour: string | null;
                    /** @description ISO 3166-1, as GET /shop/countries lists them; null: that of the currency */
                    country: string | null;
                    /** @description null: Plaza */
                    name: string | null;
                    /** @description for how long after its arrival a product is taken back; 0: not at all */
                    return_days: number;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description null: the colours that Plaza comes with */
                        brand_colour: string | null;
                        changed_at: string | null;
                        changed_by: string | null;
                        /** @description ISO 3166-1, as GET /shop/countries lists them; null: that of the currency */
                        country: string | null;
                        /** @description null: Plaza */
                        name: string | null;
                        /** @description for how long after its arrival a product is taken back; 0: not at all */
                        return_days: number;
                        /** @description for If-Match */
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    beginShop: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description ISO 3166-1, as GET /shop/countries lists them; null: that of the currency */
                    country: string | null;
                    /** @description null: Plaza */
                    name: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getShopColours: {
        parameters: {
            query: {
                brand_colour: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        dark: {
                            fill: string;
                            hover: string;
                            on_primary: string;
                            primary: string;
                            soft: string;
                        };
                        /** @description it could not be read in the light theme as it is */
                        is_adjusted: boolean;
                        light: {
                            fill: string;
                            hover: string;
                            on_primary: string;
                            primary: string;
                            soft: string;
                        };
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listShopCountries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            country: string;
                            currency: string;
                            /** @description what its tax on sales is called */
                            tax: string;
                            time_zone: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listTaxRates: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            code: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            id: string;
                            /** @description a country, or a part of one, as ISO 3166 names it */
                            jurisdiction: string;
                            /** @description hundredths of a per cent: 1900 is 19 % */
                            rate_basis_points: number;
                            /** @description how the catalog says that a product is taxed */
                            tax_class: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            updated_at: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            valid_from: string;
                            version: number;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    addTaxRate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    /** @description a country, or a part of one, as ISO 3166 names it */
                    jurisdiction: string;
                    /** @description hundredths of a per cent: 1900 is 19 % */
                    rate_basis_points: number;
                    /** @description how the catalog says that a product is taxed */
                    tax_class: string;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     */
                    valid_from?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        id: string;
                        /** @description a country, or a part of one, as ISO 3166 names it */
                        jurisdiction: string;
                        /** @description hundredths of a per cent: 1900 is 19 % */
                        rate_basis_points: number;
                        /** @description how the catalog says that a product is taxed */
                        tax_class: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        valid_from: string;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getTaxRate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        id: string;
                        /** @description a country, or a part of one, as ISO 3166 names it */
                        jurisdiction: string;
                        /** @description hundredths of a per cent: 1900 is 19 % */
                        rate_basis_points: number;
                        /** @description how the catalog says that a product is taxed */
                        tax_class: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        valid_from: string;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    replaceTaxRate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    code: string;
                    /** @description a country, or a part of one, as ISO 3166 names it */
                    jurisdiction: string;
                    /** @description hundredths of a per cent: 1900 is 19 % */
                    rate_basis_points: number;
                    /** @description how the catalog says that a product is taxed */
                    tax_class: string;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     */
                    valid_from: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        id: string;
                        /** @description a country, or a part of one, as ISO 3166 names it */
                        jurisdiction: string;
                        /** @description hundredths of a per cent: 1900 is 19 % */
                        rate_basis_points: number;
                        /** @description how the catalog says that a product is taxed */
                        tax_class: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        valid_from: string;
                        version: number;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    removeTaxRate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description part of a name, an e-mail address or a user name; case and accents are equal */
                q?: string;
                role?: "customer" | "seller" | "professional" | "support" | "admin";
                status?: "pending" | "active" | "deactivated";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            avatar: {
                                large: string;
                                medium: string;
                                small: string;
                            } | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            currency: string | null;
                            email: string;
                            email_verified: boolean;
                            full_name: string | null;
                            id: string;
                            language: "es" | "en";
                            phone_number: string | null;
                            region: string | null;
                            roles: string[];
                            status: "pending" | "active" | "deactivated";
                            time_zone: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            updated_at: string;
                            username: string;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    full_name?: string;
                    language?: "es" | "en";
                    /** @description 8 to 128 characters; the passwords that are tried first are refused */
                    password: string;
                    /** @description E.164 */
                    phone_number?: string;
                    /** @description customer */
                    roles?: ("customer" | "seller" | "professional" | "support" | "admin")[];
                    username: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        email: string;
                        email_verified: boolean;
                        full_name: string | null;
                        id: string;
                        language: "es" | "en";
                        phone_number: string | null;
                        roles: ("customer" | "seller" | "professional" | "support" | "admin")[];
                        username: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    showAvatar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description WebP */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/webp": unknown;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    listErasures: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            account_id: string;
                            completed_at: string | null;
                            confirmed: string[];
                            id: string;
                            refusal: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            requested_at: string;
                            requested_by: string;
                            status: "requested" | "erasing" | "completed" | "refused";
                            waiting_for: string[];
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account_id: string;
                        completed_at: string | null;
                        confirmed: string[];
                        id: string;
                        refusal: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        requested_at: string;
                        requested_by: string;
                        status: "requested" | "erasing" | "completed" | "refused";
                        waiting_for: string[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getMyProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        avatar: {
                            large: string;
                            medium: string;
                            small: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string | null;
                        email: string;
                        email_verified: boolean;
                        full_name: string | null;
                        id: string;
                        language: "es" | "en";
                        phone_number: string | null;
                        region: string | null;
                        roles: string[];
                        status: "pending" | "active" | "deactivated";
                        time_zone: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        username: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    updateMyProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    full_name?: string | null;
                    language?: "es" | "en";
                    phone_number?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        avatar: {
                            large: string;
                            medium: string;
                            small: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string | null;
                        email: string;
                        email_verified: boolean;
                        full_name: string | null;
                        id: string;
                        language: "es" | "en";
                        phone_number: string | null;
                        region: string | null;
                        roles: string[];
                        status: "pending" | "active" | "deactivated";
                        time_zone: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        username: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    eraseMyAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the user name of the account: this cannot be taken back */
                    confirm: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account_id: string;
                        completed_at: string | null;
                        confirmed: string[];
                        id: string;
                        refusal: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        requested_at: string;
                        requested_by: string;
                        status: "requested" | "erasing" | "completed" | "refused";
                        waiting_for: string[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listMyAddresses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            country: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            document: {
                                number: string;
                                type: string;
                            } | null;
                            fields: {
                                [key: string]: string;
                            };
                            full_name: string;
                            id: string;
                            is_default_billing: boolean;
                            is_default_shipping: boolean;
                            label: string | null;
                            phone_number: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            updated_at: string;
                        }[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    addMyAddress: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description ISO 3166-1 */
                    country: string;
                    document?: {
                        number: string;
                        type: string;
                    } | null;
                    /** @description by the keys of GET /address-forms/{country} */
                    fields: {
                        [key: string]: string;
                    };
                    full_name: string;
                    is_default_billing?: boolean;
                    is_default_shipping?: boolean;
                    label?: string | null;
                    phone_number?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        country: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        document: {
                            number: string;
                            type: string;
                        } | null;
                        fields: {
                            [key: string]: string;
                        };
                        full_name: string;
                        id: string;
                        is_default_billing: boolean;
                        is_default_shipping: boolean;
                        label: string | null;
                        phone_number: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getMyAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        country: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        document: {
                            number: string;
                            type: string;
                        } | null;
                        fields: {
                            [key: string]: string;
                        };
                        full_name: string;
                        id: string;
                        is_default_billing: boolean;
                        is_default_shipping: boolean;
                        label: string | null;
                        phone_number: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    replaceMyAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description ISO 3166-1 */
                    country: string;
                    document?: {
                        number: string;
                        type: string;
                    } | null;
                    /** @description by the keys of GET /address-forms/{country} */
                    fields: {
                        [key: string]: string;
                    };
                    full_name: string;
                    is_default_billing?: boolean;
                    is_default_shipping?: boolean;
                    label?: string | null;
                    phone_number?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        country: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        document: {
                            number: string;
                            type: string;
                        } | null;
                        fields: {
                            [key: string]: string;
                        };
                        full_name: string;
                        id: string;
                        is_default_billing: boolean;
                        is_default_shipping: boolean;
                        label: string | null;
                        phone_number: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    removeMyAddress: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    setMyAvatar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        avatar: {
                            large: string;
                            medium: string;
                            small: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string | null;
                        email: string;
                        email_verified: boolean;
                        full_name: string | null;
                        id: string;
                        language: "es" | "en";
                        phone_number: string | null;
                        region: string | null;
                        roles: string[];
                        status: "pending" | "active" | "deactivated";
                        time_zone: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        username: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    removeMyAvatar: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    changeMyPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    confirm_password: string;
                    current_password: string;
                    /** @description 8 to 128 characters; the passwords that are tried first are refused */
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getMyExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description where it is, when ready */
                        archive: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        expires_at: string;
                        file_count: number;
                        id: string;
                        progress: {
                            done: number;
                            total: number;
                        };
                        ready_at: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        requested_at: string;
                        status: "collecting" | "ready" | "failed" | "expired";
                        waiting_for: string[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    requestMyExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description where it is, when ready */
                        archive: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        expires_at: string;
                        file_count: number;
                        id: string;
                        progress: {
                            done: number;
                            total: number;
                        };
                        ready_at: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        requested_at: string;
                        status: "collecting" | "ready" | "failed" | "expired";
                        waiting_for: string[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    downloadMyExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description gzip */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/gzip": unknown;
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    listMyFavourites: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                /** @description only these of them: at most 100 ids with commas between */
                product_ids?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            compare_at_price: string | null;
                            currency: string;
                            id: string;
                            image: {
                                alt: string;
                                height: number | null;
                                id: string;
                                /** @description relative to this address, or elsewhere when it was imported */
                                url: string;
                                width: number | null;
                            } | null;
                            in_stock: boolean;
                            is_for_sale: boolean;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            kept_at: string;
                            /** @description null: not sold any more */
                            price: string | null;
                            /** @description null: not sold any more */
                            price_max: string | null;
                            slug: string;
                            title: string;
                            /** @description the one that goes into the cart; null: one has to be chosen, or none is sold */
                            variant_id: string | null;
                        }[];
                        next_cursor: string | null;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    keepFavourite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    removeFavourite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    getMyPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        currency: string | null;
                        language: "es" | "en";
                        /** @description language and region together, BCP 47 */
                        locale: string;
                        region: string | null;
                        time_zone: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    updateMyPreferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    currency?: string | null;
                    language?: "es" | "en";
                    region?: string | null;
                    time_zone?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        currency: string | null;
                        language: "es" | "en";
                        /** @description language and region together, BCP 47 */
                        locale: string;
                        region: string | null;
                        time_zone: string | null;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        avatar: {
                            large: string;
                            medium: string;
                            small: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string | null;
                        email: string;
                        email_verified: boolean;
                        full_name: string | null;
                        id: string;
                        language: "es" | "en";
                        phone_number: string | null;
                        region: string | null;
                        roles: string[];
                        status: "pending" | "active" | "deactivated";
                        time_zone: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        username: string;
                    } & {
                        addresses: {
                            country: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            document: {
                                number: string;
                                type: string;
                            } | null;
                            fields: {
                                [key: string]: string;
                            };
                            full_name: string;
                            id: string;
                            is_default_billing: boolean;
                            is_default_shipping: boolean;
                            label: string | null;
                            phone_number: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            updated_at: string;
                        }[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    currency?: string | null;
                    full_name?: string | null;
                    language?: "es" | "en";
                    phone_number?: string | null;
                    region?: string | null;
                    time_zone?: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        avatar: {
                            large: string;
                            medium: string;
                            small: string;
                        } | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        created_at: string;
                        currency: string | null;
                        email: string;
                        email_verified: boolean;
                        full_name: string | null;
                        id: string;
                        language: "es" | "en";
                        phone_number: string | null;
                        region: string | null;
                        roles: string[];
                        status: "pending" | "active" | "deactivated";
                        time_zone: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        updated_at: string;
                        username: string;
                    } & {
                        addresses: {
                            country: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            created_at: string;
                            document: {
                                number: string;
                                type: string;
                            } | null;
                            fields: {
                                [key: string]: string;
                            };
                            full_name: string;
                            id: string;
                            is_default_billing: boolean;
                            is_default_shipping: boolean;
                            label: string | null;
                            phone_number: string | null;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             */
                            updated_at: string;
                        }[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    eraseUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the user name of the account: this cannot be taken back */
                    confirm: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        account_id: string;
                        completed_at: string | null;
                        confirmed: string[];
                        id: string;
                        refusal: string | null;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         */
                        requested_at: string;
                        requested_by: string;
                        status: "requested" | "erasing" | "completed" | "refused";
                        waiting_for: string[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    activateAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        email: string;
                        email_verified: boolean;
                        full_name: string | null;
                        id: string;
                        language: "es" | "en";
                        phone_number: string | null;
                        roles: ("customer" | "seller" | "professional" | "support" | "admin")[];
                        username: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    deactivateAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        email: string;
                        email_verified: boolean;
                        full_name: string | null;
                        id: string;
                        language: "es" | "en";
                        phone_number: string | null;
                        roles: ("customer" | "seller" | "professional" | "support" | "admin")[];
                        username: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    changeRoles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    roles: ("customer" | "seller" | "professional" | "support" | "admin")[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        created_at: string;
                        email: string;
                        email_verified: boolean;
                        full_name: string | null;
                        id: string;
                        language: "es" | "en";
                        phone_number: string | null;
                        roles: ("customer" | "seller" | "professional" | "support" | "admin")[];
                        username: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    removeSecondFactors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            default: components["responses"]["Problem"];
        };
    };
    receiveMercadoPagoNotification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        is_stored: boolean;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    createLiveTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description seconds */
                        expires_in: number;
                        /** @description as the second subprotocol: plaza.v1, ticket.<ticket> */
                        ticket: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        gateway: string;
                        /** @description of this process: healthy, or degraded: sign-ins wait, reads go on */
                        redis?: string;
                        services: {
                            [key: string]: string;
                        };
                        status: string;
                    };
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        gateway: string;
                        /** @description of this process: healthy, or degraded: sign-ins wait, reads go on */
                        redis?: string;
                        services: {
                            [key: string]: string;
                        };
                        status: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: string;
                    };
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: string;
                    };
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        status: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    showInstalarPage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    submitInstalarPage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    confirm_password?: string;
                    email?: string;
                    password?: string;
                    username?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    authorize: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    authorizeByForm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    resumeAuthorization: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
    showAuthorizationPage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    allowApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    refuseApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never> | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    secondStepForApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    challenge_id?: string;
                    code?: string;
                    method?: string;
                    methods?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    mailCodeForApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    challenge_id?: string;
                    code?: string;
                    method?: string;
                    methods?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    signInForApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                uid: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password?: string;
                    username?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    introspectToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getOauth2Jwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description of the tokens that applications get */
                        issuer: string;
                        keys: {
                            alg: string;
                            crv: string;
                            kid: string;
                            kty: string;
                            use: string;
                            x: string;
                        }[];
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    revokeToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    issueToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getUserInfo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email?: string;
                        email_verified?: boolean;
                        locale?: string;
                        name?: string;
                        preferred_username?: string;
                        sub: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    postUserInfo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        email?: string;
                        email_verified?: boolean;
                        locale?: string;
                        name?: string;
                        preferred_username?: string;
                        sub: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    showSetupPage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    submitSetupPage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    confirm_password?: string;
                    email?: string;
                    password?: string;
                    username?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            /** @description Default Response */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string;
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    getStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        node: string;
                        services: {
                            [key: string]: {
                                addresses?: {
                                    [key: string]: "up" | "aside";
                                };
                                /** @enum {string} */
                                breaker?: "closed" | "half-open" | "open";
                                dead_letters: number;
                                outbox_age_seconds: number;
                                outbox_pending: number;
                            };
                        };
                        started_at: string;
                        uptime_seconds: number;
                        version: string;
                    };
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        node: string;
                        services: {
                            [key: string]: {
                                addresses?: {
                                    [key: string]: "up" | "aside";
                                };
                                /** @enum {string} */
                                breaker?: "closed" | "half-open" | "open";
                                dead_letters: number;
                                outbox_age_seconds: number;
                                outbox_pending: number;
                            };
                        };
                        started_at: string;
                        uptime_seconds: number;
                        version: string;
                    };
                };
            };
            default: components["responses"]["Problem"];
        };
    };
    openLiveSocket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the connection is a WebSocket from here on */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: components["responses"]["Problem"];
        };
    };
}
