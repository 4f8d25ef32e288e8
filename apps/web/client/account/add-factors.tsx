import { KeyRound, Mail, Smartphone } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { useText } from '../i18n/use-text.tsx';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { FormFailure } from '../kit/feedback.tsx';
import { useToast } from '../kit/toast.tsx';
import { bodyOf, useSending } from '../kit/use-request.ts';
import { ConfirmApp, makePasskey, RecoveryCodes, type AppSecret } from './factor-parts.tsx';
import type { useProof } from '../step-up/step-up.tsx';

type Factors = AnswerOf<'/api/v1/auth/second-factors', 'get'>;
type WithProof = ReturnType<typeof useProof>['withProof'];

/** Adds an app, codes by mail, or a passkey of this device. */
export const AddFactors = ({
  factors,
  withProof,
}: Readonly<{ factors: Factors; withProof: WithProof }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const [secret, setSecret] = useState<AppSecret>();
  const [codes, setCodes] = useState<readonly string[]>();
  const sending = useSending(['factors']);
  const api = browserApi();
  const has = (kind: string): boolean => factors.items.some((factor) => factor.kind === kind);
  const finish = (recovery: readonly string[] | null): void => {
    setSecret(undefined);
    toast(say('factor.addedToast'));
    if (recovery) setCodes(recovery);
  };
  const addApp = (): void =>
    void sending.send(async () => {
      setSecret(
        await withProof(() => bodyOf(api.POST('/api/v1/auth/second-factors/totp', { body: {} }))),
      );
    });
  const confirmApp = (code: string): void =>
    void sending.send(async () => {
      const body = { code: code.replaceAll(/\s/g, '') };
      const done = await withProof(() =>
        bodyOf(api.POST('/api/v1/auth/second-factors/totp/confirm', { body })),
      );
      finish(done.recovery_codes);
    });
  const addMail = (): void =>
    void sending.send(async () => {
      const done = await withProof(() =>
        bodyOf(api.POST('/api/v1/auth/second-factors/email', { body: {} })),
      );
      finish(done.recovery_codes);
    });
  const addPasskey = (): void =>
    void sending.send(async () => {
      const done = await makePasskey(say('factor.thisDevice'), withProof);
      finish(done.recovery_codes);
    });
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        {!has('totp') && (
          <Button size={40} icon={Smartphone} onClick={addApp}>
            {say('factor.addApp')}
          </Button>
        )}
        <Button size={40} icon={KeyRound} onClick={addPasskey}>
          {say('factor.addPasskey')}
        </Button>
        {!has('email') && (
          <Button size={40} icon={Mail} onClick={addMail}>
            {say('factor.addMail')}
          </Button>
        )}
      </div>
      {!secret && <FormFailure failure={sending.failure} />}
      <Dialog
        isOpen={secret !== undefined}
        onClose={() => setSecret(undefined)}
        title={say('factor.addApp')}
      >
        {secret && <ConfirmApp secret={secret} onCode={confirmApp} sending={sending} />}
      </Dialog>
      <Dialog
        isOpen={codes !== undefined}
        onClose={() => setCodes(undefined)}
        title={say('factor.codes')}
      >
        {codes && <RecoveryCodes codes={codes} />}
      </Dialog>
    </div>
  );
};
