import type { Delivery } from '#shared/kernel/trace.ts';
import { insertIntoOutboxSql, toOutbox } from '#shared/messaging/outbox.ts';
import { createBatching } from '#shared/platform/gather.ts';
import type { Platform } from '#shared/platform/module.ts';
import type { KnownAccount, Profiles, UserFilter, UserView } from '../application/ports.ts';
import { toPublished } from '../application/published-events.ts';
import { evolve, searchKeyOf, type Language, type Profile } from '../domain/profile.ts';

/** Nobody waits for a profile that closely: what comes within this long is one statement. */
const together = { everyMs: 50, max: 8 } as const;

const followSql = 'select follow_accounts($1, $2, $3, $4)';

const findSql = `select account_id, version, full_name, phone_number, language, region, time_zone, currency
  from profiles where account_id = $1`;

const utc = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
/** To the microsecond, since it is what the next page begins after. */
const utcExactly = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const viewColumns = `account_id as id, username, email, is_email_verified as email_verified, full_name,
  phone_number, roles, status, language, region, time_zone, currency, avatar_id,
  ${utcExactly('registered_at')} as created_at, ${utc('updated_at')} as updated_at, version`;

const viewSql = `select ${viewColumns} from profiles where account_id = $1`;

/** $1 the account, $2 its version before; $3–$8 the profile after; $9 its key; $10 now; $11 messages. */
const changeSql = `
  with saved as (
    update profiles set version = version + 1, full_name = $3, phone_number = $4, language = $5,
      region = $6, time_zone = $7, currency = $8, name_key = $9, updated_at = $10
    where account_id = $1 and version = $2 returning account_id
  ), queued as (${insertIntoOutboxSql(11, 'saved', true)})
  select account_id from saved`;

type Row = Readonly<{
  account_id: string;
  version: number;
  full_name: string | null;
  phone_number: string | null;
  language: Language;
  region: string | null;
  time_zone: string | null;
  currency: string | null;
}>;

const toProfile = (row: Row): Profile => ({
  accountId: row.account_id,
  version: row.version,
  fullName: row.full_name,
  phoneNumber: row.phone_number,
  language: row.language,
  region: row.region,
  timeZone: row.time_zone,
  currency: row.currency,
});

/** Only the conditions that were asked for, so that each has its index. */
const listQuery = ({ text, role, status, after, limit }: UserFilter) => {
  const values: unknown[] = [];
  const value = (given: unknown): string => `$${values.push(given)}`;
  const conditions = [
    ...(text === undefined
      ? []
      : [`search_key like '%' || ${value(text.replace(/[\\%_]/g, '\\$&'))} || '%'`]),
    ...(role === undefined ? [] : [`roles @> array[${value(role)}]`]),
    ...(status === undefined ? [] : [`status = ${value(status)}`]),
    ...(after === undefined
      ? []
      : [
          `(registered_at, account_id) < (${value(after.createdAt)}::timestamptz, ${value(after.id)}::uuid)`,
        ]),
  ];
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  const order = 'order by registered_at desc, account_id desc';
  return {
    text: `select ${viewColumns} from profiles ${where} ${order} limit ${value(limit)}`,
    values,
  };
};

type Followed = Readonly<{ account: KnownAccount; delivery: Delivery }>;

export const createPgProfiles = ({
  pool,
  clock,
  newId,
  wakeOutbox,
}: Pick<Platform, 'pool' | 'clock' | 'newId' | 'wakeOutbox'>): Profiles => {
  const follow = createBatching<Followed, void>({
    ...together,
    async write(items) {
      await pool.query({
        name: 'follow-accounts',
        text: followSql,
        values: [
          items.map(({ delivery }) => delivery.consumer),
          items.map(({ delivery }) => delivery.messageId),
          items.map(({ account }) => {
            const accountKey = searchKeyOf(account.username, account.email);
            return JSON.stringify({
              ...account,
              accountKey,
              nameKey: searchKeyOf(account.fullName),
            });
          }),
          clock(),
        ],
      });
      return items.map(() => undefined);
    },
  });

  return {
    follow: (account, delivery) => follow({ account, delivery }),

    async find(accountId) {
      const { rows } = await pool.query<Row>({
        name: 'profile',
        text: findSql,
        values: [accountId],
      });
      return rows[0] && toProfile(rows[0]);
    },

    async change(before, events, trace) {
      const now = clock();
      const after = events.reduce(evolve, before);
      const published = toPublished(before, after, now.toISOString()).map((event) => ({
        id: newId(),
        subject: before.accountId,
        aggregateVersion: after.version,
        ...event,
      }));
      const outbox = toOutbox(published, trace, now);
      const { rowCount } = await pool.query({
        name: 'change-profile',
        text: changeSql,
        values: [
          before.accountId,
          before.version,
          after.fullName,
          after.phoneNumber,
          after.language,
          after.region,
          after.timeZone,
          after.currency,
          searchKeyOf(after.fullName),
          now,
          JSON.stringify(outbox),
        ],
      });
      if (rowCount === 1 && outbox.length > 0) wakeOutbox(outbox);
      return rowCount === 1;
    },

    async view(accountId) {
      const { rows } = await pool.query<UserView>({
        name: 'user',
        text: viewSql,
        values: [accountId],
      });
      return rows[0];
    },

    async list(filter) {
      const { rows } = await pool.query<UserView>(listQuery(filter));
      return rows;
    },
  };
};
