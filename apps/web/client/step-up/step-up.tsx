import { KeyRound } from 'lucide-react';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { unreachable, type Failure } from '../api/problems.ts';
import { useText, useWholeText } from '../i18n/use-text.tsx';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { FormFailure } from '../kit/feedback.tsx';
import { TextField } from '../kit/field.tsx';
import { bodyOf, RequestFailed } from '../kit/use-request.ts';

type Challenge = AnswerOf<'/api/v1/auth/step-up/challenge', 'post'>;
type Waiting = Readonly<{ challenge: Challenge; settle: (isProven: boolean) => void }>;

const typed = ['totp', 'email', 'recovery_code'] as const;

/** Proves once more who is there: a passkey alone, or the password with a code where there is one. */
const Proof = ({ challenge, settle }: Waiting): ReactNode => {
  const say = useText();
  const [failure, setFailure] = useState<Failure>();
  const [isBusy, setBusy] = useState(false);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { challenge_id: id, methods } = challenge;
  const method = typed.find((known) => methods.includes(known));
  const attempt = async (work: () => Promise<object>): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    try {
      const body = (await work()) as never;
      await bodyOf(browserApi().POST('/api/v1/auth/step-up', { body }), ['password', 'code']);
      settle(true);
    } catch (error) {
      if (error instanceof RequestFailed) setFailure(error.failure);
      else if (!(error instanceof Error && /Abort|NotAllowed/.test(error.name)))
        setFailure(unreachable());
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // Whoever asks may be a form too; this is not its submission.
    event.stopPropagation();
    void attempt(async () =>
      id !== null && method ? { challenge_id: id, method, code, password } : { password },
    );
  };
  const unlock = (): void =>
    void attempt(async () => {
      const { startAuthentication } = await import('@simplewebauthn/browser');
      const asked = await bodyOf(
        browserApi().POST('/api/v1/auth/verify-code/passkey', { body: { challenge_id: id! } }),
      );
      const credential = await startAuthentication({ optionsJSON: asked });
      return { challenge_id: id, method: 'passkey', credential };
    });
  const mail = (): void => {
    void browserApi().POST('/api/v1/auth/verify-code/email', { body: { challenge_id: id! } });
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <p className="text-body text-text-2">{say('proof.text')}</p>
      <FormFailure failure={failure} />
      <TextField
        name="password"
        type="password"
        label={say('proof.password')}
        autoComplete="current-password"
        value={password}
        onChange={({ target }) => setPassword(target.value)}
      />
      {method && (
        <TextField
          name="code"
          label={say(`proof.${method}`)}
          autoComplete="one-time-code"
          value={code}
          onChange={({ target }) => setCode(target.value)}
        />
      )}
      {method === 'email' && (
        <Button size={40} onClick={mail}>
          {say('proof.mail')}
        </Button>
      )}
      <Button type="submit" kind="filled" isBusy={isBusy}>
        {say('proof.go')}
      </Button>
      {id !== null && methods.includes('passkey') && (
        <Button icon={KeyRound} onClick={unlock}>
          {say('proof.passkey')}
        </Button>
      )}
    </form>
  );
};

/**
 * Runs what asks for a fresh proof: when the server wants one, it is asked for, and then the same is
 * tried again. `dialog` must stand on the page.
 */
export const useProof = (): Readonly<{
  dialog: ReactNode;
  withProof: <Done>(work: () => Promise<Done>) => Promise<Done>;
}> => {
  const text = useWholeText();
  const [waiting, setWaiting] = useState<Waiting>();
  const last = useRef<Waiting>(undefined);
  const close = (isProven: boolean): void => {
    last.current?.settle(isProven);
    last.current = undefined;
    setWaiting(undefined);
  };
  const ask = async (): Promise<boolean> => {
    // Words come with the first question: most visits never see one.
    const words = await (text.language === 'en'
      ? import('./messages/en.json')
      : import('./messages/es.json'));
    text.add(words.default);
    const challenge = await bodyOf(
      browserApi().POST('/api/v1/auth/step-up/challenge', { body: {} }),
    );
    return new Promise((settle) => {
      last.current = { challenge, settle };
      setWaiting(last.current);
    });
  };
  const withProof = async <Done,>(work: () => Promise<Done>): Promise<Done> => {
    try {
      return await work();
    } catch (error) {
      const isAsked =
        error instanceof RequestFailed && error.failure.code === 'auth.step_up_required';
      if (!isAsked || !(await ask())) throw error;
      return work();
    }
  };
  // A form cannot stand in a form: wherever it is asked from, this one is of the page.
  const dialog = createPortal(
    <Dialog
      isOpen={waiting !== undefined}
      onClose={() => close(false)}
      title={waiting ? text.say('proof.title') : ''}
    >
      {waiting && <Proof challenge={waiting.challenge} settle={close} />}
    </Dialog>,
    document.body,
  );
  return { dialog, withProof };
};
