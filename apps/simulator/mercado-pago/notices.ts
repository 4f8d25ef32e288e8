import { createHmac, randomUUID } from 'node:crypto';
import type { Books } from './books.ts';
import type { Chooser, Delivery } from './behaviour.ts';
import type { Notice } from './records.ts';

/** The receiver has longer at the provider; here nobody wants to wait for one that hangs. */
const answerMaxMs = 5_000;
const attemptsMax = 6;

export type Announcement = Readonly<{
  /** Null when nobody said where to. */
  url: string | null;
  topic: string;
  action: string;
  dataId: string;
  userId: string;
}>;

export type Notices = Readonly<{
  /** Resolves when the call may be answered: at once, but for what has to come before the answer. */
  announce: (announcements: readonly Announcement[]) => Promise<void>;
  /** Sends all that waits, and says how many still do after it. */
  flush: () => Promise<Readonly<{ delivered: number; undelivered: number }>>;
  /** Takes up what waited when the process before was killed. */
  resume: () => void;
  close: () => void;
}>;

type Options = Readonly<{
  books: Books;
  chooser: Chooser;
  applicationId: string;
  isLive: boolean;
  /** The secret at this moment: it may be replaced while the simulator runs. */
  secret: () => string;
}>;

/** Sends signed notifications as the behaviour says: late, twice, in another order, never. */
export const createNotices = (options: Options): Notices => {
  const { books, chooser, applicationId, isLive, secret } = options;
  const timers = new Map<NodeJS.Timeout, () => void>();
  /** Held back until another one has gone out before them. */
  const held = new Set<string>();
  const attempts = new Map<string, number>();
  const underWay = new Set<Promise<void>>();
  let isClosed = false;

  const later = (delayMs: number, run: () => void): void => {
    if (isClosed) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, delayMs);
    timers.set(timer, run);
  };

  /** Made here and nowhere else: a judge shares no code with the judged. */
  const requestOf = (notice: Notice): Readonly<{ url: URL; init: RequestInit }> => {
    const url = new URL(notice.url);
    url.searchParams.append('data.id', notice.dataId);
    url.searchParams.append('type', notice.topic);
    const now = Date.now();
    const ts = String(chooser.tsUnit() === 'seconds' ? Math.floor(now / 1000) : now);
    const signedId = chooser.signedId() === 'as_sent' ? notice.dataId : notice.dataId.toLowerCase();
    const requestId = randomUUID();
    const manifest = 'id:' + signedId + ';request-id:' + requestId + ';ts:' + ts + ';';
    const v1 = createHmac('sha256', secret()).update(manifest).digest('hex');
    const body = {
      id: Number(notice.id),
      live_mode: isLive,
      type: notice.topic,
      date_created: notice.createdAt,
      user_id: notice.userId,
      application_id: applicationId,
      api_version: 'v1',
      action: notice.action,
      data: { id: notice.dataId },
    };
    const headers = {
      'content-type': 'application/json',
      'x-request-id': requestId,
      'x-signature': `ts=${ts},v1=${v1}`,
    };
    return { url, init: { method: 'POST', headers, body: JSON.stringify(body) } };
  };

  const post = async (notice: Notice): Promise<boolean> => {
    const { url, init } = requestOf(notice);
    try {
      const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(answerMaxMs) });
      await answer.arrayBuffer();
      return answer.status === 200 || answer.status === 201;
    } catch {
      return false;
    }
  };

  const settle = (id: string, state: Notice['state']): void => {
    const notice = books.find('notice', id)!;
    if (isClosed || notice.state === 'delivered') return;
    books.commit(['notice', { ...notice, state }]);
  };

  const send = async (id: string, copies = 1): Promise<void> => {
    if (isClosed) return;
    held.delete(id);
    const notice = books.find('notice', id)!;
    const results = await Promise.all(Array.from({ length: copies }, () => post(notice)));
    if (results.includes(true)) {
      settle(id, 'delivered');
    } else {
      const count = (attempts.get(id) ?? 0) + 1;
      attempts.set(id, count);
      if (count >= attemptsMax) settle(id, 'failed');
      else later(chooser.now().retry_ms * count, () => track(send(id)));
    }
    // What was held back goes out behind the one that overtook it.
    for (const other of held) track(send(other));
  };
  const track = (work: Promise<void>): void => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };

  const copiesOf = (delivery: Delivery): number =>
    delivery === 'twice' ? 2 : delivery === 'ten_times' ? 10 : 1;

  const announce: Notices['announce'] = async (announcements) => {
    const before: Promise<void>[] = [];
    for (const { url, ...about } of announcements) {
      if (url === null) continue;
      const delivery = chooser.delivery();
      const id = String(books.nextNumber());
      const state = delivery === 'never' ? 'dropped' : 'waiting';
      books.commit(['notice', { id, url, ...about, state, createdAt: new Date().toISOString() }]);
      if (delivery === 'never') continue;
      if (delivery === 'before_answer') before.push(send(id));
      else if (delivery === 'late') later(chooser.lateMs(), () => track(send(id)));
      else if (delivery === 'reordered') {
        held.add(id);
        later(chooser.now().late_ms, () => held.has(id) && track(send(id)));
      } else later(5, () => track(send(id, copiesOf(delivery))));
    }
    await Promise.all(before);
  };

  return {
    announce,
    flush: async () => {
      const waiting = () => books.all('notice').filter(({ state }) => state === 'waiting');
      const count = waiting().length;
      for (let round = 0; round < 3 && waiting().length > 0; round++) {
        for (const timer of timers.keys()) clearTimeout(timer);
        timers.clear();
        held.clear();
        await Promise.all(underWay);
        // A hundred at a time: a receiver is not to be drowned by what was kept from it.
        const ids = waiting().map(({ id }) => id);
        for (let i = 0; i < ids.length; i += 100)
          await Promise.all(ids.slice(i, i + 100).map((id) => send(id)));
      }
      const undelivered = waiting().length;
      return { delivered: count - undelivered, undelivered };
    },
    resume: () => {
      for (const { id, state } of books.all('notice'))
        if (state === 'waiting') later(5, () => track(send(id)));
    },
    close: () => {
      isClosed = true;
      for (const timer of timers.keys()) clearTimeout(timer);
      timers.clear();
    },
  };
};
