import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * A secret of "Your integrations → Webhooks". There is one an application and a mode; while one is
 * being replaced both are given, and each is tried.
 */
export type WebhookSecret = Readonly<{ applicationId: string; secret: string }>;

/** What of a request the signature is about. The body is not: it is never trusted. */
export type SignedRequest = Readonly<{
  /** The query string as it came, without `?`. */
  query: string;
  /** `x-signature`; undefined when there was none. */
  signature: string | undefined;
  /** `x-request-id`; undefined when there was none. */
  requestId: string | undefined;
}>;

export type SignatureFault =
  | 'data_id_missing'
  | 'data_id_repeated'
  | 'data_id_malformed'
  | 'request_id_missing'
  | 'request_id_malformed'
  | 'signature_missing'
  | 'signature_malformed'
  | 'ts_malformed'
  | 'outside_window'
  | 'mac_wrong';

export type SignatureVerdict =
  | Readonly<{
      is: 'genuine';
      /** As it stands in the query: this is what the provider is asked for. */
      dataId: string;
      requestId: string;
      signedAt: Date;
      applicationId: string;
      /** Which spelling of the id had been signed; worth a log line, as the documents disagree. */
      signedForm: 'as_sent' | 'lower_case';
    }>
  | Readonly<{ is: 'refused'; fault: SignatureFault }>;

/** The parts of a request that passed every check but the one of the MAC. */
type Parts = Readonly<{ dataId: string; requestId: string; ts: string; v1: string }>;

const uuidPattern = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const dataIdPattern = /^[A-Za-z0-9]{1,64}$/;
/** Longer than any genuine header; what is longer is not worth taking apart. */
const headerLengthMax = 512;
const queryLengthMax = 4_096;

/** Exactly one `ts` and one `v1`; fields that a later version of the scheme adds are passed over. */
const readHeader = (header: string): Readonly<{ ts: string; v1: string }> | undefined => {
  if (header.length > headerLengthMax) return undefined;
  const fields = header.split(',').map((field) => field.trim());
  const valuesOf = (name: string): readonly string[] =>
    fields.filter((field) => field.startsWith(`${name}=`)).map((f) => f.slice(name.length + 1));
  const [ts, ...moreTs] = valuesOf('ts');
  const [v1, ...moreV1] = valuesOf('v1');
  if (ts === undefined || v1 === undefined || moreTs.length + moreV1.length > 0) return undefined;
  return { ts, v1 };
};

/** Seconds have ten digits and milliseconds thirteen; the documents show both. */
const readTime = (ts: string): Date | undefined => {
  if (!/^(?:\d{10}|\d{13})$/.test(ts)) return undefined;
  return new Date(ts.length === 10 ? Number(ts) * 1000 : Number(ts));
};

/**
 * Takes a request apart. All parts are required and have a strict form: an id with `;request-id:…`
 * inside, and no header, would give the very manifest of a genuine pair, and hence its MAC.
 */
const readParts = ({ query, signature, requestId }: SignedRequest): Parts | SignatureFault => {
  if (query.length > queryLengthMax) return 'data_id_malformed';
  const [dataId, ...more] = new URLSearchParams(query).getAll('data.id');
  if (dataId === undefined) return 'data_id_missing';
  if (more.length > 0) return 'data_id_repeated';
  if (!dataIdPattern.test(dataId)) return 'data_id_malformed';
  if (requestId === undefined || requestId === '') return 'request_id_missing';
  if (!uuidPattern.test(requestId)) return 'request_id_malformed';
  if (signature === undefined || signature === '') return 'signature_missing';
  const header = readHeader(signature);
  if (!header) return 'signature_malformed';
  return { dataId, requestId, ...header };
};

const macOf = (secret: string, id: string, { requestId, ts }: Parts): Buffer =>
  Buffer.from(
    createHmac('sha256', secret).update(`id:${id};request-id:${requestId};ts:${ts};`).digest('hex'),
  );

/** Bytes, not characters: 64 characters may be more bytes, and `timingSafeEqual` throws on those. */
const isSame = (given: Buffer, expected: Buffer): boolean =>
  given.byteLength === expected.byteLength && timingSafeEqual(given, expected);

/**
 * Judges whether a notification was signed with one of `secrets`. It throws when there is none, or
 * an empty one: a MAC under an empty key is anybody's. `window` is hygiene only, and wide: nobody
 * says whether a retry after days is signed anew, so what keeps replays harmless is that an effect
 * happens once.
 */
export const createSignatureVerifier = (
  secrets: readonly WebhookSecret[],
  window?: Readonly<{ clock: () => Date; toleranceMs: number }>,
): ((request: SignedRequest) => SignatureVerdict) => {
  if (secrets.length === 0) throw new Error('Mercado Pago: no webhook secret is configured');
  for (const { applicationId, secret } of secrets)
    if (secret.trim() === '')
      throw new Error(`Mercado Pago: the webhook secret of application ${applicationId} is empty`);

  return (request) => {
    const refuse = (fault: SignatureFault): SignatureVerdict => ({ is: 'refused', fault });
    const parts = readParts(request);
    if (typeof parts === 'string') return refuse(parts);
    const signedAt = readTime(parts.ts);
    if (!signedAt) return refuse('ts_malformed');
    const given = Buffer.from(parts.v1);
    const lower = parts.dataId.toLowerCase();
    for (const { applicationId, secret } of secrets)
      for (const id of new Set([parts.dataId, lower])) {
        if (!isSame(given, macOf(secret, id, parts))) continue;
        const distanceMs = window ? Math.abs(window.clock().getTime() - signedAt.getTime()) : 0;
        if (window && distanceMs > window.toleranceMs) return refuse('outside_window');
        const { dataId, requestId } = parts;
        const signedForm = id === dataId ? 'as_sent' : 'lower_case';
        return { is: 'genuine', dataId, requestId, signedAt, applicationId, signedForm };
      }
    return refuse('mac_wrong');
  };
};
