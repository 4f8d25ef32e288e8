import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { toOutbox } from '#shared/messaging/outbox.ts';
import type { Clock, WakeOutbox } from '#shared/platform/module.ts';
import { seal, sealAnew, unseal } from '#shared/platform/sealing.ts';
import type { DeriveKeys } from '#shared/platform/secret.ts';
import type { PublishedEvent } from '../application/published-events.ts';
import type { SellerLinks } from '../application/seller-link-ports.ts';
import type { LinkEnd, SellerLink, SellerTokens } from '../domain/seller-link.ts';

type Row = Readonly<{
  seller_id: string;
  provider: string;
  account: string;
  sealed: Buffer;
  expires_at: Date;
  linked_at: Date;
  version: number;
  ended_at: Date | null;
  ended_because: LinkEnd | null;
}>;

type Ports = Readonly<{
  pool: Pool;
  clock: Clock;
  newId: () => string;
  wakeOutbox: WakeOutbox;
  deriveKeys: DeriveKeys;
}>;

/** Longer than any call to a provider takes: whoever claimed it and died does not block it for long. */
const claimMs = 2 * 60_000;

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const toLink = (row: Row): SellerLink => ({
  sellerId: row.seller_id,
  provider: row.provider,
  account: row.account,
  expiresAt: row.expires_at.toISOString(),
  linkedAt: row.linked_at.toISOString(),
  version: row.version,
  endedAt: row.ended_at?.toISOString() ?? null,
  endedBecause: row.ended_because,
});

const requestSql = `
  insert into seller_link_requests values ($1, $2, $3, $4, $5, $6)
  on conflict (seller_id) do update set provider = excluded.provider, state_hash = excluded.state_hash,
    browser_hash = excluded.browser_hash, sealed = excluded.sealed, expires_at = excluded.expires_at`;
/** With the timer that looks again, should whoever claims it die. */
const claimSql = `
  with claimed as (
    update seller_links set renewing_since = $4
    where seller_id = $1 and provider = $2 and version = $3 and ended_at is null
      and (renewing_since is null or renewing_since < $5) returning seller_id
  ), timer as (
    insert into deadlines (kind, key, due_at) select 'renew-seller-link', seller_id::text, $6 from claimed
    on conflict (kind, key) do update set due_at = excluded.due_at
  )
  select from claimed`;
const renewedSql = `
  with renewed as (
    update seller_links set sealed = $4, expires_at = $5, account = $6, version = version + 1,
      renewing_since = null
    where seller_id = $1 and provider = $2 and version = $3 and ended_at is null returning seller_id
  ), timer as (
    insert into deadlines (kind, key, due_at) select 'renew-seller-link', seller_id::text, $7 from renewed
    on conflict (kind, key) do update set due_at = excluded.due_at
  )
  select from renewed`;
const tryAgainSql = `
  with waiting as (
    update seller_links set renewing_since = null
    where seller_id = $1 and provider = $2 and version = $3 and ended_at is null returning seller_id
  )
  insert into deadlines (kind, key, due_at) select 'renew-seller-link', seller_id::text, $4 from waiting
  on conflict (kind, key) do update set due_at = excluded.due_at`;
const checkAllSql = `
  insert into deadlines (kind, key, due_at)
  select 'check-seller-link', seller_id::text, $2 from seller_links
  where provider = $1 and ended_at is null
  on conflict (kind, key) do update set due_at = excluded.due_at`;

