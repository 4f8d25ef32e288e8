import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import pg from 'pg';
import { authError } from '#shared/http/errors.ts';
import type { Principal, Role } from '#shared/http/principal.ts';
import { createMemoryBus } from '#shared/messaging/memory-bus.ts';
import type { Bus } from '#shared/messaging/message.ts';
import { createCapturedMail } from '#shared/platform/captured-mail.ts';
import type { Config } from '#shared/platform/config.ts';
import {
  createContextPool,
  createDatabase,
  prepareSchemas,
  type AdminAddress,
} from '#shared/platform/databases.ts';
import { createMemoryFanOut } from '#shared/platform/fan-out.ts';
import { createFolderFiles } from '#shared/platform/folder-files.ts';
import type { MailMessage } from '#shared/platform/mail.ts';
import type { ContextName } from '#shared/platform/module.ts';
import { run } from '#shared/platform/run.ts';
import { databasePassword, deriveKeysFrom, readOrCreateSecrets } from '#shared/platform/secret.ts';
import type { Logger } from '#shared/telemetry/logger.ts';
import { createMetrics } from '#shared/telemetry/metrics.ts';
import { modules } from '../server/targets.ts';
import { dayMs } from './order-plan.ts';
import type { SeededFiles } from './seeded-rows.ts';

/** The database in which the past is lived; it is dropped when its rows have moved. */
export const pastDatabase = 'plaza_demo';

const connectionsPerContext = 6;
/** A consumer takes a message so long after the change that it tells of. */
const reactionMs = 700;
/** Older mails would only fill the mailbox. */
const mailsOfDays = 3;
const settleMaxMs = 30_000;

export type Answer = Readonly<{ status: number; body: unknown }>;
/** JSON, or a form with a file. */
type Body = Readonly<Record<string, unknown>> | FormData;

const encode = async (body: Body): Promise<{ payload: string | Buffer; type: string }> => {
  if (!(body instanceof FormData))
    return { payload: JSON.stringify(body), type: 'application/json' };
  const encoded = new Response(body);
  return {
    payload: Buffer.from(await encoded.arrayBuffer()),
    type: encoded.headers.get('content-type')!,
  };
};

/**
 * A whole Plaza of its own, over a database beside the shop's, that listens nowhere and whose
 * requests each happen at a time of their own: `call(at, …)` is a request of that moment, and what
 * it sets off happens moments after it. So thirty days of business are lived through the same
 * doors, rules and books as today's, and no row is ever dated back.
 */
