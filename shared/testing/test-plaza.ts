import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { InjectOptions } from 'fastify';
import type { Pool } from 'pg';
import { createTokenVerifier, tokenAudience, tokenIssuer } from '../http/tokens.ts';
import type { Role } from '../http/principal.ts';
import { createMemoryBus } from '../messaging/memory-bus.ts';
import { createMemoryFanOut } from '../platform/fan-out.ts';
import { readConfig } from '../platform/config.ts';
import { createContextPool } from '../platform/databases.ts';
import { deriveKeysFrom, type DeriveKeys } from '../platform/secret.ts';
import type { MailMessage } from '../platform/mail.ts';
import type { ContextName, ServiceModule } from '../platform/module.ts';
import { run, type Edge, type Resources } from '../platform/run.ts';
import { createLogger, type Logger } from '../telemetry/logger.ts';
import { createMetrics, type Metrics } from '../telemetry/metrics.ts';
import { createTestDatabase, testPassword } from './test-postgres.ts';
import { seededRandom } from './seeded-random.ts';

export type TestPlazaOptions = Readonly<{
  modules: readonly ServiceModule[];
  /** Every message twice and subjects shuffled; the seed is printed so that a failure repeats. */
  strict?: boolean;
  /** Take keys from identity's JWKS instead of the test's own key. */
  keysFromIdentity?: boolean;
  environment?: Readonly<Record<string, string>>;
  /** The database of another, whose replica this one is. */
  database?: Awaited<ReturnType<typeof createTestDatabase>>;
  /** What it shares with others. */
  resources?: Partial<
    Pick<
      Resources,
      'fanOut' | 'installation' | 'sharedValues' | 'sharedCounts' | 'deriveKeys' | 'noteSealed'
    >
  >;
  /** Where it logs to; nowhere without one. */
  log?: Logger;
  /** The registry of a gateway that shows it; another of its own without one. */
  metrics?: Metrics;
  rewriteUrl?: NonNullable<Edge['rewriteUrl']>;
  /** What stands in front of the contexts, as `run` takes it. */
  install?: NonNullable<Edge['install']>;
  servicesOf?: NonNullable<Edge['servicesOf']>;
}>;

export type TestAccount = Readonly<{
  id: string;
  token: string;
  headers: { authorization: string };
}>;

/**
 * The chosen modules over a real PostgreSQL with captured mail, files in memory, a clock that
 * tests move, and accounts that need no sign-in.
 */
