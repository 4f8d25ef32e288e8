import { Eye, EyeOff } from 'lucide-react';
import { useState, type ComponentProps, type ReactElement, type ReactNode } from 'react';
import { Form, useActionData, useNavigation } from 'react-router';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { FormFailure } from '../../kit/feedback.tsx';
import { TextField } from '../../kit/field.tsx';
import { Icon } from '../../kit/icon.tsx';
import { useFieldWords } from '../../kit/use-failure.ts';
import { isRefused, type Refused } from '../act.ts';

/** What the last try of a form left: what was typed, and what is wrong where. */
export const useLastTry = () => {
  const last = useActionData() as unknown;
  const refused: Refused | undefined = isRefused(last) ? last : undefined;
  const words = useFieldWords(refused?.failure);
  return { values: refused?.values ?? {}, failure: refused?.failure, words };
};

/** A form that works as a plain one before scripts are there. */
export const AuthForm = ({
  submit,
  fieldNames,
  children,
}: Readonly<{
  submit: string;
  fieldNames?: Readonly<Record<string, string>>;
  children: ReactNode;
}>): ReactElement => {
  const { failure } = useLastTry();
  const { state } = useNavigation();
  return (
    <Form method="post" noValidate className="flex flex-col gap-5">
      <FormFailure failure={failure} {...(fieldNames ? { fieldNames } : {})} />
      {children}
      <Button type="submit" kind="filled" size={48} isWide isBusy={state === 'submitting'}>
        {submit}
      </Button>
    </Form>
  );
};

/** A password that can be looked at while it is typed. */
export const PasswordField = (
  props: Omit<ComponentProps<typeof TextField>, 'type' | 'end'>,
): ReactElement => {
  const say = useText();
  const [isShown, setShown] = useState(false);
  return (
    <TextField
      {...props}
      type={isShown ? 'text' : 'password'}
      className="pr-12"
      end={
        <button
          type="button"
          aria-pressed={isShown}
          aria-label={say('auth.showPassword')}
          onClick={() => setShown(!isShown)}
          className="inline-flex size-9 items-center justify-center rounded-control-small text-text-2 hover:bg-sunken"
        >
          <Icon of={isShown ? EyeOff : Eye} />
        </button>
      }
    />
  );
};
