import { useEffect, useRef, useState, type ComponentProps, type ReactElement } from 'react';
import { unreachable, type FieldFailure } from '../api/problems.ts';
import { TextField } from './field.tsx';
import { useFieldWords } from './use-failure.ts';

/** Long enough that a press on a button below is over before a line appears above it. */
const afterLeavingMs = 200;

/** What the browser itself finds wrong, by the server's names for it. */
const faultOf = ({ validity }: HTMLInputElement): FieldFailure | undefined => {
  const code = validity.valueMissing
    ? 'required'
    : validity.typeMismatch || validity.patternMismatch
      ? 'wrong_format'
      : validity.tooShort
        ? 'too_short'
        : undefined;
  return code === undefined ? undefined : { code, params: {}, detail: code };
};

/**
 * A line of text that says what is wrong with it when somebody leaves it after a change, and no longer
 * once they type again: nobody is corrected in the middle of a word. `check` knows more than the browser
 * does; the server has the last word, which `error` is.
 */
export const CheckedField = ({
  check,
  error,
  ...rest
}: ComponentProps<typeof TextField> &
  Readonly<{ check?: () => FieldFailure | undefined }>): ReactElement => {
  const { name, onChange, onBlur } = rest;
  const [own, setOwn] = useState<FieldFailure>();
  /** What the server said of an earlier value. */
  const [stale, setStale] = useState<string>();
  const isEdited = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(check);
  latest.current = check;
  useEffect(() => () => clearTimeout(timer.current), []);
  const word = useFieldWords(own && { ...unreachable(), fields: { [name]: own } })[name];
  const beginAgain = (): void => {
    clearTimeout(timer.current);
    isEdited.current = false;
    setStale(undefined);
    setOwn(undefined);
  };
  return (
    <TextField
      {...rest}
      error={word ?? (error === stale ? undefined : error)}
      onChange={(event) => {
        if (!isEdited.current)
          event.target.form?.addEventListener('submit', beginAgain, { once: true });
        isEdited.current = true;
        clearTimeout(timer.current);
        setOwn(undefined);
        setStale(error);
        onChange?.(event);
      }}
      onBlur={(event) => {
        const { target } = event;
        if (isEdited.current)
          timer.current = setTimeout(
            () => setOwn(latest.current ? latest.current() : faultOf(target)),
            afterLeavingMs,
          );
        onBlur?.(event);
      }}
    />
  );
};