export const startTestPlaza = async (options: TestPlazaOptions) => {
  const { modules, strict = false } = options;
  const madeDatabase = options.database ?? (await createTestDatabase(modules));
  const { address, database, stop: dropDatabase } = madeDatabase;
  const log = options.log ?? createLogger({ level: process.env['TEST_LOG'] ?? 'silent' });
  let offsetMs = 0;
  const clock = (): Date => new Date(Date.now() + offsetMs);
  const mails: MailMessage[] = [];
  const files = new Map<string, Buffer>();
  const pools = new Map<ContextName, Pool>();
  const poolOf = (context: ContextName): Pool => {
    const known = pools.get(context);
    if (known) return known;
    const password = testPassword(context);
    const pool = createContextPool({ address, database, context, password, max: 10, log });
    pools.set(context, pool);
    return pool;
  };

  const keys = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'test', alg: 'EdDSA', use: 'sig' };
  const fetchIdentityKeys = async () => {
    const answer = await plaza.app.inject({ url: '/.well-known/jwks.json' });
    return answer.json<{ keys: [] }>();
  };
  const random = seededRandom(strict);
  const deriveKeys = options.resources?.deriveKeys ?? deriveKeysFrom([Buffer.alloc(32, 7)]);
  const plaza = await run(
    {
      config: readConfig({
        PLAZA_REQUESTS_PER_MINUTE: '1000000',
        PLAZA_SIGN_INS_PER_MINUTE: '1000000',
        ...options.environment,
      }),
      clock,
      log,
      metrics: options.metrics ?? createMetrics(),
      bus: createMemoryBus({ log, ...(strict ? { strict: { random } } : {}) }),
      mail: {
        send: async (message) => void mails.push(message),
        forget: async (address) => {
          for (let i = mails.length - 1; i >= 0; i--)
            if (mails[i]!.to === address) mails.splice(i, 1);
        },
      },
      files: {
        put: async (name, bytes) => void files.set(name, bytes),
        get: async (name) => files.get(name),
        delete: async (name) => void files.delete(name),
      },
      fanOut: createMemoryFanOut(),
      deriveKeys,
      poolOf,
      verifier: createTokenVerifier(
        options.keysFromIdentity ? fetchIdentityKeys : async () => ({ keys: [jwk] }),
        () => clock().getTime(),
      ),
      ...options.resources,
    },
    modules,
    {
      ...(options.rewriteUrl ? { rewriteUrl: options.rewriteUrl } : {}),
      ...(options.install ? { install: options.install } : {}),
      ...(options.servicesOf ? { servicesOf: options.servicesOf } : {}),
    },
  );

  const pendingSql = 'select count(*)::int as n from outbox where sent_at is null';
  const countPending = async (): Promise<number> => {
    const counts = await Promise.all(
      plaza.contexts.map(
        async ({ pool }) => (await pool.query<{ n: number }>(pendingSql)).rows[0]!.n,
      ),
    );
    return counts.reduce((a, b) => a + b, 0);
  };

  return {
    ...plaza,
    clock,
    mails,
    files,
    pool: poolOf,
    database: madeDatabase,
    deriveKeysOf:
      (context: ContextName): DeriveKeys =>
      (purpose) =>
        deriveKeys(`${context}:${purpose}`),
    /** Address of the server, for tests that need a connection of the administrator. */
    admin: { ...address, database },
    request: (request: InjectOptions & { as?: TestAccount }) => {
      const { as, ...rest } = request;
      return plaza.app.inject({ ...rest, headers: { ...as?.headers, ...rest.headers } });
    },
    /** A signed-in account that exists only as a token. */
    account: async (
      claims: Readonly<{
        id?: string;
        roles?: readonly Role[];
        isEmailVerified?: boolean;
        /** Of an application or a key. */
        scope?: string;
        /** Seconds since the epoch; just now without it. */
        authenticatedAt?: number;
      }> = {},
    ): Promise<TestAccount> => {
      const id = claims.id ?? crypto.randomUUID();
      const token = await new SignJWT({
        roles: claims.roles ?? ['customer'],
        email_verified: claims.isEmailVerified ?? true,
        auth_time: claims.authenticatedAt ?? Math.floor(clock().getTime() / 1000),
        ...(claims.scope === undefined ? {} : { scope: claims.scope }),
      })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'test' })
        .setSubject(id)
        .setIssuer(tokenIssuer)
        .setAudience(tokenAudience)
        .setIssuedAt(Math.floor(clock().getTime() / 1000))
        // Longer than tests move the clock, and than a timer may be: 2^31 ms.
        .setExpirationTime(Math.floor(clock().getTime() / 1000) + 20 * 86_400)
        .setJti(crypto.randomUUID())
        .sign(keys.privateKey);
      return { id, token, headers: { authorization: `Bearer ${token}` } };
    },
    /** Moves the clock of the modules forward and fires the deadlines that are then due. */
    advance: async (ms: number): Promise<void> => {
      offsetMs += ms;
      for (const { deadlines, flush } of plaza.contexts) {
        await deadlines.fire();
        await flush();
      }
    },
    /** Waits until every committed message has been taken by all consumers, and all is marked. */
    settle: async (timeoutMs = 15_000): Promise<void> => {
      const end = performance.now() + timeoutMs;
      // Twice, since the schemas are not counted at one instant: a message may cross between them.
      while ((await countPending()) + (await countPending()) > 0) {
        if (performance.now() > end) throw new Error('messages are still under way');
        for (const { relay } of plaza.contexts) relay.wake();
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      await Promise.all(plaza.contexts.map(({ flush }) => flush()));
    },
    stop: async (): Promise<void> => {
      await plaza.stop();
      await Promise.all([...pools.values()].map((pool) => pool.end()));
      if (!options.database) await dropDatabase();
    },
  };
};

export type TestPlaza = Awaited<ReturnType<typeof startTestPlaza>>;
