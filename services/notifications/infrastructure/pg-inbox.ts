import type { Platform } from '#shared/platform/module.ts';
import type { Inbox, Listed } from '../application/ports.ts';
import type { Choice } from '../domain/causes.ts';
import type { Notice } from '../domain/notice.ts';

const columns = 'n.id, n.notice, n.created_at, n.read_at';

/** $1 the account, $2 the id behind which it goes on, $3 how many, $4 whether only those that are new. */
const listSql = `
  with unread as (
    select count(*)::integer as unread_count from notifications
    where recipient_id = $1 and is_in_app and read_at is null
  )
  select unread_count, ${columns} from unread left join lateral (
    select * from notifications where recipient_id = $1 and is_in_app
      and ($2::uuid is null or id < $2) and (not $4::boolean or read_at is null)
    order by id desc limit $3
  ) n on true
  order by n.id desc`;

const readSql = `
  update notifications n set read_at = coalesce(read_at, $3)
  where recipient_id = $1 and id = $2 and is_in_app returning ${columns}`;
const readAllSql = `
  update notifications set read_at = $3
  where recipient_id = $1 and is_in_app and read_at is null and ($2::uuid is null or id <= $2)`;

const choicesSql = 'select cause, by_mail, in_app from preferences where account_id = $1';
/** $2–$4 causes, by mail, in the app, at the same places; $5 now. */
const chooseSql = `
  insert into preferences (account_id, cause, by_mail, in_app, updated_at)
  select $1, u.cause, u.by_mail, u.in_app, $5
  from unnest($2::text[], $3::boolean[], $4::boolean[]) as u (cause, by_mail, in_app)
  order by u.cause
  on conflict (account_id, cause) do update
    set by_mail = excluded.by_mail, in_app = excluded.in_app, updated_at = excluded.updated_at`;

type Row = Readonly<{ id: string; notice: Notice; created_at: Date; read_at: Date | null }>;
type ListRow = Readonly<{ unread_count: number }> & (Row | Readonly<{ id: null }>);
type ChoiceRow = Readonly<{ cause: Choice['cause']; by_mail: boolean; in_app: boolean }>;

const toListed = (row: Row): Listed => ({
  id: row.id,
  notice: row.notice,
  createdAt: row.created_at,
  readAt: row.read_at,
});

export const createPgInbox = ({ pool, clock }: Pick<Platform, 'pool' | 'clock'>): Inbox => ({
  async list(accountId, { after, limit, isUnread }) {
    const { rows } = await pool.query<ListRow>({
      name: 'inbox-list',
      text: listSql,
      values: [accountId, after ?? null, limit, isUnread],
    });
    return {
      items: rows.flatMap((row) => (row.id === null ? [] : [toListed(row)])),
      unreadCount: rows[0]!.unread_count,
    };
  },
  async markRead(accountId, id) {
    const values = [accountId, id, clock()];
    const { rows } = await pool.query<Row>({ name: 'inbox-read', text: readSql, values });
    return rows[0] && toListed(rows[0]);
  },
  async markAllRead(accountId, upTo) {
    const values = [accountId, upTo ?? null, clock()];
    await pool.query({ name: 'inbox-read-all', text: readAllSql, values });
  },
  async choices(accountId) {
    const { rows } = await pool.query<ChoiceRow>(choicesSql, [accountId]);
    return rows.map((row) => ({ cause: row.cause, byMail: row.by_mail, inApp: row.in_app }));
  },
  async choose(accountId, choices) {
    await pool.query(chooseSql, [
      accountId,
      choices.map(({ cause }) => cause),
      choices.map(({ byMail }) => byMail),
      choices.map(({ inApp }) => inApp),
      clock(),
    ]);
  },
});
