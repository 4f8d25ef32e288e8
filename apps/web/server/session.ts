import type { Viewer } from '../render-contract.ts';
import { readAll, type Backend } from './backend.ts';
import type { Seal } from './seal.ts';
import { parseJson } from '#shared/kernel/parse-json.ts';

/** What the session's cookie holds. The browser keeps it sealed; no script ever sees a token. */
export type Session = Readonly<{
  accessToken: string;
  /** Null: of an account that must add a second factor first, for which its token is good. */
  refreshToken: string | null;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  viewer: Viewer | null;
}>;

type Tokens = Readonly<{
  access_token: string;
  refresh_token?: string;
  expires_in: number;
  account?: Readonly<{
    id: string;
    username: string;
    email: string;
    email_verified: boolean;
    roles: readonly string[];
  }>;
}>;

export const isTokens = (body: unknown): body is Tokens =>
  typeof body === 'object' &&
  body !== null &&
  typeof (body as Tokens).access_token === 'string' &&
  typeof (body as Tokens).expires_in === 'number';

/** The session that an answer of identity opens or goes on with; undefined: it says too little. */
export const sessionOf = (
  { access_token: accessToken, refresh_token, expires_in: seconds, account }: Tokens,
  before: Session | undefined,
  now: number,
): Session | undefined => {
  const refreshToken = refresh_token ?? before?.refreshToken ?? null;
  const viewer = account
    ? {
        id: account.id,
        username: account.username,
        email: account.email,
        isEmailVerified: account.email_verified,
        roles: account.roles,
      }
    : before?.viewer;
  if (refreshToken === null || !viewer) return undefined;
  return { accessToken, refreshToken, expiresAt: now + seconds * 1000, viewer };
};

type Enrolment = Readonly<{ enrolment_token: string; expires_in: number }>;

export const isEnrolment = (body: unknown): body is Enrolment =>
  typeof body === 'object' &&
  body !== null &&
  typeof (body as Enrolment).enrolment_token === 'string';

export const enrolmentOf = ({ enrolment_token, expires_in }: Enrolment, now: number): Session => ({
  accessToken: enrolment_token,
  refreshToken: null,
  expiresAt: now + expires_in * 1000,
  viewer: null,
});

export const sealSession = (seal: Seal, session: Session): string =>
  seal.close(JSON.stringify(session));

export const openSession = (seal: Seal, sealed: string | undefined): Session | undefined => {
  const content = sealed === undefined ? undefined : seal.open(sealed);
  const session = content === undefined ? undefined : (parseJson(content) as Partial<Session>);
  // Another cookie of ours, put in its place, opens nothing.
  return session?.accessToken === undefined ? undefined : (session as Session);
};

/** Before it ends, since the request has a way to go. */
const refreshBeforeMs = 30_000;
/** How long a session that was left behind leads to the one that followed it. */
const rememberMs = 5 * 60_000;
const rememberedMax = 10_000;

export type Freshness =
  | Readonly<{ kind: 'fresh'; session: Session }>
  /** Identity has ended it. */
  | Readonly<{ kind: 'ended' }>
  /** Nobody can say: the session stays, and this request goes without it or fails. */
  | Readonly<{ kind: 'unknown'; session: Session }>;

/**
 * Keeps sessions fresh. A refresh token works once, and a browser asks with the old one in several
 * tabs at once, or again because the answer with the new one never came. So one refresh is made for
 * all who ask at the same moment, and for some minutes the old session leads to the new one: no race
 * of tabs ends a session. Between processes identity itself gives the same successor for ten seconds.
 */
export const createRefresher = (
  options: Readonly<{ backend: Backend; now: () => number }>,
): ((session: Session, clientAddress: string) => Promise<Freshness>) => {
  const { backend, now } = options;
  const successors = new Map<string, { since: number; next: Promise<Freshness> }>();

  const forgetOld = (): void => {
    for (const [token, { since }] of successors) {
      if (now() - since < rememberMs && successors.size <= rememberedMax) return;
      successors.delete(token);
    }
  };

  const refresh = async (session: Session, clientAddress: string): Promise<Freshness> => {
    const body = Buffer.from(JSON.stringify({ refresh_token: session.refreshToken }));
    try {
      const answer = await backend({
        method: 'POST',
        path: '/api/v1/auth/refresh',
        headers: { 'content-type': 'application/json' },
        body,
        clientAddress,
      });
      const text = (await readAll(answer.body)).toString('utf8');
      if (answer.status === 401) return { kind: 'ended' };
      const tokens: unknown = answer.status === 200 ? parseJson(text) : undefined;
      const next = isTokens(tokens) ? sessionOf(tokens, session, now()) : undefined;
      return next ? { kind: 'fresh', session: next } : { kind: 'unknown', session };
    } catch {
      return { kind: 'unknown', session };
    }
  };

  const freshen = async (session: Session, clientAddress: string): Promise<Freshness> => {
    if (session.expiresAt - now() > refreshBeforeMs) return { kind: 'fresh', session };
    const { refreshToken } = session;
    if (refreshToken === null) return { kind: 'ended' };
    forgetOld();
    const known = successors.get(refreshToken);
    const next = known?.next ?? refresh(session, clientAddress);
    if (!known) successors.set(refreshToken, { since: now(), next });
    const outcome = await next;
    // What nobody could say is asked again, and not remembered as an answer.
    if (outcome.kind === 'unknown') successors.delete(refreshToken);
    return known && outcome.kind === 'fresh' ? freshen(outcome.session, clientAddress) : outcome;
  };
  return freshen;
};
