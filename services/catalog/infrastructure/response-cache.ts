import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { SharedValues } from '#shared/platform/shared-values.ts';
import type { FinishedAnswer, Loaded, PublicAnswers } from '../application/ports.ts';
import type { Touched } from './sql-cause.ts';

const bytesMax = 24 * 1024 * 1024;
const keysMax = 20_000;
/** One page has as many spellings as anybody likes to invent; longer ones are found by their key only. */
const urlLengthMax = 1_024;
/** Within this a change made by another process is seen; changes of this one are seen at once. */
const staleAfterMs = 1_000;
/** From here on a sync begins behind the answers, so that under load none has to wait for it. */
const syncAfterMs = 400;
/** Changes are kept for minutes: after a longer sleep nothing remembered can be trusted. */
const trustedSleepMs = 120_000;

type Entry = Readonly<{ answer: FinishedAnswer; productId: string | undefined; keys: Set<string> }>;
type Load = { isOvertaken: boolean; promise: Promise<FinishedAnswer> };
type Kind = 'list' | 'detail';

const isName = (url: string): boolean => url.length <= urlLengthMax;

/** Oldest out first; an entry is found by its normalised key and by the addresses that asked for it. */
class Shelf {
  readonly #entries = new Map<string, Entry>();
  readonly #byProduct = new Map<string, Set<Entry>>();
  #bytes = 0;

  get(key: string): Entry | undefined {
    return this.#entries.get(key);
  }

  add(entry: Entry, names: readonly string[]): void {
    this.#bytes += entry.answer.bytes.length;
    for (const key of names) this.name(entry, key);
    if (entry.productId === undefined) return;
    const known = this.#byProduct.get(entry.productId);
    if (known) known.add(entry);
    else this.#byProduct.set(entry.productId, new Set([entry]));
  }

  name(entry: Entry, key: string): void {
    if (!entry.keys.has(key)) this.#bytes += key.length;
    entry.keys.add(key);
    this.#entries.set(key, entry);
    while (this.#bytes > bytesMax || this.#entries.size > keysMax) {
      const [oldest] = this.#entries.values();
      this.#remove(oldest!);
    }
  }

  dropProduct(productId: string): void {
    for (const entry of this.#byProduct.get(productId) ?? []) this.#remove(entry);
  }

  #remove(entry: Entry): void {
    for (const key of entry.keys) {
      this.#entries.delete(key);
      this.#bytes -= key.length;
    }
    this.#bytes -= entry.answer.bytes.length;
    if (entry.productId === undefined) return;
    const siblings = this.#byProduct.get(entry.productId);
    siblings?.delete(entry);
    if (siblings?.size === 0) this.#byProduct.delete(entry.productId);
  }
}

const changesSql = `
  select pg_snapshot_xmin(pg_current_snapshot())::text as xmin,
    (select coalesce(json_agg(json_build_object('seq', seq::text, 'xid', xid::text,
       'product_id', product_id, 'changes_lists', changes_lists)), '[]')
     from catalog_changes where xid >= $1::text::xid8) as changes`;

type Change = Touched & Readonly<{ seq: string; xid: string }>;

/**
 * Public answers as finished bytes. A product's change drops its detail and every list, a change of
 * stock drops the detail, and the lists only when the product became available or ceased to be. A
 * load that began before a change may be handed to those who asked then, and is not kept. Changes of
 * other processes are read from the database at least once a second; where these processes tell each
 * other, they are forgotten at once. Lists, which are dear, are shared with other processes; a detail
 * is one row by its key.
 */
export class ResponseCache implements PublicAnswers {
  readonly #pool: Pool;
  readonly #shared: SharedValues | undefined;
  readonly #shelves: Record<Kind, Shelf> = { list: new Shelf(), detail: new Shelf() };
  readonly #loads: Record<Kind, Map<string, Load>> = { list: new Map(), detail: new Map() };
  #syncedAt = -Infinity;
  #syncing: Promise<void> | undefined;
  #xmin: string | undefined;
  #seen = new Set<string>();
  /** When others may have changed something that nobody told. */
  #doubtedAt = -Infinity;
  /** What was forgotten then must be known by its place among the transactions before lists are shared. */
  #listsForgottenAt = -Infinity;
  /** A list must include every transaction below this. */
  #listsSince = 0;

  constructor(pool: Pool, shared?: SharedValues) {
    this.#pool = pool;
    this.#shared = shared;
  }

