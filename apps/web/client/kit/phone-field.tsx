import type { ComponentProps, ReactElement } from 'react';
import { CheckedField } from './checked-field.tsx';

/**
 * A telephone, with the code of the country before it: whoever types `+` says the code themselves. Its
 * place is that of a label of one line above the control.
 */
export const PhoneField = ({
  callingCode,
  label,
  value,
  ...rest
}: Omit<ComponentProps<typeof CheckedField>, 'value'> &
  Readonly<{ callingCode: string | null; value: string }>): ReactElement => {
  const code = value.trimStart().startsWith('+') ? null : callingCode;
  return (
    <div className="relative">
      <CheckedField
        {...rest}
        label={
          <>
            {label}
            {/* Not by the class that says so: labels that have one stand where they are not seen. */}
            {code !== null && (
              <span className="absolute size-px overflow-hidden [clip-path:inset(50%)]">
                {' '}
                ({code})
              </span>
            )}
          </>
        }
        value={value}
        type="tel"
        inputMode="tel"
        maxLength={30}
        isOptional
        {...(code === null ? {} : { className: 'pl-15' })}
      />
      {code !== null && (
        <span
          aria-hidden
          className="tabular pointer-events-none absolute top-6.5 left-3 flex h-11 items-center text-input text-text-2"
        >
          {code}
        </span>
      )}
    </div>
  );
};
