import { browserApi } from '../api/client.ts';
import { readFailure, unreachable, type Failure } from '../api/problems.ts';

/** Whether a product is kept, as the page shows it. */
export type Kept = Readonly<{
  isKept: boolean;
  /** Why the last change was taken back. */
  failure: Failure | undefined;
}>;

const unknown: Kept = { isKept: false, failure: undefined };
const atOnce = 100;

const shown = new Map<string, Kept>();
/** As the server last said, and not as it is guessed here. */
const told = new Map<string, boolean>();
/** The change of a product that was begun last: one after another. */
const last = new Map<string, Promise<unknown>>();
const asked = new Set<string>();
const waiting = new Set<string>();
const listeners = new Set<() => void>();

const show = (id: string, kept: Kept): void => {
  shown.set(id, kept);
  for (const listener of listeners) listener();
};

export const listen = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const keptOf = (id: string): Kept => shown.get(id) ?? unknown;

/** Asks the server of these; what somebody changes meanwhile stays as they see it. */
const ask = async (ids: readonly string[]): Promise<void> => {
  // An answer from before a change that is under way would take it back.
  await Promise.allSettled(ids.map((id) => last.get(id) ?? Promise.resolve()));
  const before = new Map(ids.map((id) => [id, last.get(id)]));
  const query = { product_ids: ids.join(','), limit: atOnce };
  const answer = await browserApi()
    .GET('/api/v1/users/me/favourites', { params: { query } })
    .catch(() => undefined);
  if (!answer?.data) return;
  const kept = new Set(answer.data.items.map(({ id }) => id));
  for (const id of ids) {
    if (last.get(id) !== before.get(id)) continue;
    told.set(id, kept.has(id));
    show(id, { isKept: kept.has(id), failure: keptOf(id).failure });
  }
};

const askAll = (): void => {
  const ids = [...waiting];
  waiting.clear();
  for (let i = 0; i < ids.length; i += atOnce) void ask(ids.slice(i, i + atOnce));
};

/** Learns whether this one is kept: one request for all that stand on the page. */
export const askFor = (id: string): void => {
  if (asked.has(id)) return;
  asked.add(id);
  if (waiting.size === 0) setTimeout(askAll);
  waiting.add(id);
};

const send = async (id: string, isKept: boolean): Promise<Failure | undefined> => {
  const params = { path: { id } };
  const api = browserApi();
  const url = '/api/v1/users/me/favourites/{id}';
  const answer = await (isKept ? api.PUT(url, { params }) : api.DELETE(url, { params })).catch(
    () => undefined,
  );
  if (!answer) return unreachable();
  if (!answer.response.ok) return readFailure(answer.response, answer.error);
  told.set(id, isKept);
  return undefined;
};

/**
 * Keeps a product, or no longer, before the server has answered. A refusal takes it back to what the
 * server has; of several presses the last decides. Answers why not; undefined when it was done.
 */
export const change = async (id: string, isKept: boolean): Promise<Failure | undefined> => {
  show(id, { isKept, failure: undefined });
  const mine = (last.get(id) ?? Promise.resolve()).then(() => send(id, isKept));
  last.set(id, mine);
  const failure = await mine;
  if (failure === undefined || last.get(id) !== mine) return failure;
  show(id, { isKept: told.get(id) ?? !isKept, failure });
  // Who was not answered may have been heard.
  await ask([id]);
  return failure;
};

export const forgetFailure = (id: string): void =>
  show(id, { isKept: keptOf(id).isKept, failure: undefined });

const key = 'plaza.favourite';
const rememberedMs = 30 * 60_000;

/** Keeps in mind what somebody wanted to keep while they sign in. */
export const remember = (id: string): void =>
  sessionStorage.setItem(key, JSON.stringify({ id, at: Date.now() }));

/** Whether this one was wanted before signing in; it is answered once. */
export const takeRemembered = (id: string): boolean => {
  const kept = sessionStorage.getItem(key);
  if (kept === null) return false;
  const wanted = JSON.parse(kept) as Readonly<{ id: string; at: number }>;
  if (wanted.id !== id) return false;
  sessionStorage.removeItem(key);
  return Date.now() - wanted.at < rememberedMs;
};
