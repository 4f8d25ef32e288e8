import { useState, type FormEvent, type ReactElement } from 'react';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { Moment, useSetting, useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { FormFailure, Notice } from '../../kit/feedback.tsx';
import { CheckField } from '../../kit/field.tsx';
import { useToast } from '../../kit/toast.tsx';
import { bodyOf, RequestFailed, useLoaded, useSending } from '../../kit/use-request.ts';
import { useProof } from '../../step-up/step-up.tsx';
import { useLeave } from '../../office/use-leave.ts';
import { Conflict } from '../kit/conflict.tsx';
import { AdminPage, Region } from '../kit/page.tsx';
import { Person, roles, type Role } from '../people/user-parts.tsx';
import { SettingsTabs } from './frame.tsx';

type Policy = AnswerOf<'/api/v1/auth/second-factor-policy', 'get'>;
type Mode = Policy['mode'];

const path = '/api/v1/auth/second-factor-policy';
const modes = ['off', 'optional', 'required'] as const;

/** A policy in one line. */
const useNamed = (): ((policy: Pick<Policy, 'mode' | 'roles'>) => string) => {
  const say = useText();
  return ({ mode, roles: of }) =>
    mode === 'required'
      ? say('access.requiredOf', { roles: of.map((role) => say(`role.${role}`)).join(', ') })
      : say(`access.${mode}`);
};

const Roles = ({
  chosen,
  onChoose,
}: Readonly<{ chosen: readonly Role[]; onChoose: (roles: readonly Role[]) => void }>) => {
  const say = useText();
  return (
    <fieldset className="flex flex-col pl-7">
      <legend className="pb-1 text-caption text-text-2">{say('access.roles')}</legend>
      {roles.map((role) => (
        <CheckField
          key={role}
          name={`role-${role}`}
          label={say(`role.${role}`)}
          checked={chosen.includes(role)}
          onChange={({ target }) =>
            onChoose(roles.filter((one) => (one === role ? target.checked : chosen.includes(one))))
          }
        />
      ))}
    </fieldset>
  );
};

const usePolicyForm = (policy: Policy) => {
  const say = useText();
  const toast = useToast();
  const { dialog, withProof } = useProof();
  const { isBusy, failure, send, clear } = useSending(['admin', 'second-factor-policy']);
  const [mode, setMode] = useState<Mode>(policy.mode);
  const [chosen, setChosen] = useState<readonly Role[]>(policy.roles);
  const [theirs, setTheirs] = useState<Policy>();
  const read = (): Promise<Policy> => bodyOf(browserApi().GET(path));
  const save = async (version: number): Promise<void> => {
    let isLate = false;
    const isDone = await send(() =>
      withProof(async () => {
        const body = { mode, roles: mode === 'required' ? [...chosen] : [] };
        const headers = { 'if-match': `"${version}"` };
        await bodyOf(browserApi().PUT(path, { body, headers } as never)).catch((error: unknown) => {
          isLate = error instanceof RequestFailed && error.failure.status === 412;
          throw error;
        });
      }),
    );
    if (isDone) {
      setTheirs(undefined);
      toast(say('access.saved'));
    } else if (isLate) setTheirs(await read());
  };
  const take = (found: Policy): void => {
    setMode(found.mode);
    setChosen(found.roles);
    setTheirs(undefined);
    clear();
  };
  return { mode, setMode, chosen, setChosen, theirs, take, save, isBusy, failure, dialog };
};

/** Who has to prove themselves twice. It asks for a fresh proof, and is written in the audit log. */
const PolicyForm = ({ policy }: Readonly<{ policy: Policy }>): ReactElement => {
  const say = useText();
  const named = useNamed();
  const { viewer } = useSetting();
  const form = usePolicyForm(policy);
  const { mode, chosen, theirs } = form;
  const factors = useLoaded(['admin', 'my-factors'], (signal) =>
    browserApi().GET('/api/v1/auth/second-factors', { signal }),
  );
  const isChanged =
    mode !== policy.mode ||
    (mode === 'required' && chosen.toSorted().join() !== policy.roles.toSorted().join());
  const { question } = useLeave(isChanged);
  const isMine = chosen.some((role) => viewer?.roles.includes(role));
  const hasNone = factors.data?.items.length === 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void form.save(policy.version);
  };
  return (
    <form data-page-form noValidate onSubmit={submit} className="flex max-w-2xl flex-col gap-5">
      {question}
      {form.failure?.status !== 412 && <FormFailure failure={form.failure} />}
      <fieldset className="flex flex-col gap-1">
        <legend className="pb-2 text-h3">{say('access.title')}</legend>
        {modes.map((one) => (
          <div key={one}>
            <CheckField
              type="radio"
              name="mode"
              value={one}
              {...(one === mode ? { 'data-page-edit': true } : {})}
              label={<span className="font-medium">{say(`access.${one}`)}</span>}
              checked={mode === one}
              onChange={() => form.setMode(one)}
            />
            <p className="-mt-1 pl-7 text-caption text-text-3">{say(`access.${one}.text`)}</p>
          </div>
        ))}
      </fieldset>
      {mode === 'required' && <Roles chosen={chosen} onChoose={form.setChosen} />}
      {mode === 'required' && isMine && hasNone && (
        <Notice tone="warning" title={say('access.mine')}>
          {say('access.mineText')}{' '}
          <a href="/cuenta/seguridad" className="underline">
            {say('access.toSecurity')}
          </a>
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-4">
        <Button size={40} type="submit" kind="filled" isBusy={form.isBusy}>
          {say('table.save')}
        </Button>
        <p className="text-caption text-text-2">
          {policy.changed_at === null || policy.changed_by === null ? (
            say('access.fromEnvironment')
          ) : (
            <>
              {say('access.changed')} <Person id={policy.changed_by} /> ·{' '}
              <Moment at={policy.changed_at} />
            </>
          )}
        </p>
      </div>
      <Conflict
        differences={
          theirs && [
            {
              name: say('access.title'),
              seen: named({ mode, roles: [...chosen] }),
              now: named(theirs),
            },
          ]
        }
        isBusy={form.isBusy}
        onGo={() => void form.save(theirs!.version)}
        onLeave={() => theirs && form.take(theirs)}
      />
      {form.dialog}
    </form>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const policy = useLoaded(['admin', 'second-factor-policy'], (signal) =>
    browserApi().GET(path, { signal }),
  );
  return (
    <AdminPage title={say('settings.access')}>
      <SettingsTabs />
      <p className="max-w-2xl text-small text-text-2">{say('settings.access.text')}</p>
      <Region of={policy} lines={6}>
        {(shown) => <PolicyForm policy={shown} />}
      </Region>
    </AdminPage>
  );
};
