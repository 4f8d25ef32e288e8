import type { Problem } from './client.ts';

/** A failure in the form that pages show: what to say, at which field, and how to go on. */
export type Failure = Readonly<{
  status: number;
  code: string;
  /** Messages by the name of the field that they belong to. */
  fields: Readonly<Record<string, FieldFailure>>;
  /** Those that belong to no field of the form. */
  others: readonly FieldFailure[];
  detail: string | undefined;
  requestId: string | undefined;
  retryAfterSeconds: number | undefined;
  /** The problem as it came, for what it says beside its standard members. */
  problem: Partial<Problem> & Readonly<Record<string, unknown>>;
}>;

export type FieldFailure = Readonly<{
  code: string;
  params: Readonly<Record<string, string | number>>;
  detail: string;
}>;

/** `#/postal_code` is `postal_code`, `#/lines/0/name` is `lines.0.name` (RFC 6901). */
export const fieldOfPointer = (pointer: string): string =>
  pointer
    .replace(/^#?\//, '')
    .split('/')
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');

const plainValues = (value: unknown): Readonly<Record<string, string | number>> =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          key,
          typeof item === 'number' ? item : Array.isArray(item) ? item.join(', ') : String(item),
        ]),
      )
    : {};

const isProblem = (body: unknown): body is Partial<Problem> =>
  typeof body === 'object' && body !== null && 'status' in body;

/** The failure that an answer says; `known` are the fields of the form that was sent. */
export const readFailure = (
  response: Pick<Response, 'status' | 'headers'> | undefined,
  body: unknown,
  known: readonly string[] = [],
): Failure => {
  const problem = isProblem(body) ? body : {};
  const fields: Record<string, FieldFailure> = {};
  const others: FieldFailure[] = [];
  for (const { pointer, code, params, detail } of problem.errors ?? []) {
    const failure = { code, params: plainValues(params), detail };
    const name = fieldOfPointer(pointer);
    if (known.includes(name)) fields[name] ??= failure;
    else others.push(failure);
  }
  const retryAfter = Number(response?.headers.get('retry-after') ?? Number.NaN);
  return {
    status: response?.status ?? 0,
    code: problem.code ?? (response ? `http.${response.status}` : 'web.unreachable'),
    fields,
    others,
    detail: problem.detail ?? problem.title,
    requestId: problem.request_id ?? response?.headers.get('x-request-id') ?? undefined,
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined,
    problem: problem,
  };
};

/** Nobody answered: no network, or a server that is not there. */
export const unreachable = (): Failure => readFailure(undefined, undefined);

/** What the page does about a failure, by its status. */
export type Remedy =
  | 'fields'
  | 'sign-in'
  | 'payment'
  | 'permission'
  | 'missing'
  | 'conflict'
  | 'upload'
  | 'wait'
  | 'retry'
  | 'offline';

export const remedyOf = ({ status }: Pick<Failure, 'status'>): Remedy => {
  if (status === 0) return 'offline';
  if (status === 401) return 'sign-in';
  if (status === 402) return 'payment';
  if (status === 403) return 'permission';
  if (status === 404 || status === 410) return 'missing';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 413 || status === 415) return 'upload';
  if (status === 429) return 'wait';
  return status >= 500 ? 'retry' : 'fields';
};