export const startPastPlaza = async (
  options: Readonly<{
    address: AdminAddress;
    config: Config;
    beginsAt: Date;
    now: Date;
    log: Logger;
  }>,
) => {
  const { address, config, log, now } = options;
  const secrets = await readOrCreateSecrets(config.dataDirectory);
  await dropPast(address);
  await createDatabase(address, pastDatabase);
  // The roles are the server's, so their passwords must be those of the shop (embedded.ts).
  const passwordOf = (context: ContextName): string => databasePassword(secrets[0], context);
  await prepareSchemas(address, pastDatabase, modules, passwordOf);

  const moment = new AsyncLocalStorage<Date>();
  let baseline = options.beginsAt;
  const clock = (): Date => moment.getStore() ?? baseline;
  const pools = new Map(
    modules.map(({ name: context }) => {
      const password = passwordOf(context);
      const max = connectionsPerContext;
      return [
        context,
        createContextPool({ address, database: pastDatabase, context, password, max, log }),
      ] as const;
    }),
  );
  const memoryBus = createMemoryBus({ log });
  const bus: Bus = {
    publish: (message) => memoryBus.publish(message),
    stop: () => memoryBus.stop(),
    subscribe: (subscription) =>
      memoryBus.subscribe({
        ...subscription,
        handle: (message) =>
          moment.run(new Date(Date.parse(message.time) + reactionMs), () =>
            subscription.handle(message),
          ),
      }),
  };
  const mails: MailMessage[] = [];
  const beside = { files: new Set<string>(), mails: new Set<string>() };
  const files = createFolderFiles(config.filesDirectory);
  const mailbox = createCapturedMail({ directory: join(config.dataDirectory, 'mail'), clock });
  const principals = new Map<string, Principal>();
  const plaza = await run(
    {
      config: { ...config, requestsPerMinute: 1e9 - 1, signInsPerMinute: 1e9 - 1 },
      clock,
      log,
      metrics: createMetrics(),
      bus,
      mail: {
        send: async (message) => {
          mails.push(message);
          if (now.getTime() - clock().getTime() >= mailsOfDays * dayMs) return;
          beside.mails.add(message.id);
          await mailbox.send(message);
        },
      },
      files: {
        ...files,
        put: async (name, bytes) => {
          beside.files.add(name);
          await files.put(name, bytes);
        },
      },
      fanOut: createMemoryFanOut(),
      deriveKeys: deriveKeysFrom(secrets),
      poolOf: (context) => pools.get(context)!,
      // Nobody signs in to the past: its callers are given as they are.
      verifier: {
        known: (token) => principals.get(token),
        verify: () => Promise.reject(authError('invalid_token')),
      },
    },
    modules,
  );
  const admin = new pg.Client({ ...address, database: pastDatabase });
  await admin.connect();
  const pendingSql = `select ${modules
    .map(({ name }) => `(select count(*)::int from ${name}.outbox where sent_at is null)`)
    .join(' + ')} as n`;

  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> =>
    (stopping ??= plaza.stop().then(async () => {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    }));

  return {
    admin,
    mails,
    /** What it wrote beside its database. */
    beside: (): SeededFiles => ({ files: [...beside.files], mails: [...beside.mails] }),
    /** What happens outside of any call happens from now on at `at`. */
    setBaseline: (at: Date): void => void (baseline = at),
    /** A caller of these roles; the answer is its token. */
    signIn: (id: string, roles: readonly Role[]): string => {
      const token = `past.${principals.size}.token`;
      const expiresAt = Number.MAX_SAFE_INTEGER;
      principals.set(token, { id, roles, isEmailVerified: true, expiresAt });
      return token;
    },
    call: (
      at: Date,
      method: 'GET' | 'POST' | 'PUT',
      path: string,
      request: Readonly<{ token?: string; body?: Body }> = {},
    ): Promise<Answer> =>
      moment.run(at, async () => {
        const { token, body } = request;
        const sent = body && (await encode(body));
        const answer = await plaza.app.inject({
          method,
          url: `/api/v1${path}`,
          headers: {
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
            ...(sent ? { 'content-type': sent.type } : {}),
          },
          ...(sent ? { payload: sent.payload } : {}),
        });
        const isEmpty = answer.body === '';
        return { status: answer.statusCode, body: isEmpty ? null : answer.json<unknown>() };
      }),
    /** Fires what is due at `at`. */
    fireDeadlines: (at: Date): Promise<void> =>
      moment.run(at, async () => {
        for (const { deadlines } of plaza.contexts) await deadlines.fire();
      }),
    /** Waits until every message has been taken by all consumers. */
    settle: async (): Promise<void> => {
      const end = performance.now() + settleMaxMs;
      for (let quiet = 0; quiet < 2;) {
        const { rows } = await admin.query<{ n: number }>(pendingSql);
        quiet = rows[0]!.n === 0 ? quiet + 1 : 0;
        if (quiet === 0 && performance.now() > end)
          throw new Error('messages of the demo are stuck');
        if (quiet < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    countDeadLetters: async (): Promise<number> => {
      const lists = await Promise.all(
        plaza.contexts.map(({ deadLetters }) => deadLetters.list({ limit: 10 })),
      );
      return lists.flat().length;
    },
    /** Ends the work, so that no row changes any more; the rows stay until `drop`. */
    stop,
    drop: async (): Promise<void> => {
      await stop();
      await admin.end();
      await dropPast(address);
    },
  };
};

export type PastPlaza = Awaited<ReturnType<typeof startPastPlaza>>;

const dropPast = async (address: AdminAddress): Promise<void> => {
  const client = new pg.Client({ ...address, database: 'postgres' });
  await client.connect();
  try {
    await client.query(`drop database if exists ${pastDatabase} with (force)`);
  } finally {
    await client.end();
  }
};
