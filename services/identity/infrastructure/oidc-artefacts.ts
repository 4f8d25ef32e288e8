import { createHash } from 'node:crypto';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Pool } from 'pg';
import { isUuid } from '#shared/kernel/ids.ts';
import { scopes as allScopes } from '#shared/kernel/scopes.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { Refusals } from './oidc-configuration.ts';
import type { ClientSecretHash } from './pg-oauth-clients.ts';
import type { OAuthGrants } from './pg-oauth-grants.ts';

/** The one API that tokens are for, as applications may name it (RFC 8707). */
export const apiResource = 'urn:plaza:api';

/** A grant that has ended meanwhile leaves its token without one: it opens nothing. */
const upsertSql = `
  with living as (select id from oauth_grants where id = $4::uuid for key share)
  insert into oauth_artefacts (model, id_hash, uid, grant_id, payload, expires_at)
  values ($1, $2, $3, (select id from living), $5, $6)
  on conflict (model, id_hash) do update set
    uid = excluded.uid, payload = excluded.payload, expires_at = excluded.expires_at`;
const findSql = `
  select payload, consumed_at from oauth_artefacts
  where model = $1 and id_hash = $2 and expires_at > $3`;
const findByUidSql = `
  select payload, consumed_at from oauth_artefacts
  where model = $1 and uid = $2 and expires_at > $3`;
const consumeSql = `
  update oauth_artefacts set consumed_at = $3
  where model = $1 and id_hash = $2 and consumed_at is null`;
const destroySql = 'delete from oauth_artefacts where model = $1 and id_hash = $2';

type Row = Readonly<{ payload: AdapterPayload; consumed_at: Date | null }>;

const hashOf = (id: string): Buffer => createHash('sha256').update(id).digest();
const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1000);

/** Stands in a stored address for the id that is in it. */
const place = '{id}';

/** Nothing by which the holder could be played stays in a row. */
const withoutSecrets = (id: string, given: AdapterPayload): AdapterPayload => {
  const { jti: _, session, returnTo, ...payload } = given;
  const { cookie: _cookie, ...rest } = session ?? {};
  return {
    ...payload,
    ...(session ? { session: rest } : {}),
    ...(returnTo === undefined ? {} : { returnTo: returnTo.replaceAll(id, place) }),
  };
};
const withId = (id: string, { returnTo, ...payload }: AdapterPayload): AdapterPayload => ({
  ...payload,
  ...(returnTo === undefined ? {} : { returnTo: returnTo.replaceAll(place, id) }),
  jti: id,
});

type Ports = Readonly<{
  pool: Pool;
  clock: Clock;
  grants: OAuthGrants;
  findClient: (id: string) => Promise<ClientSecretHash | undefined>;
  refusals: Pick<Refusals, 'usedBefore'>;
}>;

/** Codes, refresh tokens and sign-ins under way. */
const createArtefacts = (model: string, { pool, clock, grants, refusals }: Ports): Adapter => {
  const find = async (
    name: string,
    text: string,
    key: Buffer | string,
  ): Promise<AdapterPayload | undefined> => {
    const { rows } = await pool.query<Row>({ name, text, values: [model, key, clock()] });
    const [row] = rows;
    if (!row) return undefined;
    return row.consumed_at === null
      ? row.payload
      : { ...row.payload, consumed: secondsOf(row.consumed_at) };
  };
  return {
    async upsert(id, payload, expiresIn = 0) {
      const values = [
        model,
        hashOf(id),
        model === 'Session' ? (payload.uid ?? null) : null,
        model === 'Interaction' ? null : (payload.grantId ?? null),
        withoutSecrets(id, payload),
        new Date(clock().getTime() + expiresIn * 1000),
      ];
      await pool.query({ name: 'oauth-artefact-save', text: upsertSql, values });
    },
    async find(id) {
      const found = await find('oauth-artefact', findSql, hashOf(id));
      return found && withId(id, found);
    },
    findByUid: (uid) => find('oauth-artefact-uid', findByUidSql, uid),
    // Of devices that show a code to type; there are none.
    findByUserCode: async () => undefined,
    /** Of two at once the second finds it used, and ends what the first was given (RFC 9700, 4.14). */
    async consume(id) {
      const values = [model, hashOf(id), clock()];
      const { rowCount } = await pool.query({
        name: 'oauth-artefact-consume',
        text: consumeSql,
        values,
      });
      if (rowCount === 1) return;
      const used = await find('oauth-artefact', findSql, hashOf(id));
      if (used?.grantId !== undefined) await grants.end(used.grantId);
      throw refusals.usedBefore();
    },
    async destroy(id) {
      const values = [model, hashOf(id)];
      await pool.query({ name: 'oauth-artefact-destroy', text: destroySql, values });
    },
    revokeByGrantId: (grantId) => grants.end(grantId),
  };
};

const unsupported = async (): Promise<never> => {
  throw new Error('this is stored by our own statements');
};
const readOnly: Adapter = {
  upsert: unsupported,
  find: unsupported,
  findByUid: unsupported,
  findByUserCode: unsupported,
  consume: unsupported,
  destroy: unsupported,
  revokeByGrantId: unsupported,
};

const grantAdapter = ({ grants }: Ports): Adapter => ({
  ...readOnly,
  async find(id) {
    const grant = isUuid(id) ? await grants.find(id) : undefined;
    if (!grant) return undefined;
    const scope = grant.scopes.join(' ');
    return {
      jti: id,
      kind: 'Grant',
      accountId: grant.accountId,
      clientId: grant.clientId,
      openid: { scope },
      resources: { [apiResource]: scope },
      iat: secondsOf(grant.createdAt),
      exp: secondsOf(grant.expiresAt),
    };
  },
  destroy: (id) => grants.end(id),
});

const clientAdapter = ({ findClient }: Ports): Adapter => ({
  ...readOnly,
  async find(id) {
    const found = isUuid(id) ? await findClient(id) : undefined;
    if (!found) return undefined;
    const { client, secretHash } = found;
    const hasCode = client.grantTypes.includes('authorization_code');
    return {
      client_id: client.id,
      client_name: client.name,
      application_type: client.applicationType,
      token_endpoint_auth_method: client.authMethod,
      grant_types: [...client.grantTypes],
      response_types: hasCode ? ['code'] : [],
      redirect_uris: [...client.redirectUris],
      scope: allScopes.filter((scope) => client.scopes.includes(scope)).join(' '),
      // Of the library's own comparison nothing is left: see `compareClientSecret`.
      ...(secretHash === null ? {} : { client_secret: secretHash }),
    };
  },
});

/** Where the provider keeps what it keeps, by the name of its kind. */
export const createAdapterFactory =
  (ports: Ports) =>
  (model: string): Adapter => {
    if (model === 'Client') return clientAdapter(ports);
    return model === 'Grant' ? grantAdapter(ports) : createArtefacts(model, ports);
  };
