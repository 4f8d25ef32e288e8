import type { ReactElement, ReactNode } from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { CheckedField } from '../../kit/checked-field.tsx';
import { PasswordField, useLastTry } from './auth-form.tsx';

/** What every new account is asked for; `children` stand between the address and the password. */
export const NewAccountFields = ({
  nameLabel,
  email = {},
  children,
}: Readonly<{
  nameLabel: string;
  email?: Readonly<{ hint?: string; fallback?: string; error?: string | undefined }>;
  children?: ReactNode;
}>): ReactElement => {
  const say = useText();
  const { values, words } = useLastTry();
  const { hint, fallback, error } = email;
  return (
    <>
      <CheckedField
        name="full_name"
        label={nameLabel}
        autoComplete="name"
        isOptional
        defaultValue={values['full_name']}
        error={words['full_name']}
      />
      <CheckedField
        name="email"
        type="email"
        label={say('auth.email')}
        {...(hint === undefined ? {} : { hint })}
        autoComplete="email"
        inputMode="email"
        defaultValue={values['email'] ?? fallback}
        error={words['email'] ?? error}
      />
      {children}
      <PasswordField
        name="password"
        label={say('auth.password')}
        hint={say('auth.passwordHint')}
        autoComplete="new-password"
        error={words['password']}
      />
    </>
  );
};
