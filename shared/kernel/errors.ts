/** What went wrong in business terms. Only the HTTP layer knows which status a kind becomes. */
export type DomainErrorKind =
  | 'malformed'
  | 'invalid'
  | 'unauthenticated'
  | 'payment_refused'
  | 'forbidden'
  | 'not_found'
  | 'gone'
  | 'method_not_allowed'
  | 'upgrade_required'
  | 'conflict'
  | 'stale'
  | 'precondition_missing'
  | 'too_large'
  | 'too_many'
  | 'unavailable'
  | 'internal';

/** One field that is wrong: `pointer` is a JSON Pointer into the request body (`/lines/0/sku`). */
export type FieldError = Readonly<{
  pointer: string;
  code: string;
  detail: string;
  params?: Readonly<Record<string, unknown>>;
}>;

type Details = Readonly<{
  /** What exactly was wrong this time; shown to the caller, so it holds no secret. */
  detail?: string;
  errors?: readonly FieldError[];
  /** Extra members of the problem document, such as the new total or the allowed states. */
  extra?: Readonly<Record<string, unknown>>;
  /** For `too_many` and `unavailable`: when to try again. */
  retryAfterSeconds?: number;
  cause?: unknown;
}>;

export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: string;
  readonly kind: DomainErrorKind;
  readonly details: Details;

  constructor(code: string, kind: DomainErrorKind, title: string, details: Details = {}) {
    super(title, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.kind = kind;
    this.details = details;
  }
}

/** Everything a documented error page needs. */
export type ErrorEntry = Readonly<{ code: string; kind: DomainErrorKind; title: string }>;

const catalogue = new Map<string, ErrorEntry>();

/** Every error that loaded code can raise, by code; the error pages are made from it. */
export const errorCatalogue = (): readonly ErrorEntry[] =>
  [...catalogue.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1));

/** Declares the errors of one context. Codes are public: add new ones, never rename one. */
export const defineErrors = <
  Codes extends Record<string, readonly [kind: DomainErrorKind, title: string]>,
>(
  context: string,
  codes: Codes,
): ((code: keyof Codes & string, details?: Details) => DomainError) => {
  for (const [name, [kind, title]] of Object.entries(codes)) {
    const code = `${context}.${name}`;
    catalogue.set(code, { code, kind, title });
  }
  return (code, details) => {
    const [kind, title] = codes[code]!;
    return new DomainError(`${context}.${code}`, kind, title, details);
  };
};
