import { KeyRound, Mail, MonitorSmartphone, Smartphone, type LucideIcon } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { Moment, useText } from '../i18n/use-text.tsx';
import { Button } from '../kit/button.tsx';
import { FormFailure, Tag } from '../kit/feedback.tsx';
import { TextField } from '../kit/field.tsx';
import { Icon } from '../kit/icon.tsx';
import { useToast } from '../kit/toast.tsx';
import { useFieldWords } from '../kit/use-failure.ts';
import { bodyOf, useLoaded, useSending } from '../kit/use-request.ts';
import { AddFactors } from './add-factors.tsx';
import { AccountPage, Region } from './frame.tsx';
import { useProof } from '../step-up/step-up.tsx';

type Sessions = AnswerOf<'/api/v1/auth/sessions', 'get'>['items'];
type Factors = AnswerOf<'/api/v1/auth/second-factors', 'get'>;
type WithProof = ReturnType<typeof useProof>['withProof'];

const factorIcons: Readonly<Record<string, LucideIcon>> = {
  totp: Smartphone,
  email: Mail,
  passkey: KeyRound,
};

const PasswordForm = (): ReactElement => {
  const say = useText();
  const toast = useToast();
  const [typed, setTyped] = useState({ current_password: '', new_password: '' });
  const { isBusy, failure, send } = useSending(['sessions']);
  const words = useFieldWords(failure);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const body = { ...typed, confirm_password: typed.new_password };
    const isDone = await send(() =>
      bodyOf(browserApi().PUT('/api/v1/auth/change-password', { body }), Object.keys(typed)),
    );
    if (!isDone) return;
    setTyped({ current_password: '', new_password: '' });
    toast(say('security.passwordChanged'));
  };
  return (
    <form
      noValidate
      onSubmit={(event) => void save(event)}
      className="flex max-w-md flex-col gap-4"
    >
      <FormFailure failure={failure} />
      <TextField
        name="current_password"
        type="password"
        label={say('security.current')}
        autoComplete="current-password"
        value={typed.current_password}
        error={words['current_password']}
        onChange={({ target }) => setTyped({ ...typed, current_password: target.value })}
      />
      <TextField
        name="new_password"
        type="password"
        label={say('security.new')}
        hint={say('security.newHint')}
        autoComplete="new-password"
        value={typed.new_password}
        error={words['new_password']}
        onChange={({ target }) => setTyped({ ...typed, new_password: target.value })}
      />
      <Button type="submit" isBusy={isBusy} className="self-start">
        {say('security.change')}
      </Button>
    </form>
  );
};

const FactorList = ({
  factors,
  withProof,
}: Readonly<{ factors: Factors; withProof: WithProof }>): ReactElement => {
  const say = useText();
  const { failure, send } = useSending(['factors']);
  const remove = (id: string): void =>
    void send(() =>
      withProof(() =>
        bodyOf(
          browserApi().DELETE('/api/v1/auth/second-factors/{id}', { params: { path: { id } } }),
        ),
      ),
    );
  if (factors.items.length === 0)
    return <p className="text-small text-text-2">{say('security.noFactors')}</p>;
  return (
    <div className="flex flex-col gap-3">
      <ul className="rounded-card border border-line bg-surface">
        {factors.items.map(({ id, kind, name, created_at: at }) => (
          <li key={id} className="flex items-center gap-3 border-b border-line p-3 last:border-0">
            <Icon of={factorIcons[kind] ?? KeyRound} size={20} className="text-text-2" />
            <span className="flex min-w-0 flex-1 flex-col text-small">
              <span className="font-medium">{name ?? say(`factor.${kind}`)}</span>
              <span className="text-caption text-text-3">
                {say('security.added')} <Moment at={at} />
              </span>
            </span>
            <Button size={36} kind="quiet" onClick={() => remove(id)}>
              {say('security.remove')}
            </Button>
          </li>
        ))}
      </ul>
      <p className="text-caption text-text-3">
        {say('security.recoveryLeft', { count: factors.recovery_codes_left })}
      </p>
      <FormFailure failure={failure} />
    </div>
  );
};

const SessionList = ({
  sessions,
  withProof,
}: Readonly<{ sessions: Sessions; withProof: WithProof }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const { failure, send } = useSending(['sessions']);
  const api = browserApi();
  const end = (id: string): void =>
    void send(() =>
      withProof(() =>
        bodyOf(api.DELETE('/api/v1/auth/sessions/{id}', { params: { path: { id } } })),
      ),
    );
  const endOthers = async (): Promise<void> => {
    const isDone = await send(() =>
      withProof(() => bodyOf(api.DELETE('/api/v1/auth/sessions', {}))),
    );
    if (isDone) toast(say('security.othersEnded'));
  };
  return (
    <div className="flex flex-col gap-3">
      <ul className="rounded-card border border-line bg-surface">
        {sessions.map(({ id, device, ip, is_current: isCurrent, last_used_at: at }) => (
          <li key={id} className="flex items-center gap-3 border-b border-line p-3 last:border-0">
            <Icon of={MonitorSmartphone} size={20} className="text-text-2" />
            <span className="flex min-w-0 flex-1 flex-col text-small">
              <span className="flex flex-wrap items-center gap-2 font-medium">
                {[device.browser, device.system].filter(Boolean).join(' · ') ||
                  say('security.unknownDevice')}
                {isCurrent && <Tag tone="success">{say('security.thisOne')}</Tag>}
              </span>
              <span className="text-caption text-text-3">
                {ip} · <Moment at={at} />
              </span>
            </span>
            {!isCurrent && (
              <Button size={36} kind="quiet" onClick={() => end(id)}>
                {say('security.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button size={40} className="self-start" onClick={() => void endOthers()}>
          {say('security.endOthers')}
        </Button>
      )}
      <FormFailure failure={failure} />
    </div>
  );
};

const Part = ({
  id,
  children,
}: Readonly<{ id: string; children: ReactElement | readonly ReactElement[] }>): ReactElement => {
  const say = useText();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4 border-t border-line pt-6">
      <h2 id={id} className="text-h2">
        {say(`security.${id}`)}
      </h2>
      {children}
    </section>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const { dialog, withProof } = useProof();
  const sessions = useLoaded(['sessions'], (signal) =>
    browserApi().GET('/api/v1/auth/sessions', { signal }),
  );
  const factors = useLoaded(['factors'], (signal) =>
    browserApi().GET('/api/v1/auth/second-factors', { signal }),
  );
  return (
    <AccountPage title={say('account.security')}>
      <Part id="password">
        <PasswordForm />
      </Part>
      <Part id="factors">
        <p className="-mt-2 max-w-xl text-small text-text-2">{say('security.factorsText')}</p>
        <Region of={factors} lines={1}>
          {(data) => (
            <div className="flex flex-col gap-5">
              <FactorList factors={data} withProof={withProof} />
              <AddFactors factors={data} withProof={withProof} />
            </div>
          )}
        </Region>
      </Part>
      <Part id="sessions">
        <Region of={sessions}>
          {({ items }) => <SessionList sessions={items} withProof={withProof} />}
        </Region>
      </Part>
      {dialog}
    </AccountPage>
  );
};
