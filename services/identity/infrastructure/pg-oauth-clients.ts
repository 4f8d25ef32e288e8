import type { Pool } from 'pg';
import type { Scope } from '#shared/kernel/scopes.ts';
import type { EndedSessions } from '#shared/platform/ended-sessions.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { AuthMethod, GrantType, OAuthClient } from '../domain/oauth-client.ts';
import type { OAuthClients } from '../application/oauth-ports.ts';
import { historyJson, insertHistorySql, noteEndedGrantsSql } from './rows.ts';

type Row = Readonly<{
  id: string;
  version: number;
  name: string;
  application_type: 'web' | 'native';
  auth_method: AuthMethod;
  secret_hash: Buffer | null;
  grant_types: GrantType[];
  redirect_uris: string[];
  scopes: Scope[];
  owner_id: string | null;
  created_at: Date;
  updated_at: Date;
}>;

const columns = `id, version, name, application_type, auth_method, secret_hash, grant_types,
  redirect_uris, scopes, owner_id, created_at, updated_at`;

const createSql = `
  with made as (
    insert into oauth_clients (${columns})
    select $1, $2, $3, $4, $5, decode($6, 'hex'), $7, $8, $9, $10::uuid, $11, $12
    where $10::uuid is null
      or exists (select from accounts where id = $10::uuid and status <> 'deactivated')
    returning id
  ), recorded as (${insertHistorySql(13, 'made')})
  select id from made`;

const changeSql = `
  with changed as (
    update oauth_clients set version = $2, name = $3, application_type = $4, auth_method = $5,
      secret_hash = case when $13::boolean then decode($6, 'hex') else secret_hash end,
      grant_types = $7, redirect_uris = $8, scopes = $9, owner_id = $10::uuid, created_at = $11,
      updated_at = $12
    where id = $1 and version = $2 - 1 and ($10::uuid is null
      or exists (select from accounts where id = $10::uuid and status <> 'deactivated'))
    returning id
  ), recorded as (${insertHistorySql(14, 'changed')})
  select id from changed`;

/** A token without a person names the application itself as its session: it ends too. */
const removeSql = `
  with gone as (
    delete from oauth_clients where id = $1 returning id
  ), ended as (
    select g.id from oauth_grants g, gone where g.client_id = $1 union all select id from gone
  ), noted as (${noteEndedGrantsSql(3, 'ended')}),
  recorded as (${insertHistorySql(2, 'gone')})
  select id from ended`;

const toClient = (row: Row): OAuthClient => ({
  id: row.id,
  version: row.version,
  name: row.name,
  applicationType: row.application_type,
  authMethod: row.auth_method,
  grantTypes: row.grant_types,
  redirectUris: row.redirect_uris,
  scopes: row.scopes,
  ownerId: row.owner_id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const valuesOf = (client: OAuthClient, secretHash: string | null): readonly unknown[] => [
  client.id,
  client.version,
  client.name,
  client.applicationType,
  client.authMethod,
  secretHash,
  client.grantTypes,
  client.redirectUris,
  client.scopes,
  client.ownerId,
  client.createdAt,
  client.updatedAt,
];

/** The row of an application, its secret's hash in hexadecimal beside it. */
export type ClientSecretHash = Readonly<{ client: OAuthClient; secretHash: string | null }>;

export const createPgOAuthClients = ({
  pool,
  clock,
  endedSessions,
}: Readonly<{ pool: Pool; clock: Clock; endedSessions: EndedSessions }>): OAuthClients &
  Readonly<{ findWithSecret: (id: string) => Promise<ClientSecretHash | undefined> }> => {
  const row = async (id: string): Promise<Row | undefined> => {
    const text = `select ${columns} from oauth_clients where id = $1`;
    return (await pool.query<Row>({ name: 'oauth-client', text, values: [id] })).rows[0];
  };
  /** About the application, and about no account of it. */
  const history = (type: string, id: string, by: Parameters<typeof historyJson>[2]): string =>
    historyJson(by.actorId, [{ type, detail: id }], by, clock());

  return {
    async create(client, secretHash, by) {
      const values = [...valuesOf(client, secretHash), history('ClientRegistered', client.id, by)];
      const { rowCount } = await pool.query({
        name: 'oauth-client-create',
        text: createSql,
        values,
      });
      return rowCount === 1;
    },
    async find(id) {
      const found = await row(id);
      return found && toClient(found);
    },
    async findWithSecret(id) {
      const found = await row(id);
      return (
        found && {
          client: toClient(found),
          secretHash: found.secret_hash?.toString('hex') ?? null,
        }
      );
    },
    async list(limit, before) {
      const { rows } = await pool.query<Row>({
        name: 'oauth-clients',
        text: `select ${columns} from oauth_clients
          where $2::uuid is null or id < $2::uuid order by id desc limit $1`,
        values: [limit, before ?? null],
      });
      return rows.map(toClient);
    },
    async change(after, secretHash, by) {
      const values = [
        ...valuesOf(after, secretHash ?? null),
        secretHash !== undefined,
        history('ClientChanged', after.id, by),
      ];
      const { rowCount } = await pool.query({
        name: 'oauth-client-change',
        text: changeSql,
        values,
      });
      return rowCount === 1;
    },
    async remove(id, by) {
      const values = [id, history('ClientRemoved', id, by), clock()];
      const { rows } = await pool.query<{ id: string }>({
        name: 'oauth-client-remove',
        text: removeSql,
        values,
      });
      for (const { id: sessionId } of rows) await endedSessions.tell({ sessionId });
      return rows.length > 0;
    },
  };
};
