import { useState, type FormEvent, type ReactElement } from 'react';
import { browserApi } from '../../api/client.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { FormFailure } from '../../kit/feedback.tsx';
import { CheckField } from '../../kit/field.tsx';
import { useProof } from '../../step-up/step-up.tsx';
import { useToast } from '../../kit/toast.tsx';
import { bodyOf, useSending } from '../../kit/use-request.ts';
import { isRole, roles, type Role } from './user-parts.tsx';

type Somebody = Readonly<{ id: string; username: string; roles: readonly string[] }>;

const Form = ({
  user,
  onClose,
}: Readonly<{ user: Somebody; onClose: () => void }>): ReactElement => {
  const say = useText();
  const toast = useToast();
  const [chosen, setChosen] = useState<readonly Role[]>(user.roles.filter(isRole));
  const { dialog, withProof } = useProof();
  const { isBusy, failure, send } = useSending(['admin']);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const params = { path: { id: user.id } };
    const body = { roles: roles.filter((role) => chosen.includes(role)) };
    const isDone = await send(() =>
      withProof(() => bodyOf(browserApi().PUT('/api/v1/users/{id}/roles', { params, body }))),
    );
    if (!isDone) return;
    toast(say('team.done'));
    onClose();
  };
  const isLess = user.roles.some((role) => isRole(role) && !chosen.includes(role));
  return (
    <form noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-5">
      <FormFailure failure={failure} />
      <fieldset className="flex flex-col gap-1">
        <legend className="sr-only">{say('users.roles')}</legend>
        {roles.map((role) => (
          <div key={role}>
            <CheckField
              name={role}
              label={<span className="font-medium">{say(`role.${role}`)}</span>}
              checked={chosen.includes(role)}
              onChange={({ target }) =>
                setChosen(
                  target.checked ? [...chosen, role] : chosen.filter((other) => other !== role),
                )
              }
            />
            <p className="-mt-1 pl-7 text-caption text-text-3">{say(`role.${role}.text`)}</p>
          </div>
        ))}
      </fieldset>
      {isLess && <p className="text-small text-text-2">{say('team.ends')}</p>}
      <div className="flex flex-wrap justify-end gap-2">
        <Button size={40} onClick={onClose}>
          {say('admin.cancel')}
        </Button>
        <Button size={40} type="submit" kind="filled" isBusy={isBusy}>
          {say('team.save')}
        </Button>
      </div>
      {dialog}
    </form>
  );
};

/** What somebody may do. A fresh proof is asked for, and the last administrator stays one. */
export const RolesDialog = ({
  user,
  onClose,
}: Readonly<{ user: Somebody | undefined; onClose: () => void }>): ReactElement => {
  const say = useText();
  return (
    <Dialog
      isOpen={user !== undefined}
      onClose={onClose}
      title={say('team.rolesOf', { username: user?.username ?? '' })}
      side="end"
    >
      {user && <Form user={user} onClose={onClose} />}
    </Dialog>
  );
};