  peek(url: string): FinishedAnswer | undefined {
    if (this.#doubtedAt > this.#syncedAt) return undefined;
    const age = performance.now() - this.#syncedAt;
    if (age > syncAfterMs) {
      if (age > staleAfterMs) return undefined;
      // A failed sync shows in the next request that has to wait for one.
      void this.#sync().catch(() => {});
    }
    return (this.#shelves.list.get(url) ?? this.#shelves.detail.get(url))?.answer;
  }

  async get(
    kind: Kind,
    key: string,
    url: string,
    load: () => Promise<Loaded>,
  ): Promise<FinishedAnswer> {
    if (performance.now() - this.#syncedAt > staleAfterMs) await this.#sync();
    const since = kind === 'list' && this.#shared ? this.#listsForgottenAt : -Infinity;
    await this.#syncSince(Math.max(since, this.#doubtedAt));
    const known = this.#shelves[kind].get(key);
    if (known) {
      if (isName(url)) this.#shelves[kind].name(known, url);
      return known.answer;
    }
    const running = this.#loads[kind].get(key);
    if (running) return running.promise;

    const mine: Load = { isOvertaken: false, promise: Promise.resolve({} as FinishedAnswer) };
    mine.promise = this.#load(kind, key, url, load, mine);
    this.#loads[kind].set(key, mine);
    return mine.promise;
  }

  /** Told after each commit of this process, and of others as far as they tell. */
  forget(touched: readonly Touched[]): void {
    if (touched.some(({ changes_lists }) => changes_lists))
      this.#listsForgottenAt = performance.now();
    this.#drop(touched);
  }

  /** What others told may have been missed: nothing is answered before the database was asked. */
  doubt(): void {
    this.#doubtedAt = performance.now();
  }

  #drop(touched: readonly Touched[]): void {
    if (touched.length === 0) return;
    if (touched.some(({ product_id }) => product_id === null)) return this.#dropAll();
    if (touched.some(({ changes_lists }) => changes_lists)) this.#dropKind('list');
    for (const load of this.#loads.detail.values()) load.isOvertaken = true;
    this.#loads.detail.clear();
    for (const { product_id } of touched) this.#shelves.detail.dropProduct(product_id!);
  }

  #dropAll(): void {
    this.#dropKind('list');
    this.#dropKind('detail');
  }

  #dropKind(kind: Kind): void {
    for (const load of this.#loads[kind].values()) load.isOvertaken = true;
    this.#loads[kind].clear();
    this.#shelves[kind] = new Shelf();
  }

  async #load(
    kind: Kind,
    key: string,
    url: string,
    load: () => Promise<Loaded>,
    mine: Load,
  ): Promise<FinishedAnswer> {
    try {
      const { answer, productId } = await (kind === 'list' && this.#shared
        ? this.#loadShared(this.#shared, key, load)
        : load());
      if (!mine.isOvertaken)
        this.#shelves[kind].add(
          { answer, productId, keys: new Set() },
          isName(url) ? [key, url] : [key],
        );
      return answer;
    } finally {
      if (this.#loads[kind].get(key) === mine) this.#loads[kind].delete(key);
    }
  }

  async #loadShared(
    shared: SharedValues,
    key: string,
    load: () => Promise<Loaded>,
  ): Promise<Loaded> {
    const order = { atLeast: this.#listsSince, asOf: Number(this.#xmin) };
    const whole = await shared.get(`catalog:${key}`, order, async () =>
      pack((await load()).answer),
    );
    return { answer: unpack(whole) };
  }

  async #syncSince(at: number): Promise<void> {
    while (this.#syncedAt < at) await this.#sync();
  }

  #sync(): Promise<void> {
    this.#syncing ??= this.#readChanges().finally(() => (this.#syncing = undefined));
    return this.#syncing;
  }

  async #readChanges(): Promise<void> {
    const beganAt = performance.now();
    const hasSlept = beganAt - this.#syncedAt > trustedSleepMs;
    const { rows } = await this.#pool.query<{ xmin: string; changes: readonly Change[] }>({
      name: 'catalog-changes',
      text: changesSql,
      // Beyond every transaction there will be: after a long sleep only the place is taken.
      values: [hasSlept ? '18446744073709551615' : this.#xmin],
    });
    const { xmin, changes } = rows[0]!;
    if (hasSlept) {
      this.#dropAll();
      this.#listsSince = Number(xmin);
    }
    const news = changes.filter(({ seq }) => !this.#seen.has(seq));
    this.#drop(news);
    for (const { xid, changes_lists: isOfLists } of news)
      if (isOfLists) this.#listsSince = Math.max(this.#listsSince, Number(xid) + 1);
    this.#seen = new Set(changes.map(({ seq }) => seq));
    this.#xmin = xmin;
    this.#syncedAt = beganAt;
  }
}

const missed = ' missed';

const pack = ({ etag, bytes, isMissed }: FinishedAnswer): Buffer =>
  Buffer.concat([Buffer.from(`${etag}${isMissed ? missed : ''}\n`), bytes]);

const unpack = (whole: Buffer): FinishedAnswer => {
  const end = whole.indexOf('\n');
  const head = whole.toString('utf8', 0, end);
  const bytes = whole.subarray(end + 1);
  return head.endsWith(missed)
    ? { etag: head.slice(0, -missed.length), bytes, isMissed: true }
    : { etag: head, bytes };
};

/** A body as finished bytes; the tag tells `version`, when there is one, and the bytes apart. */
export const finish = (body: object, version?: number): FinishedAnswer => {
  const bytes = Buffer.from(JSON.stringify(body));
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 16);
  return { bytes, etag: version === undefined ? `"${hash}"` : `"${version}.${hash}"` };
};
