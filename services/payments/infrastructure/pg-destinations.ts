import type { Pool } from 'pg';
import { toOutbox } from '#shared/messaging/outbox.ts';
import type { WakeOutbox } from '#shared/platform/module.ts';
import { seal, sealAnew, unseal } from '#shared/platform/sealing.ts';
import type { DeriveKeys } from '#shared/platform/secret.ts';
import type { Destinations, ShownDestination } from '../application/payout-ports.ts';
import type { Destination } from '../domain/destination.ts';

type Row = Readonly<{
  id: string;
  account_id: string;
  country: string;
  type: string;
  bank_code: string;
  number_last4: string;
  sealed: Buffer;
  created_at: Date;
  usable_at: Date;
}>;

type Secret = Pick<Destination, 'accountNumber' | 'holderName' | 'taxId'>;

const toShown = (row: Row): ShownDestination => ({
  id: row.id,
  country: row.country,
  type: row.type,
  bankCode: row.bank_code,
  last4: row.number_last4,
  createdAt: row.created_at.toISOString(),
  usableAt: row.usable_at.toISOString(),
});

const changeSql =
  'select change_payout_destination($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as is_changed';

type Ports = Readonly<{
  pool: Pool;
  newId: () => string;
  wakeOutbox: WakeOutbox;
  deriveKeys: DeriveKeys;
}>;

/** Sealed for one row of one account: moved to another, it does not open. */
const ownerOf = (id: string, accountId: string): string => `${id}:${accountId}`;

export const createPgDestinations = (ports: Ports): Destinations => {
  const { pool, newId, wakeOutbox } = ports;
  const keys = ports.deriveKeys('payout-destinations');
  return {
    async current(accountId) {
      const { rows } = await pool.query<Row>(
        'select * from payout_destinations where account_id = $1 and replaced_at is null',
        [accountId],
      );
      return rows[0] && toShown(rows[0]);
    },

    async change(id, accountId, destination, { changedAt, usableAt }, { messages, trace }) {
      const { country, type, bankCode, accountNumber, holderName, taxId } = destination;
      const secret: Secret = { accountNumber, holderName, taxId };
      const sealed = seal(keys, ownerOf(id, accountId), Buffer.from(JSON.stringify(secret)));
      const events = messages.map((event) => ({
        id: newId(),
        subject: accountId,
        aggregateVersion: 1,
        ...event,
      }));
      const outbox = toOutbox(events, trace, changedAt);
      const { rows } = await pool.query<{ is_changed: boolean }>({
        name: 'destination-change',
        text: changeSql,
        values: [
          id,
          accountId,
          country,
          type,
          bankCode,
          accountNumber.slice(-4),
          sealed,
          changedAt,
          usableAt,
          JSON.stringify(outbox),
        ],
      });
      if (rows[0]!.is_changed) wakeOutbox(outbox);
    },

    async sealAnew() {
      if (keys.length === 1) return;
      const { rows } = await pool.query<Row>(
        `select * from payout_destinations where sealed <> '' order by id`,
      );
      for (const { id, account_id, sealed } of rows) {
        const anew = sealAnew(keys, ownerOf(id, account_id), sealed);
        if (anew === 'foreign')
          throw new Error(`payout destination ${id} was sealed with a secret that is not given`);
        if (anew === 'current') continue;
        // Only what is still as it was read: it may be erased meanwhile.
        await pool.query(
          'update payout_destinations set sealed = $2 where id = $1 and sealed = $3',
          [id, anew, sealed],
        );
      }
    },

    async open(ids) {
      const { rows } = await pool.query<Row>(
        'select * from payout_destinations where id = any ($1)',
        [ids],
      );
      return new Map(
        rows.map((row) => {
          const text = unseal(keys, ownerOf(row.id, row.account_id), row.sealed).toString('utf8');
          const secret = JSON.parse(text) as Secret;
          const { country, type, bank_code: bankCode } = row;
          return [row.id, { country, type, bankCode, ...secret }];
        }),
      );
    },
  };
};
