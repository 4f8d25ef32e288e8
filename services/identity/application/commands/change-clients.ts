import type { Clock } from '#shared/platform/module.ts';
import { identityError } from '../../domain/account.ts';
import { readClient, type ClientDetails, type OAuthClient } from '../../domain/oauth-client.ts';
import type { OAuthClients } from '../oauth-ports.ts';
import type { Circumstances, Secrets } from '../ports.ts';

type Ports = Readonly<{
  clients: OAuthClients;
  secrets: Pick<Secrets, 'newToken'>;
  clock: Clock;
  newId: () => string;
}>;

/** An application, with its secret when it has a new one: it is in this answer and nowhere else. */
export type ClientWithSecret = Readonly<{ client: OAuthClient; secret: string | null }>;

export type ClientHandlers = Readonly<{
  register: (details: ClientDetails, circumstances: Circumstances) => Promise<ClientWithSecret>;
  find: (id: string) => Promise<OAuthClient>;
  list: OAuthClients['list'];
  change: (
    command: Readonly<{ id: string; version: number; details: ClientDetails }>,
    circumstances: Circumstances,
  ) => Promise<ClientWithSecret>;
  rotateSecret: (id: string, circumstances: Circumstances) => Promise<ClientWithSecret>;
  remove: (id: string, circumstances: Circumstances) => Promise<void>;
}>;

/** Applications as administrators register them. */
export const createClientHandlers = ({ clients, secrets, clock, newId }: Ports): ClientHandlers => {
  const find = async (id: string): Promise<OAuthClient> => {
    const client = await clients.find(id);
    if (!client) throw identityError('client_not_found');
    return client;
  };
  const store = async (
    after: OAuthClient,
    secretHash: string | null | undefined,
    circumstances: Circumstances,
  ): Promise<void> => {
    if (!(await clients.change(after, secretHash, circumstances)))
      throw identityError('client_changed');
  };

  return {
    find,
    list: (limit, before) => clients.list(limit, before),

    async register(details, circumstances) {
      const now = clock();
      const read = readClient(details);
      const client = { ...read, id: newId(), version: 1, createdAt: now, updatedAt: now };
      const { token, hash } = secrets.newToken();
      const isPublic = client.authMethod === 'none';
      if (!(await clients.create(client, isPublic ? null : hash, circumstances)))
        throw identityError('account_not_found');
      return { client, secret: isPublic ? null : token };
    },

    async change({ id, version, details }, circumstances) {
      const before = await find(id);
      if (before.version !== version) throw identityError('client_changed');
      const after = {
        ...before,
        ...readClient(details),
        version: version + 1,
        updatedAt: clock(),
      };
      const hadSecret = before.authMethod !== 'none';
      const hasSecret = after.authMethod !== 'none';
      const { token, hash } = secrets.newToken();
      const isNew = hasSecret && !hadSecret;
      await store(after, isNew ? hash : hasSecret ? undefined : null, circumstances);
      return { client: after, secret: isNew ? token : null };
    },

    async rotateSecret(id, circumstances) {
      const before = await find(id);
      if (before.authMethod === 'none') throw identityError('client_has_no_secret');
      const after = { ...before, version: before.version + 1, updatedAt: clock() };
      const { token, hash } = secrets.newToken();
      await store(after, hash, circumstances);
      return { client: after, secret: token };
    },

    async remove(id, circumstances) {
      if (!(await clients.remove(id, circumstances))) throw identityError('client_not_found');
    },
  };
};