/** Links of sellers to their accounts at one provider; tokens are sealed for their row (ADR 0027). */
export const createPgSellerLinks = (
  { pool, clock, newId, wakeOutbox, deriveKeys }: Ports,
  provider: string,
): SellerLinks &
  Readonly<{
    sealAnew: () => Promise<void>;
    /** What opens each account that orders were charged to since then, as long as it is linked. */
    tokensOfCharged: (since: Date) => Promise<readonly string[]>;
  }> => {
  const keys = deriveKeys('seller-links');
  /** Of one seller at one provider: moved to another row, it does not open. */
  const ownerOf = (what: 'tokens' | 'verifier', sellerId: string): string =>
    `${what}:${provider}:${sellerId}`;
  const sealTokens = (sellerId: string, { accessToken, refreshToken }: SellerTokens): Buffer => {
    const text = JSON.stringify({ accessToken, refreshToken });
    return seal(keys, ownerOf('tokens', sellerId), Buffer.from(text));
  };
  const tokensIn = ({ seller_id: sellerId, sealed }: Row): SellerTokens => {
    const text = unseal(keys, ownerOf('tokens', sellerId), sealed).toString('utf8');
    return JSON.parse(text) as SellerTokens;
  };
  const read = async (sellerId: string): Promise<Row | undefined> => {
    const { rows } = await pool.query<Row>({
      name: 'seller-link-find',
      text: 'select * from seller_links where seller_id = $1 and provider = $2',
      values: [sellerId, provider],
    });
    return rows[0];
  };

  return {
    async find(sellerId) {
      const row = await read(sellerId);
      return row && toLink(row);
    },
    async request({ sellerId, state, browser, verifier, expiresAt }) {
      const sealed = seal(keys, ownerOf('verifier', sellerId), Buffer.from(verifier));
      const values = [sellerId, provider, hashOf(state), hashOf(browser), sealed, expiresAt];
      await pool.query({ name: 'seller-link-request', text: requestSql, values });
    },
    async take(state, browser) {
      const { rows } = await pool.query<{ seller_id: string; sealed: Buffer }>({
        name: 'seller-link-take',
        text: 'select * from take_link_request($1, $2, $3)',
        values: [hashOf(state), hashOf(browser), clock()],
      });
      const [row] = rows;
      if (!row) return undefined;
      const verifier = unseal(keys, ownerOf('verifier', row.seller_id), row.sealed);
      return { sellerId: row.seller_id, verifier: verifier.toString('utf8') };
    },
    async store(sellerId, tokens, { expiresAt, renewAt }) {
      try {
        await pool.query({
          name: 'seller-link-store',
          text: 'select store_seller_link($1, $2, $3, $4, $5, $6, $7)',
          values: [
            sellerId,
            provider,
            tokens.account,
            sealTokens(sellerId, tokens),
            expiresAt,
            renewAt,
            clock(),
          ],
        });
        return 'stored';
      } catch (error) {
        const { constraint } = error as { constraint?: string };
        if (constraint !== 'seller_links_of_account') throw error;
        return 'taken';
      }
    },
    async open(sellerId) {
      const row = await read(sellerId);
      if (!row || row.ended_at !== null) return undefined;
      return { ...tokensIn(row), version: row.version, expiresAt: row.expires_at };
    },
    async tokenOf(account) {
      const { rows } = await pool.query<Row>({
        name: 'seller-link-of-account',
        text: `select * from seller_links
          where provider = $1 and account = $2 and ended_at is null and expires_at > $3`,
        values: [provider, account, clock()],
      });
      return rows[0] && tokensIn(rows[0]).accessToken;
    },
    async claim(sellerId, version) {
      const now = clock();
      const before = new Date(now.getTime() - claimMs);
      const again = new Date(now.getTime() + claimMs + 1_000);
      const values = [sellerId, provider, version, now, before, again];
      const { rowCount } = await pool.query({ name: 'seller-link-claim', text: claimSql, values });
      return rowCount === 1;
    },
    async renewed(sellerId, version, tokens, { expiresAt, renewAt }) {
      const { rowCount } = await pool.query({
        name: 'seller-link-renewed',
        text: renewedSql,
        values: [
          sellerId,
          provider,
          version,
          sealTokens(sellerId, tokens),
          expiresAt,
          tokens.account,
          renewAt,
        ],
      });
      return rowCount === 1;
    },
    async tryAgain(sellerId, version, at) {
      const values = [sellerId, provider, version, at];
      await pool.query({ name: 'seller-link-again', text: tryAgainSql, values });
    },
    async end(sellerId, because, version) {
      const now = clock();
      const event: PublishedEvent = {
        type: 'payments.seller-link-ended.v1',
        data: { sellerId, provider, because, endedAt: now.toISOString() },
      };
      // Whoever did it themselves need not be told.
      const events = because === 'disconnected' ? [] : [event];
      const outbox = toOutbox(
        events.map((one) => ({ id: newId(), subject: sellerId, aggregateVersion: 1, ...one })),
        { correlationId: sellerId },
        now,
      );
      const { rows } = await pool.query<{ is_ended: boolean }>({
        name: 'seller-link-end',
        text: 'select end_seller_link($1, $2, $3, $4, $5, $6) as is_ended',
        values: [sellerId, provider, version ?? null, because, JSON.stringify(outbox), now],
      });
      const { is_ended: isEnded } = rows[0]!;
      if (isEnded) wakeOutbox(outbox);
      return isEnded;
    },
    async checkAll() {
      await pool.query(checkAllSql, [provider, clock()]);
    },
    async tokensOfCharged(since) {
      const { rows } = await pool.query<Row>({
        name: 'seller-links-charged',
        text: `select l.* from seller_links l
          where l.provider = $1 and l.ended_at is null and l.expires_at > $2 and exists (
            select from payments p where p.split_account = l.account and p.created_at >= $3)
          order by l.seller_id`,
        values: [provider, clock(), since],
      });
      return rows.map((row) => tokensIn(row).accessToken);
    },
    async sealAnew() {
      if (keys.length === 1) return;
      const { rows } = await pool.query<Row>(
        `select * from seller_links where provider = $1 and sealed <> '' order by seller_id`,
        [provider],
      );
      for (const { seller_id: sellerId, sealed } of rows) {
        const anew = sealAnew(keys, ownerOf('tokens', sellerId), sealed);
        if (anew === 'foreign')
          throw new Error(
            `the link of seller ${sellerId} was sealed with a secret that is not given`,
          );
        if (anew === 'current') continue;
        // Only what is still as it was read: it may be renewed or ended meanwhile.
        await pool.query(
          'update seller_links set sealed = $3 where seller_id = $1 and provider = $2 and sealed = $4',
          [sellerId, provider, anew, sealed],
        );
      }
    },
  };
};
