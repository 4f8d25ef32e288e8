import { useState, type FormEvent, type ReactElement } from 'react';
import { browserApi, type AnswerOf } from '../api/client.ts';
import type { Failure } from '../api/problems.ts';
import { useText } from '../i18n/use-text.tsx';
import { Button } from '../kit/button.tsx';
import { FormFailure, Notice } from '../kit/feedback.tsx';
import { TextField } from '../kit/field.tsx';
import { bodyOf } from '../kit/use-request.ts';

export type AppSecret = AnswerOf<'/api/v1/auth/second-factors/totp', 'post', 201>;
type Made = AnswerOf<'/api/v1/auth/second-factors/passkeys', 'post', 201>;

/** Makes a passkey of this device, by the browser's own dialog, and registers it. */
export const makePasskey = async (
  name: string,
  around: <Body>(ask: () => Promise<Body>) => Promise<Body> = (ask) => ask(),
): Promise<Made> => {
  const api = browserApi();
  const { startRegistration } = await import('@simplewebauthn/browser');
  const options = await around(() =>
    bodyOf(api.POST('/api/v1/auth/second-factors/passkeys/options', { body: {} })),
  );
  const credential = await startRegistration({ optionsJSON: options });
  const body = { credential, name } as never;
  return bodyOf(api.POST('/api/v1/auth/second-factors/passkeys', { body }));
};

/** Shown once: whoever loses everything else gets in with one of them. */
export const RecoveryCodes = ({ codes }: Readonly<{ codes: readonly string[] }>): ReactElement => {
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

/** What the app scans, and the field for what it shows then. */
export const ConfirmApp = ({
  secret,
  onCode,
  sending,
}: Readonly<{
  secret: AppSecret;
  onCode: (code: string) => void;
  sending: Readonly<{ failure: Failure | undefined; isBusy: boolean }>;
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
