import { createAfterPassword } from './after-password.ts';
import {
  createEnableEmailFactor,
  createRemoveSecondFactors,
  createRenewRecoveryCodes,
} from './commands/change-second-factors.ts';
import { createConfirmTotp, createStartTotp } from './commands/enrol-totp.ts';
import { createMailSecondStepCode } from './commands/mail-second-step-code.ts';
import { createBeginPasskey, createRegisterPasskey } from './commands/register-passkey.ts';
import { createRenamePasskey } from './commands/rename-passkey.ts';
import { createAskForPasskey, createSignInWithPasskey } from './commands/sign-in-with-passkey.ts';
import { createBeginStepUp, createStepUp } from './commands/step-up.ts';
import { createVerifySecondStep } from './commands/verify-second-step.ts';
import { createFactorEnabler } from './enabled-factor.ts';
import { createPasskeyJudge } from './passkey-proof.ts';
import { createMySecondFactors } from './queries/my-second-factors.ts';
import { createSecondStepJudge } from './second-step.ts';

/** All that the handlers below need together. */
type Ports = Parameters<typeof createAfterPassword>[0] &
  Omit<Parameters<typeof createStepUp>[0], 'judge'> &
  Parameters<typeof createPasskeyJudge>[0] &
  Omit<Parameters<typeof createSecondStepJudge>[0], 'judgePasskey'> &
  Parameters<typeof createFactorEnabler>[0] &
  Omit<Parameters<typeof createRegisterPasskey>[0], 'enable'> &
  Omit<Parameters<typeof createSignInWithPasskey>[0], 'judgePasskey'> &
  Omit<Parameters<typeof createConfirmTotp>[0], 'enable'> &
  Omit<Parameters<typeof createRemoveSecondFactors>[0], 'enable'> &
  Parameters<typeof createMailSecondStepCode>[0] &
  Readonly<{
    secondFactors: Parameters<typeof createMySecondFactors>[0] &
      Parameters<typeof createRenamePasskey>[0];
  }>;

/** Handlers of second factors, and what a right password leads to. */
export const createFactorHandlers = (ports: Ports) => {
  const judgePasskey = createPasskeyJudge(ports);
  const judge = createSecondStepJudge({ ...ports, judgePasskey });
  const withPasskeys = { ...ports, judgePasskey };
  const enabling = { ...ports, enable: createFactorEnabler(ports) };
  return {
    afterPassword: createAfterPassword(ports),
    handlers: {
      verifySecondStep: createVerifySecondStep({ ...ports, judge }),
      mailSecondStepCode: createMailSecondStepCode(ports),
      beginStepUp: createBeginStepUp({ ...ports, judge }),
      stepUp: createStepUp({ ...ports, judge }),
      beginPasskey: createBeginPasskey(enabling),
      renamePasskey: createRenamePasskey(ports.secondFactors),
      registerPasskey: createRegisterPasskey(enabling),
      askForPasskey: createAskForPasskey(withPasskeys),
      signInWithPasskey: createSignInWithPasskey(withPasskeys),
      mySecondFactors: createMySecondFactors(ports.secondFactors),
      startTotp: createStartTotp(enabling),
      confirmTotp: createConfirmTotp(enabling),
      enableEmailFactor: createEnableEmailFactor(enabling),
      removeSecondFactors: createRemoveSecondFactors(enabling),
      renewRecoveryCodes: createRenewRecoveryCodes(enabling),
    },
  };
};
