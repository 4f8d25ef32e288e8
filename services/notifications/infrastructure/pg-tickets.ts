import { createHash, randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { Tickets } from '../application/live.ts';

const seconds = 30;
const hashOf = (ticket: string): string => createHash('sha256').update(ticket).digest('hex');

const issueSql = `insert into live_tickets (hash, principal, origin, expires_at) values ($1, $2, $3, $4)`;
const redeemSql = `
  delete from live_tickets where hash = $1 and expires_at > $2
    and (origin is null or origin = $3) returning principal`;

/** 128 random bits each, kept as a hash, taken away by the statement that reads them. */
export const createPgTickets = <Holder>({
  pool,
  clock,
}: Readonly<{ pool: Pool; clock: Clock }>): Tickets<Holder> => ({
  async issue(holder, origin) {
    const ticket = randomBytes(16).toString('base64url');
    const expiresAt = new Date(clock().getTime() + seconds * 1000);
    await pool.query(issueSql, [hashOf(ticket), JSON.stringify(holder), origin, expiresAt]);
    return { ticket, seconds };
  },
  async redeem(ticket, origin) {
    const values = [hashOf(ticket), clock(), origin];
    const { rows } = await pool.query<{ principal: Holder }>(redeemSql, values);
    return rows[0]?.principal;
  },
});
