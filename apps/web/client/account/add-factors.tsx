import { KeyRound, Mail, Smartphone } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { useText } from '../i18n/use-text.tsx';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { FormFailure, Notice } from '../kit/feedback.tsx';
import { TextField } from '../kit/field.tsx';
import { useToast } from '../kit/toast.tsx';
import { bodyOf, useSending } from '../kit/use-request.ts';
import type { useProof } from '../step-up/step-up.tsx';

type Factors = AnswerOf<'/api/v1/auth/second-factors', 'get'>;
type Secret = AnswerOf<'/api/v1/auth/second-factors/totp', 'post', 201>;
type WithProof = ReturnType<typeof useProof>['withProof'];

/** Shown once: whoever loses everything else gets in with one of them. */
const RecoveryCodes = ({ codes }: Readonly<{ codes: readonly string[] }>): ReactElement => {
  const say = useText();
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="warning">{say('factor.codesText')}</Notice>
      <ul className="grid grid-cols-1 gap-1 font-mono text-small sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Button onClick={() => void navigator.clipboard.writeText(codes.join('\n'))}>
        {say('factor.copyCodes')}
      </Button>
    </div>
  );
};

const ConfirmApp = ({
  secret,
  onCode,
  sending,
}: Readonly<{
  secret: Secret;
  onCode: (code: string) => void;
  sending: Pick<ReturnType<typeof useSending>, 'failure' | 'isBusy'>;
}>): ReactElement => {
  const say = useText();
  const [code, setCode] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onCode(code);
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-body text-text-2">{say('factor.scan')}</p>
      <img
        src={`data:image/svg+xml;utf8,${encodeURIComponent(secret.qr_svg)}`}
        alt={say('factor.qr')}
        width={192}
        height={192}
        className="self-center rounded-control-small bg-tile p-2"
      />
      <p className="font-mono text-caption break-all text-text-2">{secret.secret}</p>
      <FormFailure failure={sending.failure} />
      <TextField
        name="code"
        label={say('security.totpCode')}
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={({ target }) => setCode(target.value)}
      />
      <Button type="submit" kind="filled" isBusy={sending.isBusy}>
        {say('security.confirmCode')}
      </Button>
    </form>
  );
};

/** Adds an app, codes by mail, or a passkey of this device. */
export const AddFactors = ({
  factors,
  withProof,
}: Readonly<{ factors: Factors; withProof: WithProof }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const [secret, setSecret] = useState<Secret>();
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
      const { startRegistration } = await import('@simplewebauthn/browser');
      const options = await withProof(() =>
        bodyOf(api.POST('/api/v1/auth/second-factors/passkeys/options', { body: {} })),
      );
      const credential = await startRegistration({ optionsJSON: options });
      const body = { credential, name: say('factor.thisDevice') } as never;
      const done = await bodyOf(api.POST('/api/v1/auth/second-factors/passkeys', { body }));
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
