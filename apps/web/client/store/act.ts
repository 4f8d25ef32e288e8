import { data } from 'react-router';
import { readFailure, unreachable, type Failure } from '../api/problems.ts';

/** What an action answers when it could not: the failure, and what was typed but for secrets. */
export type Refused = Readonly<{ failure: Failure; values: Readonly<Record<string, string>> }>;

const secret = /password|code|number|expiry|holder/;

/** The texts of a form. Files and repeated names have forms of their own. */
export const readForm = async (request: Request): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(
    [...(await request.formData())].flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.trim()]] : [],
    ),
  );

export const withoutSecrets = (
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !secret.test(name)));

type Answer = Readonly<{ response: Response; error?: unknown }>;

/** The answer to a form that was refused; the status is that of the API, for who has no scripts. */
export const refuse = (answer: Answer | undefined, values: Readonly<Record<string, string>>) => {
  const failure = answer
    ? readFailure(answer.response, answer.error, Object.keys(values))
    : unreachable();
  return data<Refused>(
    { failure, values: withoutSecrets(values) },
    { status: failure.status === 0 ? 503 : failure.status },
  );
};

export const isRefused = (value: unknown): value is Refused =>
  typeof value === 'object' && value !== null && 'failure' in value;

/** Only to a place of this site, whatever an address asks for. */
export const safeReturn = (wanted: string | null | undefined, fallback: string): string =>
  wanted && /^\/(?![/\\])/.test(wanted) ? wanted : fallback;

/** Where a factor is added that the operator asks for, and what follows then. */
export const enrolPath = (back: string | null): string =>
  `/entrar/segundo-paso${back === null ? '' : `?volver=${encodeURIComponent(back)}`}`;
